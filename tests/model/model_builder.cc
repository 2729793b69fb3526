#include "tests/model/model_builder.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

template <typename T>
void Append(std::string& to, T value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void Pad(std::string& to, size_t multiple) {
  to.resize((to.size() + multiple - 1) / multiple * multiple, '\0');
}

constexpr size_t kHeaderBytes = 32;
constexpr size_t kChecked = 16;
constexpr size_t kRecordBytes = 88;

// Is gone with the process.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(absl::StrCat(testing::TempDir(), "quoth_model_test_", getpid())) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

void ModelBuilder::AddFloats(const std::string& name,
                             std::vector<uint32_t> dims,
                             const std::vector<float>& values) {
  tensors[name] = {TensorType::kFloat32, std::move(dims),
                   std::string(reinterpret_cast<const char*>(values.data()),
                               values.size() * sizeof(float))};
}

void ModelBuilder::AddBytes(const std::string& name, std::string_view bytes) {
  tensors[name] = {TensorType::kBytes,
                   {static_cast<uint32_t>(bytes.size())},
                   std::string(bytes)};
}

void ModelBuilder::AddInt8Matrix(const std::string& name, uint32_t rows,
                                 uint32_t columns,
                                 const std::vector<float>& values) {
  std::string codes;
  std::vector<float> scales;
  for (uint32_t r = 0; r < rows; ++r) {
    const float* row = values.data() + size_t{r} * columns;
    float largest = 1e-6f;
    for (uint32_t c = 0; c < columns; ++c) {
      largest = std::max(largest, std::abs(row[c]));
    }
    scales.push_back(largest / 127);
    for (uint32_t c = 0; c < columns; ++c) {
      codes.push_back(static_cast<char>(std::lrint(row[c] / scales.back())));
    }
  }
  tensors[name + ".weight"] = {TensorType::kInt8, {rows, columns}, codes};
  AddFloats(name + ".scale", {rows}, scales);
}

std::string ModelBuilder::Build() const {
  std::string block;
  for (const auto& [key, value] : properties)
    absl::StrAppend(&block, key, "=", value, "\n");
  Pad(block, 8);
  std::string records, data;
  const size_t data_begin =
      (kHeaderBytes + block.size() + kRecordBytes * tensors.size() + 63) / 64 *
      64;
  for (const auto& [name, tensor] : tensors) {
    std::string field = name;
    field.resize(48, '\0');
    records += field;
    Append(records, static_cast<uint32_t>(tensor.type));
    Append(records, static_cast<uint32_t>(tensor.dims.size()));
    for (size_t d = 0; d < 3; ++d) {
      Append(records, d < tensor.dims.size() ? tensor.dims[d] : 1u);
    }
    Append(records, uint32_t{0});
    Pad(data, 64);
    Append(records, uint64_t{data_begin + data.size()});
    Append(records, uint64_t{tensor.data.size()});
    data += tensor.data;
  }
  std::string file = "QUOTHMDL";
  Append(file, ModelFile::kFormatVersion);
  Append(file, uint32_t{0});
  Append(file, uint64_t{data_begin + data.size()});
  Append(file, static_cast<uint32_t>(block.size()));
  Append(file, static_cast<uint32_t>(tensors.size()));
  file += block + records;
  Pad(file, 64);
  file += data;
  FixChecksum(file);
  return file;
}

void FixChecksum(std::string& bytes) {
  const uint32_t crc = static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()) + kChecked,
            static_cast<uInt>(bytes.size() - kChecked)));
  std::memcpy(bytes.data() + 12, &crc, sizeof(crc));
}

