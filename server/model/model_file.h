// The model file: named tensors and properties in one memory-mapped file.
//
//   absl::StatusOr<ModelFile> file = ModelFile::Open("models/quoth-en.qm");
//   file->Property("name");                      // "quoth-en"
//   absl::StatusOr<TensorView> t = file->Tensor("encoder.0.qkv.weight");
//
// Format, version 1. All numbers are little-endian.
//
//   offset size
//   0      8    magic: "QUOTHMDL"
//   8      4    format version: 1
//   12     4    CRC-32 (zlib's) of all bytes from offset 16 to the end
//   16     8    size of the file in bytes
//   24     4    size of the property block in bytes
//   28     4    number of tensors
//   32     -    properties: lines "key=value\n" of UTF-8, padded with NUL
//               bytes to a multiple of 8
//   -      88 each  tensor records:
//               name[48], NUL-padded; type u32 (TensorType); rank u32 (1..3);
//               dims u32[3] (1 behind the rank); reserved u32 (0);
//               offset u64 from the start of the file, a multiple of 64; size
//               in bytes u64
//   -      -    tensor data
//
// Readers look tensors and properties up by name and pass over those that they
// do not know, so a file may gain some without a new version. Those of a model
// are listed in model_size.cc, model.cc, encoder.h and argument_head.h.
// tools/convert_model.py writes the file.

#ifndef QUOTH_SERVER_MODEL_MODEL_FILE_H_
#define QUOTH_SERVER_MODEL_MODEL_FILE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace quoth {

enum class TensorType : uint32_t { kFloat32 = 0, kInt8 = 1, kBytes = 2 };

// A tensor in the mapped file, row-major. Valid while its ModelFile lives.
struct TensorView {
  TensorType type = TensorType::kFloat32;
  uint32_t rank = 1;
  std::array<uint32_t, 3> dims = {1, 1, 1};
  const std::byte* data = nullptr;  // Aligned to 64 bytes.
  size_t bytes = 0;

  size_t elements() const { return size_t{dims[0]} * dims[1] * dims[2]; }
  const float* floats() const { return reinterpret_cast<const float*>(data); }
  const int8_t* int8s() const { return reinterpret_cast<const int8_t*>(data); }
  std::string_view chars() const {
    return {reinterpret_cast<const char*>(data), bytes};
  }
};

// Immutable, thread-safe, movable.
class ModelFile {
 public:
  static constexpr uint32_t kFormatVersion = 1;

  // Maps the file and checks all of it: magic, version, size, checksum, every
  // record's bounds. NotFound if there is no such file; FailedPrecondition for
  // a newer format version; DataLoss for anything truncated or corrupt.
  //
  // To change a model file under a running server, put a new one in its place
  // (rename); writing into the mapped one is undefined.
  static absl::StatusOr<ModelFile> Open(const std::string& path);

  // The same for bytes in memory, which are copied: for tests and fuzzing.
  static absl::StatusOr<ModelFile> FromBytes(std::string_view bytes);

  // Empty if there is no such property.
  std::string_view Property(std::string_view key) const;

  // InvalidArgument if the property is missing or not a number in [least,
  // most].
  absl::StatusOr<int> IntProperty(std::string_view key, int least,
                                  int most) const;

  // InvalidArgument if there is no such tensor.
  absl::StatusOr<TensorView> Tensor(std::string_view name) const;

  // Gives the file's pages back to the system. Views stay valid: a page that
  // is read again is mapped again.
  void ReleasePages() const;

 private:
  ModelFile() = default;
  absl::Status Parse(std::string_view bytes);

  std::shared_ptr<const void> storage_;  // Unmaps or frees what views refer to.
  std::string_view mapping_;             // Empty for FromBytes.
  std::map<std::string, std::string, std::less<>> properties_;
  std::map<std::string, TensorView, std::less<>> tensors_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_MODEL_FILE_H_
