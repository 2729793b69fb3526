#include "client/text_renderer.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/answers.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Render(const Outcome& outcome, const TextStyle& style) {
  return TextRenderer(style).Article(outcome);
}

TEST(TextRendererTest, ShowsWhoHowWhatAndWhere) {
  ResponseBuilder b(
      "Talks go on\n\n“We are close,” Antony Blinken told reporters on "
      "Friday. “Very close.”\nHe said Élan matters.");
  b.Speaker("Antony Blinken", "US Secretary of State");
  v1::Claim& first =
      b.Claim({"We are close,", "Very close."}, "told", "Antony Blinken", "s1");
  *first.mutable_context()->mutable_addressee() = b.Find("reporters");
  *first.mutable_context()->mutable_time() = b.Find("on Friday");
  v1::Claim& second = b.Claim({"Élan matters"}, "said", "He", "s1");
  second.set_type(v1::CLAIM_TYPE_INDIRECT);
  second.set_act(v1::ACT_BELIEF);
  second.set_confidence(0.5f);
  EXPECT_EQ(Render(b.Finish(), {}),
            R"(2 claims by 1 speaker

 1  Antony Blinken, US Secretary of State
    told (to reporters; on Friday):
    “We are close,” … “Very close.”
    line 3, column 2; characters 14-27, 71-82; direct statement; 97 %

 2  Antony Blinken
    said:
    Élan matters
    line 4, column 9; characters 92-104; indirect belief; 50 %
)");
}

TEST(TextRendererTest, LongWordsWrapWithinTheColumns) {
  const std::string words =
      "politicians of every party agree that nothing has been agreed and that "
      "talks about talks will go on";
  ResponseBuilder b(words + ", he said");
  b.Claim({words}, "said", "he", "");
  const std::string out = Render(b.Finish(), {.columns = 40});
  EXPECT_THAT(out, HasSubstr("    “politicians of every party agree\n"
                             "    that nothing has been agreed and\n"));
  EXPECT_THAT(out, HasSubstr("Unknown speaker, \"he\"\n"));
}

TEST(TextRendererTest, WhatWasNotSaidDoesNotReadLikeAClaim) {
  ResponseBuilder b("Lee did not say why. Kim will say no.");
  b.Speaker("Lee");
  b.Speaker("Kim");
  b.Claim({"why"}, "did not say", "Lee", "s1").set_realis(v1::REALIS_NEGATED);
  b.Claim({"no"}, "will say", "Kim", "s2").set_realis(v1::REALIS_HYPOTHETICAL);
  const std::string out = Render(b.Finish(), {});
  EXPECT_THAT(
      out, HasSubstr("    [did NOT say] did not say:\n    (not said) why\n"));
  EXPECT_THAT(
      out,
      HasSubstr(
          "    [hypothetical] will say:\n    (not said yet, or never) no\n"));
}

TEST(TextRendererTest, WhatLiesInsideTheUnsaidIsMarkedToo) {
  ResponseBuilder b("Lee did not say that Kim denied theft. X said so.");
  b.Claim({"that Kim denied theft"}, "did not say", "Lee", "")
      .set_realis(v1::REALIS_NEGATED);
  b.Claim({"theft"}, "denied", "Kim", "").set_parent_claim_id("c1");
  b.Claim({"so"}, "said", "X", "").set_parent_claim_id("c1");
  const std::string out = Render(b.Finish(), {});
  EXPECT_THAT(out, HasSubstr("[inside what was NOT said] denied:\n    (not "
                             "said by itself) theft\n"));
  EXPECT_THAT(out, Not(HasSubstr("“theft”")));
}

TEST(TextRendererTest, ParentsThatGoInCirclesEnd) {
  ResponseBuilder b("a b");
  b.Claim({"a"}, "", "", "").set_parent_claim_id("c2");
  b.Claim({"b"}, "", "", "").set_parent_claim_id("c1");
  EXPECT_THAT(Render(b.Finish(), {}), Not(HasSubstr("NOT")));
}

