#include "server/engine/notices.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/test_engine.h"

namespace quoth {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Notice> Notices(std::string_view text) {
  ExtractOptions options;
  options.language_code = "en";
  return MustExtract(text, options).notices;
}

TEST(NoticesTest, OneOfEach) {
  struct Case {
    std::string text;
    NoticeType type;
    Span span;
  };
  const Case kCases[] = {
      {"He said “it rained.\nIt did.", NoticeType::kUnclosedQuotation, {8, 19}},
      {"He said <b>it</b> rained.", NoticeType::kHtmlMarkup, {8, 11}},
      {"<a href=\"x\">It</a> rained.", NoticeType::kHtmlMarkup, {0, 12}},
      {"It rained &amp; snowed.", NoticeType::kHtmlMarkup, {10, 15}},
      {std::string("It ra\0ined.", 11), NoticeType::kControlCharacters, {5, 6}},
      {"It\x1brained.", NoticeType::kControlCharacters, {2, 3}},
  };
  for (const Case& c : kCases) {
    const auto notices = Notices(c.text);
    ASSERT_THAT(notices, SizeIs(1)) << c.text;
    EXPECT_EQ(notices[0].type, c.type) << c.text;
    EXPECT_EQ(notices[0].span, c.span) << c.text;
    EXPECT_FALSE(notices[0].message.empty());
  }
}

TEST(NoticesTest, NoneForOrdinaryText) {
  for (const char* text : {"“It rained,” he said.\r\n\tIt did.",
                           "He has < 3 and > 2.", "AT&T said it rained.",
                           "a <3 b", "“It rained.\n\n“It did,” he said."}) {
    EXPECT_THAT(Notices(text), IsEmpty()) << text;
  }
}

TEST(NoticesTest, AreBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "He said “it rained.\n\nIt did.\n\n";
  EXPECT_THAT(Notices(text), SizeIs(kMaxNoticesOfType));
}

}  // namespace
}  // namespace quoth
