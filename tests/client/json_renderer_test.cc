#include "client/json_renderer.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/client/answers.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

bool IsJson(const std::string& text) {
  google::protobuf::Value value;
  return google::protobuf::util::JsonStringToMessage(text, &value).ok();
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
  struct Case {
    std::string file;
    std::string json;
  };
  for (const Case& c :
       std::vector<Case>{{"a.txt", "\"a.txt\""},
                         {"quote\"back\\slash", "\"quote\\\"back\\\\slash\""},
                         {"new\nline", "\"new\\nline\""},
                         {"escape\x1b[2J", "\"escape\\u001b[2J\""},
                         {"né", "\"né\""},
                         {"<script>", "\"\\u003cscript\\u003e\""},
                         {"caf\xE9", "\"caf\uFFFD\""}}) {
    const std::string line = JsonLinesRenderer().Article(b.Finish(c.file));
    EXPECT_TRUE(IsJson(line)) << line;
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_THAT(line, StartsWith("{\"file\":" + c.json +
                                 ",\"response\":{\"claims\":["));
    EXPECT_THAT(line, HasSubstr("\"text\":\"line\\nbreak\""));
  }
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