TEST(TextRendererTest, NegationFollowsTheAct) {
  v1::Claim claim;
  claim.set_realis(v1::REALIS_NEGATED);
  claim.set_act(v1::ACT_DENIAL);
  EXPECT_EQ(RealisWarning(claim), "did NOT deny");
  claim.set_act(v1::ACT_QUESTION);
  EXPECT_EQ(RealisWarning(claim), "did NOT ask");
  claim.set_realis(v1::REALIS_ACTUAL);
  EXPECT_EQ(RealisWarning(claim), "");
}

TEST(TextRendererTest, NestingHeadlineContextAndNoticesAreTold) {
  ResponseBuilder b("A. X said Y denied Z. B.");
  v1::Claim& outer = b.Claim({"Y denied Z"}, "said", "X", "");
  outer.mutable_context()->set_in_headline(true);
  *outer.mutable_context()->mutable_before() = b.Find("A.");
  *outer.mutable_context()->mutable_after() = b.Find("B.");
  b.Claim({"Z"}, "", "", "").set_parent_claim_id("c1");
  v1::Notice& notice = *b.response().add_notices();
  notice.set_message("A quotation is never closed.");
  *notice.mutable_span() = b.Find("Z");
  v1::Notice again = notice;
  *again.mutable_span() = b.Find("B.");
  *b.response().add_notices() = again;
  const std::string out = Render(b.Finish(), {});
  EXPECT_THAT(out, HasSubstr("; headline\n"));
  EXPECT_THAT(out, HasSubstr("; inside claim 1\n"));
  EXPECT_THAT(out, HasSubstr("(no reporting word):\n"));
  EXPECT_THAT(out, HasSubstr("    before: A.\n    “Y denied Z”\n    after: "));
  EXPECT_THAT(out, HasSubstr("\n\nnote: A quotation is never closed. (line 1,"
                             " column 20; line 1, column 23)\n"));
}

TEST(TextRendererTest, ColourIsOnlyThereWhenAskedFor) {
  ResponseBuilder b("“Yes,” Lee said.");
  b.Speaker("Lee");
  b.Claim({"Yes,"}, "said", "Lee", "s1");
  EXPECT_THAT(Render(b.Finish(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(Render(b.Finish(), {.color = true}),
              HasSubstr("\n 1  \x1b[1mLee\x1b[0m\n"));
}

TEST(TextRendererTest, NothingFromOutsideReachesTheTerminalRaw) {
  const std::string evil =
      "\x1b]0;title\x07\xC2\x9B"
      "2J\r";
  ResponseBuilder b(evil);
  b.Speaker(evil, evil);
  v1::Claim& claim = b.Claim({evil}, evil, evil, "s1");
  *claim.mutable_context()->mutable_addressee() = b.Find(evil);
  *claim.mutable_context()->mutable_medium() = b.Find(evil);
  *claim.mutable_context()->mutable_time() = b.Find(evil);
  *claim.mutable_context()->mutable_before() = b.Find(evil);
  *claim.mutable_context()->mutable_after() = b.Find(evil);
  b.response().add_notices()->set_message(evil);
  const std::string out = Render(b.Finish(evil), {.titles = true});
  for (const char* bad : {"\x1b", "\x07", "\xC2\x9B", "\r"}) {
    EXPECT_THAT(out, Not(HasSubstr(bad)));
  }
}

TEST(TextRendererTest, ManyFilesHaveTitles) {
  ResponseBuilder b("Nothing.");
  EXPECT_EQ(Render(b.Finish("a.txt"), {.titles = true}),
            "a.txt: 0 claims by 0 speakers\n\n");
  EXPECT_EQ(Render(b.Finish("-"), {.titles = true}),
            "standard input: 0 claims by 0 speakers\n\n");
}

TEST(TextRendererTest, WrongOffsetsDoNotCrash) {
  ResponseBuilder b("short");
  v1::Claim& claim = b.Claim({"short"}, "", "", "s9");
  claim.mutable_content(0)->set_begin(-5);
  claim.mutable_content(0)->set_end(1000);
  EXPECT_THAT(Render(b.Finish(), {}), HasSubstr("characters 0-5"));
}

}  // namespace
}  // namespace quoth::client
