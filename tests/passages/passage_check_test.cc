#include "tests/passages/passage_check.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/text/text.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "We won," said the mayor Ann Lee. She denied it.
Extraction Found() {
  Extraction x;
  x.text = *Text::FromUtf8(
      "“We won,” said the mayor Ann Lee. She denied it was hers.");
  Claim first;
  first.type = ClaimType::kDirect;
  first.content = {{1, 4}, {4, 7}};
  first.cue = Span{10, 14};
  first.source = Span{15, 32};
  first.act = Act::kStatement;
  Claim second;
  second.content = {{45, 56}};
  second.cue = Span{38, 44};
  second.act = Act::kDenial;
  second.parent = 0;
  x.claims = {first, second};
  Speaker& speaker = x.speakers.emplace_back();
  speaker.name = "the mayor Ann Lee";
  speaker.kind = SpeakerKind::kPerson;
  speaker.mentions = {{15, 32}};
  x.links = {{0, 1.0f}, {-1, 0}};
  return x;
}

Passage Expected() {
  Passage p;
  p.claims = {{.content = "We won",
               .cue = "said",
               .source = "the mayor Ann Lee",
               .speaker = "mayor Ann Lee",
               .type = ClaimType::kDirect,
               .act = Act::kStatement,
               .realis = Realis::kActual,
               .kind = SpeakerKind::kPerson},
              {.content = "it was hers", .source = "", .inside = 0}};
  return p;
}

TEST(PassageCheckTest, PlainWords) {
  EXPECT_EQ(PlainWords("“It’s Ann’s,” he said – 3.5% of $40!"),
            "It Ann he said 3.5% of $40");
  EXPECT_EQ(PlainWords("O'Dowd’s Łódź"), "O'Dowd Łódź");
  EXPECT_EQ(PlainWords(" “…” "), "");
}

TEST(PassageCheckTest, WhatIsAsExpectedHolds) {
  EXPECT_THAT(Problems(Expected(), Found()), IsEmpty());
}

TEST(PassageCheckTest, EveryDifferenceIsNamed) {
  struct {
    void (*change)(Passage&);
    const char* problem;
  } cases[] = {
      {[](Passage& p) { p.claims[0].content = "We all won"; },
       "claim 1: content is \"We won\""},
      {[](Passage& p) { p.claims[0].content = "Somebody lost"; },
       "claim 1 is not found"},
      {[](Passage& p) { p.claims[0].cue = "told"; },
       "claim 1: cue is \"said\""},
      {[](Passage& p) { p.claims[0].cue = ""; }, "claim 1: cue is \"said\""},
      {[](Passage& p) { p.claims[0].source = "Ann Lee"; },
       "claim 1: source is \"the mayor Ann Lee\""},
      {[](Passage& p) { p.claims[0].speaker = "Ann"; },
       "claim 1: speaker is \"mayor Ann Lee\""},
      {[](Passage& p) { p.claims[0].time = "today"; },
       "claim 1: time is absent"},
      {[](Passage& p) { p.claims[0].type = ClaimType::kMixed; },
       "claim 1: type is not right"},
      {[](Passage& p) { p.claims[0].act = Act::kBelief; },
       "claim 1: act is not right"},
      {[](Passage& p) { p.claims[0].realis = Realis::kNegated; },
       "claim 1: realis is not right"},
      {[](Passage& p) { p.claims[0].kind = SpeakerKind::kDocument; },
       "claim 1: kind is not right"},
      {[](Passage& p) { p.claims[1].kind = SpeakerKind::kDocument; },
       "claim 2: no speaker"},
      {[](Passage& p) { p.claims[0].inside = 1; },
       "claim 1 is not inside claim 2"},
      {[](Passage& p) { p.claims.pop_back(); },
       "one more claim, \"it was hers\" by absent"},
  };
  for (const auto& c : cases) {
    Passage passage = Expected();
    c.change(passage);
    EXPECT_THAT(Problems(passage, Found()), testing::Contains(c.problem));
  }
}

TEST(PassageCheckTest, AnExactContentIsNotTakenByANearOne) {
  Passage passage = Expected();
  passage.claims[0] = {.content = "it was hers alone"};
  EXPECT_THAT(
      Problems(passage, Found()),
      ElementsAre("claim 1 is not found", "claim 2 is not inside claim 1",
                  "one more claim, \"We won\" by \"the mayor Ann "
                  "Lee\""));
}

}  // namespace
}  // namespace quoth
