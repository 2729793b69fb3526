#include "server/model/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/text/text.h"

namespace quoth {
namespace {

static_assert(std::endian::native == std::endian::little,
              "tensors are mapped as they lie in the file");

constexpr std::string_view kMagic = "QUOTHMDL";
constexpr size_t kHeaderBytes = 32;
constexpr size_t kChecked = 16;  // Where the checksum's bytes begin.
constexpr size_t kRecordBytes = 88;
constexpr size_t kNameBytes = 48;
constexpr size_t kAlignment = 64;

// Reads a number at `offset`, which the caller has checked to lie inside.
template <typename T>
T Load(std::string_view bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

uint32_t Checksum(std::string_view bytes) {
  uLong crc = crc32(0, nullptr, 0);
  // zlib takes 32-bit lengths.
  constexpr size_t kChunk = size_t{1} << 30;
  for (size_t i = 0; i < bytes.size(); i += kChunk) {
    std::string_view chunk = bytes.substr(i, kChunk);
    crc = crc32(crc, reinterpret_cast<const Bytef*>(chunk.data()),
                static_cast<uInt>(chunk.size()));
  }
  return static_cast<uint32_t>(crc);
}

absl::Status Corrupt(std::string_view what) {
  return absl::DataLossError(
      absl::StrCat("the model file is corrupt: ",
                   absl::string_view(what.data(), what.size())));
}

// Name and place of one tensor; `data_begin` is where tensor data may begin.
absl::StatusOr<std::pair<std::string, TensorView>> ParseRecord(
    std::string_view bytes, size_t at, size_t data_begin) {
  std::string_view name = bytes.substr(at, kNameBytes);
  name = name.substr(0, name.find('\0'));
  if (name.empty() || name.size() == kNameBytes ||
      FindInvalidUtf8(name).has_value()) {
    return Corrupt("a tensor without a proper name");
  }
  const auto corrupt = [&](std::string_view what) {
    return Corrupt(std::string("tensor ") + std::string(name) + " has " +
                   std::string(what));
  };

  TensorView tensor;
  const uint32_t type = Load<uint32_t>(bytes, at + 48);
  if (type > static_cast<uint32_t>(TensorType::kBytes)) {
    return corrupt("an unknown type");
  }
  tensor.type = static_cast<TensorType>(type);
  tensor.rank = Load<uint32_t>(bytes, at + 52);
  if (tensor.rank < 1 || tensor.rank > 3) return corrupt("a bad rank");
  size_t size = tensor.type == TensorType::kFloat32 ? sizeof(float) : 1;
  for (uint32_t d = 0; d < 3; ++d) {
    const uint32_t dim = Load<uint32_t>(bytes, at + 56 + 4 * d);
    if (dim == 0 || (d >= tensor.rank && dim != 1) ||
        size > std::numeric_limits<size_t>::max() / dim) {
      return corrupt("bad dimensions");
    }
    tensor.dims[d] = dim;
    size *= dim;
  }
  if (Load<uint32_t>(bytes, at + 68) != 0) return corrupt("a reserved flag");

  const uint64_t offset = Load<uint64_t>(bytes, at + 72);
  if (Load<uint64_t>(bytes, at + 80) != size) {
    return corrupt("a size that differs from its dimensions'");
  }
  if (offset % kAlignment != 0 || offset < data_begin ||
      offset > bytes.size() || size > bytes.size() - offset) {
    return corrupt("data outside the file's data");
  }
  tensor.data = reinterpret_cast<const std::byte*>(bytes.data()) + offset;
  tensor.bytes = size;
  return std::make_pair(std::string(name), tensor);
}

}  // namespace

absl::StatusOr<ModelFile> ModelFile::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return absl::ErrnoToStatus(
        errno, absl::StrCat("cannot open the model file ", path));
  }
  struct stat info;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(fd);
    return absl::InvalidArgumentError(
        absl::StrCat("the model file ", path, " is not a regular file"));
  }
  const size_t size = static_cast<size_t>(info.st_size);
  void* map =
      size == 0 ? nullptr : mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  const int map_errno = errno;
  close(fd);
  if (map == MAP_FAILED) {
    return absl::ErrnoToStatus(
        map_errno, absl::StrCat("cannot map the model file ", path));
  }

  ModelFile file;
  if (map != nullptr) {
    file.mapping_ = {static_cast<const char*>(map), size};
    file.storage_ =
        std::shared_ptr<const void>(map, [size](void* p) { munmap(p, size); });
  }
  if (absl::Status status = file.Parse(file.mapping_); !status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }
  return file;
}

