// Any bytes, read as a model file: an error or a file whose every tensor can be
// read. A second reading mends the checksum first, which mutation would never
// get right, so that what lies behind it is reached.

#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "server/model/model_file.h"

namespace {

constexpr size_t kHeaderBytes = 32;
constexpr size_t kChecked = 16;

// Reads every byte of the tensor, for the sanitizers to see.
uint64_t Sum(const quoth::TensorView& tensor) {
  uint64_t sum = 0;
  for (const char c : tensor.chars()) sum += static_cast<uint8_t>(c);
  if (tensor.type == quoth::TensorType::kFloat32) {
    if (tensor.bytes != tensor.elements() * sizeof(float)) std::abort();
  } else if (tensor.bytes != tensor.elements()) {
    std::abort();
  }
  return sum;
}

void Read(std::string_view bytes) {
  const absl::StatusOr<quoth::ModelFile> file =
      quoth::ModelFile::FromBytes(bytes);
  if (!file.ok()) return;
  static volatile uint64_t sink;
  for (const char* name : {"a", "floats", "text", "matrix.weight", "b", "c"}) {
    const absl::StatusOr<quoth::TensorView> tensor = file->Tensor(name);
    if (tensor.ok()) sink = sink + Sum(*tensor);
  }
  for (const char* key : {"name", "version", "a", "b"}) {
    sink = sink + file->Property(key).size();
    sink = sink + file->IntProperty(key, -5, 1000000).ok();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  Read(bytes);
  if (size < kHeaderBytes) return 0;
  const uint64_t stated = size;
  std::memcpy(bytes.data() + 16, &stated, sizeof(stated));
  const uint32_t crc = static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()) + kChecked,
            static_cast<uInt>(size - kChecked)));
  std::memcpy(bytes.data() + 12, &crc, sizeof(crc));
  Read(bytes);
  return 0;
}
