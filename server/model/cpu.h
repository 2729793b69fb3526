// What the CPU's byte products can do. oneDNN's limit, ONEDNN_MAX_CPU_ISA in
// the environment, counts, so that it makes one machine behave as another.

#ifndef QUOTH_SERVER_MODEL_CPU_H_
#define QUOTH_SERVER_MODEL_CPU_H_

namespace quoth {

// Whether oneDNN's uint8 x int8 products add pairs in 16 bits and so saturate:
// on x86 without VNNI.
bool ByteProductsSaturate();

// Whether there is VNNI at 512 bits.
bool HasVnni512();

// Whether there is AVX2 and nothing better: neither VNNI nor AVX-512.
bool HasAvx2Alone();

// Whether oneDNN multiplies int8 matrices with AMX.
bool HasAmx();

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_CPU_H_