absl::StatusOr<ModelFile> ModelFile::FromBytes(std::string_view bytes) {
  const size_t room =
      (bytes.size() + kAlignment) / kAlignment * kAlignment;  // Never 0.
  void* copy = std::aligned_alloc(kAlignment, room);
  if (copy == nullptr) return absl::ResourceExhaustedError("no memory");
  std::memcpy(copy, bytes.data(), bytes.size());
  ModelFile file;
  file.storage_ = std::shared_ptr<const void>(copy, std::free);
  if (absl::Status status =
          file.Parse({static_cast<const char*>(copy), bytes.size()});
      !status.ok()) {
    return status;
  }
  return file;
}

absl::Status ModelFile::Parse(std::string_view bytes) {
  if (bytes.substr(0, kMagic.size()) != kMagic.substr(0, bytes.size())) {
    return absl::DataLossError("not a Quoth model file");
  }
  if (bytes.size() < kHeaderBytes) {
    return absl::DataLossError("the model file is truncated");
  }
  const uint32_t version = Load<uint32_t>(bytes, 8);
  if (version > kFormatVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("the model file has format version ", version,
                     "; this server reads versions up to ", kFormatVersion));
  }
  if (version == 0) return Corrupt("format version 0");
  const uint64_t size = Load<uint64_t>(bytes, 16);
  if (size > bytes.size()) {
    return absl::DataLossError(
        absl::StrCat("the model file is truncated: it has ", bytes.size(),
                     " of ", size, " bytes"));
  }
  if (size < bytes.size()) return Corrupt("bytes behind its end");
  if (Checksum(bytes.substr(kChecked)) != Load<uint32_t>(bytes, 12)) {
    return Corrupt("its checksum is wrong");
  }

  const size_t property_bytes = Load<uint32_t>(bytes, 24);
  const size_t count = Load<uint32_t>(bytes, 28);
  if (property_bytes % 8 != 0 || property_bytes > bytes.size() - kHeaderBytes) {
    return Corrupt("its properties do not fit");
  }
  std::string_view lines = bytes.substr(kHeaderBytes, property_bytes);
  lines = lines.substr(0, lines.find_last_not_of('\0') + 1);
  if (FindInvalidUtf8(lines).has_value() ||
      lines.find('\0') != std::string_view::npos) {
    return Corrupt("its properties are not text");
  }
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    const size_t equals = lines.find('=');
    if (end == std::string_view::npos || equals == 0 || equals > end) {
      return Corrupt("a property is not a line key=value");
    }
    if (!properties_
             .emplace(lines.substr(0, equals),
                      lines.substr(equals + 1, end - equals - 1))
             .second) {
      return Corrupt("a property occurs twice");
    }
    lines.remove_prefix(end + 1);
  }

  const size_t records = kHeaderBytes + property_bytes;
  if (count > (bytes.size() - records) / kRecordBytes) {
    return Corrupt("its tensor records do not fit");
  }
  const size_t data_begin = records + count * kRecordBytes;
  for (size_t i = 0; i < count; ++i) {
    absl::StatusOr<std::pair<std::string, TensorView>> tensor =
        ParseRecord(bytes, records + i * kRecordBytes, data_begin);
    if (!tensor.ok()) return tensor.status();
    if (!tensors_.insert(*std::move(tensor)).second) {
      return Corrupt("a tensor occurs twice");
    }
  }
  return absl::OkStatus();
}

std::string_view ModelFile::Property(std::string_view key) const {
  const auto it = properties_.find(key);
  return it == properties_.end() ? std::string_view() : it->second;
}

absl::StatusOr<int> ModelFile::IntProperty(std::string_view key, int least,
                                           int most) const {
  const std::string value(Property(key));
  int number = 0;
  if (!absl::SimpleAtoi(value, &number) || number < least || number > most) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the model file's property ", std::string(key), " is '", value,
        "'; it must be a number from ", least, " to ", most));
  }
  return number;
}

absl::StatusOr<TensorView> ModelFile::Tensor(std::string_view name) const {
  const auto it = tensors_.find(name);
  if (it == tensors_.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the model file has no tensor ", std::string(name)));
  }
  return it->second;
}

void ModelFile::ReleasePages() const {
  if (mapping_.empty()) return;
  // Advice: if it is refused, the pages stay, which is only less thrifty.
  (void)madvise(const_cast<char*>(mapping_.data()), mapping_.size(),
                MADV_DONTNEED);
}

}  // namespace quoth
