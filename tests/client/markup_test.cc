#include "client/markup.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/client/answers.h"

namespace quoth::client {
namespace {

std::string Numbers(const std::vector<int>& claims) {
  std::string out;
  for (const int claim : claims) out += std::to_string(claim);
  return out;
}

// "[text|content|source|cue|begins]" for each segment; plain text as it is.
std::string Show(const std::string& text,
                 const google::protobuf::RepeatedPtrField<v1::Claim>& claims) {
  std::string out;
  for (const Line& line : CutAtSpans(text, claims)) {
    for (const Segment& s : line) {
      if (s.content.empty() && s.source.empty() && s.cue.empty()) {
        out += s.text;
        continue;
      }
      absl::StrAppend(&out, "[", std::string(s.text), "|", Numbers(s.content),
                      "|", Numbers(s.source), "|", Numbers(s.cue), "|",
                      Numbers(s.begins), "]");
    }
    out += "\n";
  }
  return out;
}

TEST(CutAtSpansTest, NestedClaims) {
  const std::string text = "X said Y denied Z.";
  ResponseBuilder b(text);
  b.Claim({"Y denied Z"}, "said", "X", "");
  b.Claim({"Z"}, "denied", "Y", "");
  EXPECT_EQ(Show(text, b.response().claims()),
            "[X||0||] [said|||0|] [Y|0|1||0][ |0|||][denied|0||1|][ |0|||]"
            "[Z|01|||1].\n");
}

TEST(CutAtSpansTest, OverlapsPiecesAndLines) {
  const std::string text = "abcdef\n\nghij\r\nk";
  ResponseBuilder b(text);
  b.Claim({"bcd", "gh"}, "", "", "");
  b.Claim({"cdef"}, "", "", "");
  EXPECT_EQ(Show(text, b.response().claims()),
            "a[b|0|||0][cd|01|||1][ef|1|||]\n\n[gh|0|||]ij\nk\n");
  ResponseBuilder across(text);
  across.Claim({"ef\n\ngh"}, "", "", "");
  EXPECT_EQ(Show(text, across.response().claims()),
            "abcd[ef|0|||0]\n\n[gh|0|||]ij\nk\n");
}

TEST(CutAtSpansTest, SpansThatDoNotFitArePassedOver) {
  const std::string text = "é is é";
  struct Case {
    int begin, end;
  };
  for (const Case& c : {Case{-1, 2}, Case{0, 99}, Case{3, 3}, Case{4, 2},
                        Case{1, 2}, Case{0, 1}}) {
    v1::ExtractClaimsResponse response;
    v1::Span& span = *response.add_claims()->add_content();
    span.set_begin(c.begin);
    span.set_end(c.end);
    EXPECT_EQ(Show(text, response.claims()), text + "\n") << c.begin;
  }
}

TEST(CutAtSpansTest, NothingIsLost) {
  EXPECT_EQ(Show("", {}), "\n");
  EXPECT_EQ(Show("a\nb\n", {}), "a\nb\n\n");
}

}  // namespace
}  // namespace quoth::client
