#include "server/model/calibration.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/model/model_file.h"
#include "tests/model/model_builder.h"

namespace quoth {
namespace {

using testing::HasSubstr;

TEST(ConfidenceMapTest, NoChangeWithoutKnots) {
  for (float c : {0.0f, 0.3f, 1.0f}) EXPECT_EQ(ConfidenceMap().At(c), c);
}

TEST(ConfidenceMapTest, LinearBetweenKnotsConstantBeyond) {
  const auto map = ConfidenceMap::Create({{0.2f, 0.1f}, {0.6f, 0.5f}});
  ASSERT_TRUE(map.ok());
  EXPECT_FLOAT_EQ(map->At(0.0f), 0.1f);
  EXPECT_FLOAT_EQ(map->At(0.2f), 0.1f);
  EXPECT_FLOAT_EQ(map->At(0.4f), 0.3f);
  EXPECT_FLOAT_EQ(map->At(0.6f), 0.5f);
  EXPECT_FLOAT_EQ(map->At(1.0f), 0.5f);
}

TEST(ConfidenceMapTest, NeverFallsAndStaysInTheUnitInterval) {
  const auto map = ConfidenceMap::Create(
      {{0.1f, 0.0f}, {0.3f, 0.4f}, {0.30001f, 0.4f}, {0.9f, 1.0f}});
  ASSERT_TRUE(map.ok());
  float last = 0;
  for (int i = 0; i <= 1000; ++i) {
    const float worth = map->At(i / 1000.0f);
    EXPECT_GE(worth, last);
    EXPECT_LE(worth, 1.0f);
    last = worth;
  }
}

TEST(ConfidenceMapTest, RefusesWhatIsNoMap) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<ConfidenceMap::Knot> kBad[] = {
      {},
      {{0.5f, 1.5f}},
      {{-0.5f, 0.5f}},
      {{nan, 0.5f}},
      {{0.5f, nan}},
      {{0.5f, 0.5f}, {0.5f, 0.6f}},
      {{0.5f, 0.5f}, {0.6f, 0.4f}},
      std::vector<ConfidenceMap::Knot>(ConfidenceMap::kMaxKnots + 1),
  };
  for (const auto& knots : kBad)
    EXPECT_FALSE(ConfidenceMap::Create(knots).ok());
}

absl::StatusOr<Calibration> LoadFrom(const ModelBuilder& builder) {
  const auto file = ModelFile::FromBytes(builder.Build());
  return Calibration::Load(file.value());
}

TEST(CalibrationTest, EachScopeAndKindHasItsOwn) {
  ModelBuilder b;
  b.AddFloats("calibration.reported.claim", {1, 2}, {0.5f, 0.1f});
  b.AddFloats("calibration.reported.quotation", {1, 2}, {0.5f, 0.2f});
  b.AddFloats("calibration.all.speaker", {2, 2}, {0.0f, 0.0f, 1.0f, 0.5f});
  const auto c = LoadFrom(b);
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_FLOAT_EQ(c->claim(Scope::kReported, true).At(0.9f), 0.1f);
  EXPECT_FLOAT_EQ(c->claim(Scope::kReported, false).At(0.9f), 0.2f);
  EXPECT_FLOAT_EQ(c->claim(Scope::kAllAttributions, true).At(0.9f), 0.9f);
  EXPECT_FLOAT_EQ(c->speaker(Scope::kAllAttributions).At(0.8f), 0.4f);
  EXPECT_FLOAT_EQ(c->speaker(Scope::kReported).At(0.8f), 0.8f);
}

TEST(CalibrationTest, AFileWithoutChangesNothing) {
  const auto c = LoadFrom(ModelBuilder());
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->claim(Scope::kReported, true).At(0.7f), 0.7f);
}

TEST(CalibrationTest, NamesTheTensorThatIsWrong) {
  ModelBuilder falls;
  falls.AddFloats("calibration.all.claim", {2, 2}, {0.1f, 0.9f, 0.2f, 0.1f});
  EXPECT_THAT(std::string(LoadFrom(falls).status().message()),
              HasSubstr("calibration.all.claim"));
  ModelBuilder shape;
  shape.AddFloats("calibration.all.claim", {1, 3}, {0.1f, 0.9f, 0.2f});
  EXPECT_EQ(LoadFrom(shape).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace quoth
