#include "client/json_renderer.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/client/answers.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;

// What a JSON reader makes of a line.
google::protobuf::Struct Read(const std::string& json) {
  google::protobuf::Struct value;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &value);
  EXPECT_TRUE(status.ok()) << status << json;
  return value;
}

TEST(JsonRendererTest, IsTheMappingOfProtocolBuffers) {
  ResponseBuilder b("“Oui,” Élodie said.");
  b.Speaker("Élodie");
  b.Claim({"Oui,"}, "said", "Élodie", "s1");
  const Outcome outcome = b.Finish();
  const std::string json = JsonRenderer().Article(outcome);
  v1::ExtractClaimsResponse back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &back).ok());
  EXPECT_EQ(back.SerializeAsString(), outcome.response->SerializeAsString());
  EXPECT_THAT(json, HasSubstr("\n   \"act\": \"ACT_STATEMENT\""));
  EXPECT_THAT(json, HasSubstr("\"parentClaimId\": \"\""));
  EXPECT_EQ(json.back(), '\n');
}

TEST(JsonRendererTest, SaysNothingOfFailures) {
  Outcome outcome;
  outcome.response = absl::NotFoundError("gone");
  EXPECT_EQ(JsonRenderer().Article(outcome), "");
}

TEST(JsonLinesRendererTest, OneLineAFileWhateverItsName) {
  ResponseBuilder b("line\nbreak");
  b.Claim({"line\nbreak"}, "", "", "");
  for (const std::string name : {"a.txt", "quote\"back\\slash", "new\nline",
                                 "escape\x1b[2J", "né", "<script>"}) {
    const std::string line = JsonLinesRenderer().Article(b.Finish(name));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    const auto value = Read(line);
    EXPECT_EQ(value.fields().at("file").string_value(), name);
    EXPECT_EQ(value.fields()
                  .at("response")
                  .struct_value()
                  .fields()
                  .at("claims")
                  .list_value()
                  .values(0)
                  .struct_value()
                  .fields()
                  .at("text")
                  .string_value(),
              "line\nbreak");
  }
  EXPECT_EQ(Read(JsonLinesRenderer().Article(b.Finish("caf\xE9")))
                .fields()
                .at("file")
                .string_value(),
            "caf\uFFFD");
}

TEST(JsonLinesRendererTest, FailuresHaveCodeAndMessage) {
  Outcome outcome;
  outcome.file = "a.txt";
  outcome.response = absl::NotFoundError("there is no \"a\"\n");
  EXPECT_EQ(JsonLinesRenderer().Article(outcome),
            "{\"file\":\"a.txt\",\"error\":{\"code\":\"NOT_FOUND\","
            "\"message\":\"there is no \\\"a\\\"\\n\"}}\n");
}

}  // namespace
}  // namespace quoth::client
