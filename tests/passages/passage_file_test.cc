#include "tests/passages/passage_file.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;

constexpr char kTwo[] =
    "# A comment.\n"
    "== one\n"
    "fails: some reason\n"
    "scope: all\n"
    "> “We,” said Ann, “won.”\n"
    ">\n"
    "> Bob denies it.\n"
    "claim: We | won\n"
    "  cue: said\n"
    "  source: Ann\n"
    "  speaker: Ann\n"
    "  is: DIRECT STATEMENT ACTUAL PERSON\n"
    "claim: it\n"
    "  cue: denies\n"
    "  addressee: -\n"
    "  is: OTHER\n"
    "  inside: 1\n"
    "\n"
    "== two\n"
    "> Nothing.\n"
    "none\n";

TEST(PassageFileTest, ReadsEveryField) {
  const auto passages = ParsePassages(kTwo);
  ASSERT_TRUE(passages.ok()) << passages.status();
  ASSERT_EQ(passages->size(), 2);
  const Passage& one = (*passages)[0];
  EXPECT_EQ(one.name, "one");
  EXPECT_EQ(one.text, "“We,” said Ann, “won.”\n\nBob denies it.");
  EXPECT_TRUE(one.all_attributions);
  EXPECT_EQ(one.fails, "some reason");
  ASSERT_EQ(one.claims.size(), 2);
  EXPECT_EQ(one.claims[0].content, "We won");
  EXPECT_EQ(one.claims[0].cue, "said");
  EXPECT_EQ(one.claims[0].source, "Ann");
  EXPECT_EQ(one.claims[0].speaker, "Ann");
  EXPECT_EQ(one.claims[0].type, ClaimType::kDirect);
  EXPECT_EQ(one.claims[0].act, Act::kStatement);
  EXPECT_EQ(one.claims[0].realis, Realis::kActual);
  EXPECT_EQ(one.claims[0].kind, SpeakerKind::kPerson);
  EXPECT_FALSE(one.claims[0].addressee.has_value());
  EXPECT_FALSE(one.claims[0].inside.has_value());
  EXPECT_EQ(one.claims[1].addressee, "");
  EXPECT_EQ(one.claims[1].act, Act::kOther);
  EXPECT_EQ(one.claims[1].inside, 0);
  EXPECT_FALSE((*passages)[1].all_attributions);
  EXPECT_TRUE((*passages)[1].claims.empty());
}

TEST(PassageFileTest, SlipsAreErrorsThatNameTheLine) {
  const struct {
    const char* file;
    const char* error;
  } cases[] = {
      {"> x\n", "line 1: no passage"},
      {"== a\nnone\n", "without text"},
      {"== a\n> x\n", "either claims or none"},
      {"== a\n> x\nclaim: x\nnone\n", "either claims or none"},
      {"== a\n> x\nnone\n== a\n> x\nnone\n", "line 4: a second"},
      {"== a\n> x\nclaim: y\n", "line 3: words"},
      {"== a\n> x\nclaim: x\n  cue: y\n", "line 4: words"},
      {"== a\n> x\nclaim: x\n  hue: x\n", "line 4: no such"},
      {"== a\n> x\nclaim: x\n  is: LOUD\n", "line 4: no such"},
      {"== a\n> x\nclaim: x\n  inside: 1\n", "no other claim"},
      {"== a\n> x\nclaim: x\n  inside: 3\n", "no other claim"},
      {"== a\n> x\n  cue: x\n", "line 3: a field"},
      {"== a\n> x\nclaims: x\n", "line 3: neither"},
  };
  for (const auto& c : cases) {
    const auto passages = ParsePassages(c.file);
    ASSERT_FALSE(passages.ok()) << c.file;
    EXPECT_THAT(std::string(passages.status().message()), HasSubstr(c.error));
  }
}

TEST(PassageFileTest, MarksAreRenewedAndNothingElseChanges) {
  const std::string without = WithMarks(kTwo, {});
  EXPECT_EQ(without.find("fails:"), std::string::npos);
  const std::string again = WithMarks(without, {{"one", "some reason"}});
  EXPECT_EQ(again, kTwo);
  const auto passages = ParsePassages(WithMarks(kTwo, {{"two", "other"}}));
  ASSERT_TRUE(passages.ok());
  EXPECT_EQ((*passages)[0].fails, "");
  EXPECT_EQ((*passages)[1].fails, "other");
}

}  // namespace
}  // namespace quoth
