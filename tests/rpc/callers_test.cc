#include "server/rpc/callers.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/limits.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Token(std::string_view token) {
  return "token=" + FormatDigest(DigestOf(token));
}

TEST(CallersTest, ReadsAllThatALineMayHave) {
  const auto callers = ParseCallers(absl::StrCat(
      "# Who may call.\r\n\n", "cms  ", Token("a"), "\tmax_calls=8 rate=5.5 ",
      Token("b"), " burst=20  # the newsroom\r\n",
      "   back-fill_2.x certificate=backfill.example rate=0.5"));
  ASSERT_TRUE(callers.ok()) << callers.status();
  ASSERT_EQ(callers->size(), 2);
  const CallerSpec& cms = callers->at(0);
  EXPECT_EQ(cms.name, "cms");
  EXPECT_EQ(cms.line, 3);
  EXPECT_THAT(cms.tokens, ElementsAre(DigestOf("a"), DigestOf("b")));
  EXPECT_EQ(cms.limits.max_calls, 8);
  EXPECT_EQ(cms.limits.per_second, 5.5);
  EXPECT_EQ(cms.limits.burst, 20);
  const CallerSpec& backfill = callers->at(1);
  EXPECT_EQ(backfill.name, "back-fill_2.x");
  EXPECT_THAT(backfill.certificates, ElementsAre("backfill.example"));
  EXPECT_EQ(backfill.limits.max_calls, 0);
  EXPECT_EQ(backfill.limits.burst, 1);
}

TEST(CallersTest, BurstIsTheRateUnlessSaid) {
  const auto callers = ParseCallers(absl::StrCat("a ", Token("a"), " rate=7"));
  EXPECT_EQ(callers->at(0).limits.burst, 7);
}

TEST(CallersTest, MistakesAreNamedByLineAndField) {
  const std::string a = Token("a");
  std::string many = "x";
  for (int i = 0; i <= kMaxCredentialsPerCaller; ++i) {
    absl::StrAppend(&many, " ", Token(absl::StrCat(i)));
  }
  const struct {
    std::string text;
    std::string complaint;
  } kCases[] = {
      {"", "names no caller"},
      {"# nothing\n", "names no caller"},
      {"\n\ncms", "line 3: the caller has no token"},
      {"cms rate=5", "line 1: the caller has no token"},
      {"c/ms " + a, "line 1: the name"},
      {std::string(kMaxCallerNameBytes + 1, 'n') + " " + a, "line 1: the name"},
      {"qt_x " + a, "line 1: the name looks like a token"},
      {"cms " + a + " rat=5", "line 1: field 3 does not begin with"},
      {"cms " + a + " 5", "line 1: field 3 does not begin with"},
      {"cms " + a + " rate=", "line 1: rate is not a number above 0"},
      {"cms " + a + " rate=0", "line 1: rate is not a number above 0"},
      {"cms " + a + " rate=-1", "line 1: rate is not"},
      {"cms " + a + " rate=nan", "line 1: rate is not"},
      {"cms " + a + " rate=inf", "line 1: rate is not"},
      {"cms " + a + " rate=1e9", "line 1: rate is not"},
      {"cms " + a + " max_calls=1.5", "line 1: max_calls is not a whole"},
      {"cms " + a + " rate=9 burst=0.5", "line 1: burst is below 1"},
      {"cms " + a + " burst=5", "line 1: burst goes with a rate"},
      {"cms " + a + " rate=1 rate=2", "line 1: rate is there twice"},
      {"cms certificate=", "line 1: certificate is not a name"},
      {"cms token=sha256:12", "line 1: token is not sha256: and 64"},
      {"cms " + a + "\ncms " + Token("b"), "line 2: the name is there already"},
      {"a " + a + "\n\nb " + a, "line 3: token is there already"},
      {"a certificate=x\nb certificate=x", "line 2: certificate is there"},
      {many, "line 1: the caller has more than"},
      {std::string(kMaxCallersFileBytes + 1, '#'), "over the limit"},
  };
  for (const auto& c : kCases) {
    const auto callers = ParseCallers(c.text);
    ASSERT_FALSE(callers.ok()) << c.complaint;
    EXPECT_EQ(callers.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(callers.status().message()),
                HasSubstr(c.complaint));
  }
}

TEST(CallersTest, TooManyCallersAreRefused) {
  std::string text;
  for (int i = 0; i < kMaxCallers; ++i) {
    absl::StrAppend(&text, "c", i, " certificate=c", i, "\n");
  }
  EXPECT_EQ(ParseCallers(text)->size(), kMaxCallers);
  absl::StrAppend(&text, "one_more certificate=one_more\n");
  EXPECT_FALSE(ParseCallers(text).ok());
}

TEST(CallersTest, WhateverIsInTheFileIsReadOrRefusedByLine) {
  const std::string good =
      absl::StrCat("cms ", Token("a"), " max_calls=8 rate=5 burst=20 # x\n",
                   "wire certificate=w.example ", Token("b"), "\n");
  std::mt19937 random(11);
  int read = 0, refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string text = good;
    for (int n = 1 + random() % 3; n > 0; --n) {
      const size_t at = random() % text.size();
      if (random() % 2 == 0) {
        text[at] = static_cast<char>(random());
      } else {
        text.erase(at, random() % 8);
      }
    }
    const auto callers = ParseCallers(text);
    ++(callers.ok() ? read : refused);
    if (callers.ok()) {
      for (const CallerSpec& caller : *callers) {
        EXPECT_TRUE(CheckCallerName(caller.name).ok());
        EXPECT_FALSE(caller.tokens.empty() && caller.certificates.empty());
        EXPECT_TRUE(caller.limits.per_second == 0 || caller.limits.burst >= 1);
      }
    } else {
      EXPECT_THAT(std::string(callers.status().message()),
                  ::testing::MatchesRegex("line [0-9]+: .*"));
    }
  }
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
}

TEST(CallersTest, ATokenInPlaceOfItsDigestIsNotRepeated) {
  const std::string canary = "qt_CanaryCanaryCanaryCanaryCanaryCanaryCanary";
  for (const std::string& text :
       {"cms token=" + canary, "cms " + canary, canary, canary + "=x",
        "cms certificate=x " + canary + "=1", "cms token=sha256:" + canary,
        "cms certificate=x rate=" + canary, "a certificate=x\n" + canary}) {
    const auto callers = ParseCallers(text);
    ASSERT_FALSE(callers.ok()) << text;
    EXPECT_THAT(std::string(callers.status().message()),
                Not(HasSubstr("Canary")));
  }
}

}  // namespace
}  // namespace quoth
