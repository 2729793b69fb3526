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

namespace {

// The values are sets of bits.
bool OneDnnUses(dnnl_cpu_isa_t needed) {
  const auto isa = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
  return (isa & needed) == static_cast<unsigned>(needed);
}

}  // namespace

bool HasVnni512() {
#if defined(__x86_64__)
  return OneDnnUses(dnnl_cpu_isa_avx512_core_vnni) &&
         __builtin_cpu_supports("avx512vnni");
#else
  return false;
#endif
}

bool HasAvx2Alone() {
#if defined(__x86_64__)
  return dnnl::get_effective_cpu_isa() == dnnl::cpu_isa::avx2 &&
         __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

bool HasAmx() { return OneDnnUses(dnnl_cpu_isa_avx512_core_amx); }

}  // namespace quoth
