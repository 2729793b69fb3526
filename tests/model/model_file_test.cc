#include "server/model/model_file.h"

#include <cstring>
#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/model/model_builder.h"

namespace quoth {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ModelBuilder SmallFile() {
  ModelBuilder b;
  b.properties = {{"name", "small"}, {"version", "3"}, {"note", "a=b"}};
  b.AddFloats("floats", {2, 3}, {1, 2, 3, 4, 5, 6});
  b.AddBytes("text", "hello");
  b.AddInt8Matrix("matrix", 1, 2, {1.27f, -0.635f});
  return b;
}

// The first record of SmallFile begins behind its properties.
size_t FirstRecord(const std::string& bytes) {
  uint32_t properties;
  std::memcpy(&properties, bytes.data() + 24, sizeof(properties));
  return 32 + properties;
}

template <typename T>
void Put(std::string& bytes, size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof(value));
}

TEST(ModelFileTest, ReadsPropertiesAndTensors) {
  const std::string path = WriteTemporary("small.qm", SmallFile().Build());
  absl::StatusOr<ModelFile> file = ModelFile::Open(path);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->Property("name"), "small");
  EXPECT_EQ(file->Property("note"), "a=b");
  EXPECT_EQ(file->Property("none"), "");
  EXPECT_EQ(file->IntProperty("version", 0, 9).value(), 3);

  const TensorView floats = file->Tensor("floats").value();
  EXPECT_EQ(floats.type, TensorType::kFloat32);
  EXPECT_EQ(floats.rank, 2);
  EXPECT_THAT(floats.dims, ElementsAre(2, 3, 1));
  EXPECT_EQ(floats.elements(), 6);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(floats.data) % 64, 0);
  EXPECT_THAT(std::vector<float>(floats.floats(), floats.floats() + 6),
              ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(file->Tensor("text")->chars(), "hello");
  const TensorView matrix = file->Tensor("matrix.weight").value();
  EXPECT_THAT(std::vector<int>(matrix.int8s(), matrix.int8s() + 2),
              ElementsAre(127, testing::AnyOf(-63, -64)));
}

TEST(ModelFileTest, ViewsOutliveAMoveAndReleasedPages) {
  const std::string path = WriteTemporary("moved.qm", SmallFile().Build());
  absl::StatusOr<ModelFile> file = ModelFile::Open(path);
  ASSERT_TRUE(file.ok()) << file.status();
  const TensorView text = file->Tensor("text").value();
  const ModelFile moved = *std::move(file);
  moved.ReleasePages();
  EXPECT_EQ(text.chars(), "hello");
  EXPECT_EQ(moved.Tensor("text")->data, text.data);
}

