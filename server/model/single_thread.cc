#include "server/model/single_thread.h"

#include <dlfcn.h>

namespace quoth {
namespace {

// The OpenMP runtime that oneDNN brought into the process, if any. It is
// looked up at run time because it need not be the compiler's: a clang build
// would link libomp beside the libgomp of the distribution's oneDNN, and
// limit the wrong one.
struct OpenMp {
  int (*get_max_threads)() = nullptr;
  void (*set_num_threads)(int) = nullptr;
};

const OpenMp& Runtime() {
  static const OpenMp runtime = [] {
    OpenMp r;
    r.get_max_threads =
        reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "omp_get_max_threads"));
    r.set_num_threads = reinterpret_cast<void (*)(int)>(
        dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    return r;
  }();
  return runtime;
}

}  // namespace

SingleThread::SingleThread() {
  const OpenMp& omp = Runtime();
  if (omp.get_max_threads == nullptr || omp.set_num_threads == nullptr) return;
  before_ = omp.get_max_threads();
  omp.set_num_threads(1);
}

SingleThread::~SingleThread() {
  if (before_ > 0) Runtime().set_num_threads(before_);
}

}  // namespace quoth
