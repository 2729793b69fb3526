#include "server/model/cpu.h"

#include "dnnl.hpp"

namespace quoth {

bool ByteProductsSaturate() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::sse41:
    case dnnl::cpu_isa::avx:
    case dnnl::cpu_isa::avx2:
#if DNNL_VERSION_MAJOR < 3
    case dnnl::cpu_isa::avx512_mic:
    case dnnl::cpu_isa::avx512_mic_4ops:
#endif
    case dnnl::cpu_isa::avx512_core:
      return true;
    default:
      return false;
  }
}

bool HasVnni512() {
#if defined(__x86_64__)
  // The values are sets of bits.
  constexpr auto kNeeded = static_cast<unsigned>(dnnl_cpu_isa_avx512_core_vnni);
  const auto isa = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
  return (isa & kNeeded) == kNeeded && __builtin_cpu_supports("avx512vnni");
#else
  return false;
#endif
}

}  // namespace quoth