TEST(ModelFileTest, NamesWhatIsMissing) {
  const absl::StatusOr<ModelFile> file =
      ModelFile::FromBytes(SmallFile().Build());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->Tensor("nope").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(file->Tensor("nope").status().message(), HasSubstr("nope"));
  const struct {
    const char* key;
    int least;
    int most;
  } bad[] = {
      {"none", 0, 9}, {"name", 0, 9}, {"version", 4, 9}, {"version", 0, 2}};
  for (const auto& c : bad) {
    const absl::StatusOr<int> value = file->IntProperty(c.key, c.least, c.most);
    EXPECT_EQ(value.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(value.status().message(), HasSubstr(c.key));
  }
}

TEST(ModelFileTest, MissingFileIsNotFound) {
  const absl::Status status =
      ModelFile::Open(testing::TempDir() + "no-such.qm").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(status.message(), HasSubstr("no-such.qm"));
}

TEST(ModelFileTest, DirectoryIsInvalid) {
  const absl::Status status = ModelFile::Open(testing::TempDir()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(ModelFileTest, EmptyFileIsTruncated) {
  const absl::Status status =
      ModelFile::Open(WriteTemporary("empty.qm", "")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(status.message(), HasSubstr("empty.qm"));
  EXPECT_THAT(status.message(), HasSubstr("truncated"));
}

TEST(ModelFileTest, EveryTruncationIsDataLoss) {
  const std::string bytes = SmallFile().Build();
  for (size_t size = 0; size < bytes.size(); ++size) {
    const absl::Status status =
        ModelFile::FromBytes(bytes.substr(0, size)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << size;
    EXPECT_THAT(status.message(), HasSubstr("truncated")) << size;
  }
}

TEST(ModelFileTest, EveryFlippedBitIsAnError) {
  const std::string bytes = SmallFile().Build();
  for (size_t i = 0; i < 8 * bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << i % 8));
    EXPECT_FALSE(ModelFile::FromBytes(damaged).ok()) << "bit " << i;
  }
}

struct Damage {
  const char* what;
  std::function<void(std::string&)> change;
  absl::StatusCode code;
  const char* message;
};

// What a wrong writer, not a wrong bit, would leave: the checksum is right.
TEST(ModelFileTest, SaysWhatIsWrong) {
  constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
  const std::string good = SmallFile().Build();
  const size_t record = FirstRecord(good);  // "floats", by name.
  const Damage damages[] = {
      {"magic", [](std::string& b) { b[0] = 'q'; }, kDataLoss,
       "not a Quoth model file"},
      {"another file", [](std::string& b) { b = "%PDF-1.4 and so on"; },
       kDataLoss, "not a Quoth model file"},
      {"newer", [](std::string& b) { Put<uint32_t>(b, 8, 2); },
       absl::StatusCode::kFailedPrecondition, "format version 2"},
      {"version 0", [](std::string& b) { Put<uint32_t>(b, 8, 0); }, kDataLoss,
       "version 0"},
      {"bytes behind", [](std::string& b) { b += "more"; }, kDataLoss,
       "behind its end"},
      {"checksum", [](std::string& b) { b[12] ^= 1; }, kDataLoss, "checksum"},
      {"properties too long",
       [](std::string& b) { Put<uint32_t>(b, 24, 8000); }, kDataLoss,
       "properties do not fit"},
      {"properties unaligned", [](std::string& b) { Put<uint32_t>(b, 24, 7); },
       kDataLoss, "properties do not fit"},
      {"property without =", [](std::string& b) { b[32 + 4] = '-'; }, kDataLoss,
       "key=value"},
      {"property without key", [](std::string& b) { b[32] = '='; }, kDataLoss,
       "key=value"},
      {"NUL in properties", [](std::string& b) { b[33] = '\0'; }, kDataLoss,
       "not text"},
      {"properties not UTF-8", [](std::string& b) { b[33] = '\xff'; },
       kDataLoss, "not text"},
      {"many tensors", [](std::string& b) { Put<uint32_t>(b, 28, ~0u); },
       kDataLoss, "records do not fit"},
      {"no name", [=](std::string& b) { b[record] = '\0'; }, kDataLoss,
       "proper name"},
      {"long name",
       [=](std::string& b) { b.replace(record, 48, std::string(48, 'x')); },
       kDataLoss, "proper name"},
      {"type", [=](std::string& b) { Put<uint32_t>(b, record + 48, 3); },
       kDataLoss, "floats has an unknown type"},
      {"rank 0", [=](std::string& b) { Put<uint32_t>(b, record + 52, 0); },
       kDataLoss, "bad rank"},
      {"rank 4", [=](std::string& b) { Put<uint32_t>(b, record + 52, 4); },
       kDataLoss, "bad rank"},
      {"dim 0", [=](std::string& b) { Put<uint32_t>(b, record + 56, 0); },
       kDataLoss, "bad dimensions"},
      {"dim behind the rank",
       [=](std::string& b) { Put<uint32_t>(b, record + 64, 2); }, kDataLoss,
       "bad dimensions"},
      {"overflow",
       [=](std::string& b) {
         Put<uint32_t>(b, record + 52, 3);
         for (int d = 0; d < 3; ++d) Put<uint32_t>(b, record + 56 + 4 * d, ~0u);
       },
       kDataLoss, "bad dimensions"},
      {"reserved", [=](std::string& b) { Put<uint32_t>(b, record + 68, 1); },
       kDataLoss, "reserved"},
      {"size", [=](std::string& b) { Put<uint64_t>(b, record + 80, 20); },
       kDataLoss, "differs from its dimensions"},
      {"unaligned", [=](std::string& b) { b[record + 72] ^= 4; }, kDataLoss,
       "outside"},
      {"over the header",
       [=](std::string& b) { Put<uint64_t>(b, record + 72, 0); }, kDataLoss,
       "outside"},
      {"behind the end",
       [=](std::string& b) {
         Put<uint64_t>(b, record + 72, b.size() / 64 * 64);
       },
       kDataLoss, "outside"},
      {"far behind the end",
       [=](std::string& b) { Put<uint64_t>(b, record + 72, ~uint64_t{63}); },
       kDataLoss, "outside"},
      {"same name",
       [=](std::string& b) { b.replace(record + 88, 48, b, record, 48); },
       kDataLoss, "tensor occurs twice"},
  };
  for (const Damage& damage : damages) {
    std::string bytes = good;
    damage.change(bytes);
    if (std::string_view(damage.what) != "checksum" && bytes.size() > 32) {
      FixChecksum(bytes);
    }
    const absl::Status status = ModelFile::FromBytes(bytes).status();
    EXPECT_EQ(status.code(), damage.code) << damage.what << ": " << status;
    EXPECT_THAT(status.message(), HasSubstr(damage.message)) << damage.what;
  }
}

TEST(ModelFileTest, APropertyOccursOnce) {
  ModelBuilder b;
  b.properties = {{"a", "1\na=2"}};
  const absl::Status status = ModelFile::FromBytes(b.Build()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(status.message(), HasSubstr("property occurs twice"));
}

}  // namespace
}  // namespace quoth