ModelBuilder RandomModel(const RandomModelOptions& o) {
  std::mt19937 random(o.seed);
  const auto draw = [&](size_t count, float mean, float deviation) {
    std::normal_distribution<float> normal(mean, deviation);
    std::vector<float> values(count);
    for (float& v : values) v = normal(random);
    return values;
  };
  ModelBuilder b;
  b.properties = {
      {"name", "random"},
      {"version", "7"},
      {"layers", std::to_string(o.layers)},
      {"hidden", std::to_string(o.hidden)},
      {"heads", std::to_string(o.heads)},
      {"feed_forward", std::to_string(o.feed_forward)},
      {"max_window_pieces", std::to_string(o.max_window_pieces)},
      {"argument_hidden", std::to_string(o.argument_hidden)},
      {"argument_channels", std::to_string(o.argument_channels)},
  };
  std::string vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";
  for (int i = 4; i < kRandomVocabulary; ++i) {
    vocabulary += absl::StrCat("w", i, "\n");
  }
  b.AddBytes("vocabulary", vocabulary);

  const auto table = [&](const std::string& name, uint32_t rows,
                         uint32_t columns, float deviation) {
    b.AddFloats(name, {rows, columns},
                draw(size_t{rows} * columns, 0, deviation));
  };
  const auto matrix = [&](const std::string& name, uint32_t rows,
                          uint32_t columns, float deviation) {
    const auto values = draw(size_t{rows} * columns, 0, deviation);
    if (o.int8) {
      b.AddInt8Matrix(name, rows, columns, values);
    } else {
      b.AddFloats(name + ".weight", {rows, columns}, values);
    }
  };
  const auto linear = [&](const std::string& name, uint32_t in, uint32_t out) {
    matrix(name, out, in, 1.5f / std::sqrt(static_cast<float>(in)));
    b.AddFloats(name + ".bias", {out}, draw(out, 0, 0.2f));
  };
  const auto norm = [&](const std::string& name, uint32_t width) {
    b.AddFloats(name + ".gain", {width}, draw(width, 1, 0.2f));
    b.AddFloats(name + ".bias", {width}, draw(width, 0, 0.2f));
  };

  const uint32_t hidden = o.hidden;
  matrix("embedding.word", kRandomVocabulary, hidden, 1);
  table("embedding.position", o.max_window_pieces + 2, hidden, 0.3f);
  table("embedding.shape", 8, hidden, 0.3f);
  table("embedding.quote", 8, hidden, 0.3f);
  norm("embedding.norm", hidden);
  for (int i = 0; i < o.layers; ++i) {
    const std::string layer = absl::StrCat("encoder.", i, ".");
    linear(layer + "qkv", hidden, 3 * hidden);
    linear(layer + "attention_out", hidden, hidden);
    norm(layer + "attention_norm", hidden);
    linear(layer + "feed_forward_in", hidden, o.feed_forward);
    linear(layer + "feed_forward_out", o.feed_forward, hidden);
    norm(layer + "feed_forward_norm", hidden);
  }
  const uint32_t a = o.argument_hidden, c = o.argument_channels;
  const auto heads = [&](const std::string& prefix) {
    table(prefix + "cue.weight", 3, hidden, 0.2f);
    b.AddFloats(prefix + "cue.bias", {3}, draw(3, 0, 0.2f));
    linear(prefix + "argument.word", hidden, 2 * a);
    linear(prefix + "argument.cue", 2 * hidden, 2 * a);
    table(prefix + "argument.distance", 29, a, 0.5f);
    table(prefix + "argument.relation", 15, a, 0.5f);
    linear(prefix + "argument.down", a, c);
    linear(prefix + "argument.near", 5 * c, c);
    linear(prefix + "argument.far", 5 * c, c);
    table(prefix + "argument.out.weight", 3, c, 0.3f);
    b.AddFloats(prefix + "argument.out.bias", {3}, draw(3, 0, 0.2f));
  };
  heads("");
  if (o.reported) heads("reported.");
  return b;
}

std::string WriteTemporary(const std::string& name, const std::string& bytes) {
  // Tests run side by side, each in a process of its own.
  static const TemporaryFolder folder;
  const std::string path = absl::StrCat(folder.path(), "/", name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace quoth
