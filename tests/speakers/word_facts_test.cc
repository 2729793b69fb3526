#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "server/speakers/words.h"

namespace quoth {
namespace {

constexpr uint32_t kNouns =
    kPersonNoun | kPeopleNoun | kOrganizationNoun | kDocumentNoun;

TEST(LookUpTest, KnowsClassesAndGenders) {
  EXPECT_TRUE(LookUp("spokesman").Has(kPersonNoun));
  EXPECT_EQ(LookUp("spokesman").gender, Gender::kMale);
  EXPECT_EQ(LookUp("spokeswomen").gender, Gender::kFemale);
  EXPECT_TRUE(LookUp("spokeswomen").Has(kPeopleNoun));
  EXPECT_TRUE(LookUp("ministries").Has(kOrganizationNoun));
  EXPECT_TRUE(LookUp("ministries").Has(kPluralNoun));
  EXPECT_TRUE(LookUp("mr").Has(kHonorific));
  EXPECT_EQ(LookUp("mrs").gender, Gender::kFemale);
  EXPECT_TRUE(LookUp("the").Has(kDeterminer));
  EXPECT_TRUE(LookUp("iran").Has(kPlace));
  EXPECT_EQ(LookUp("blinken").classes, 0u);
  EXPECT_EQ(LookUp("").classes, 0u);
}

TEST(LookUpTest, ANameOfBothGendersHasNone) {
  EXPECT_TRUE(LookUp("taylor").Has(kGivenName));
  EXPECT_EQ(LookUp("taylor").gender, Gender::kUnknown);
  EXPECT_EQ(LookUp("hillary").gender, Gender::kFemale);
  EXPECT_EQ(LookUp("donald").gender, Gender::kMale);
}

struct NounCase {
  std::string_view noun;
  uint32_t kind;
  bool plural;
};

TEST(ClassifyNounTest, ByTable) {
  const std::vector<NounCase> cases = {
      {"official", kPersonNoun, false},
      {"officials", kPeopleNoun, true},
      {"climatologists", kPeopleNoun, true},
      {"glaciologist", kPersonNoun, false},
      {"stuntwoman", kPersonNoun, false},
      {"beekeeper", kPersonNoun, false},
      {"super-delegate", kPersonNoun, false},
      {"fact-checkers", kPeopleNoun, true},
      {"47-year-old", kPersonNoun, false},
      {"agency", kOrganizationNoun, false},
      {"agencies", kOrganizationNoun, true},
      {"poll", kDocumentNoun, false},
      {"polls", kDocumentNoun, true},
      {"thermodynamics", kDocumentNoun, false},
      {"percent", kPeopleNoun, true},
      {"majority", kPeopleNoun, true},
  };
  for (const NounCase& c : cases) {
    const WordFacts facts = ClassifyNoun(c.noun);
    EXPECT_EQ(facts.classes & kNouns, c.kind) << c.noun;
    EXPECT_EQ(facts.Has(kPluralNoun), c.plural) << c.noun;
  }
}

TEST(ClassifyNounTest, EveryWordHasExactlyOneKind) {
  for (std::string_view word :
       {"", "s", "-", "a-", "x", "ss", "qwertyuiop", "president", "the", "iran",
        "reuters", "blinken", "\xc3\xa9tudes", "two-thirds"}) {
    const uint32_t kinds = ClassifyNoun(word).classes & kNouns;
    EXPECT_TRUE(kinds != 0 && (kinds & (kinds - 1)) == 0) << word;
  }
}

TEST(FoldWordTest, DropsCaseAccentsAndTypography) {
  EXPECT_EQ(FoldWord("Blinken"), "blinken");
  EXPECT_EQ(FoldWord("Jos\u00e9"), "jose");
  EXPECT_EQ(FoldWord("D\u2019Souza"), "d'souza");
  EXPECT_EQ(FoldWord("\u0130stanbul"), "istanbul");
  EXPECT_EQ(FoldWord("D\xC2\x92Souza"), "d'souza");
  EXPECT_EQ(FoldWord("Blin\u00adk\u200be\ufffdn"), "blinken");
  EXPECT_EQ(FoldWord(""), "");
}

struct PronounCase {
  std::string_view word;
  PronounKind kind;
};

TEST(PronounOfTest, ByTable) {
  const std::vector<PronounCase> cases = {
      {"he", PronounKind::kHe},        {"his", PronounKind::kHe},
      {"she", PronounKind::kShe},      {"herself", PronounKind::kShe},
      {"their", PronounKind::kThey},   {"it", PronounKind::kIt},
      {"i've", PronounKind::kI},       {"we're", PronounKind::kWe},
      {"you", PronounKind::kYou},      {"these", PronounKind::kOther},
      {"blinken", PronounKind::kNone}, {"", PronounKind::kNone},
      {"'", PronounKind::kNone},
  };
  for (const PronounCase& c : cases) {
    EXPECT_EQ(PronounOf(c.word), c.kind) << c.word;
  }
}

TEST(IsRelativeTest, AlsoContracted) {
  EXPECT_TRUE(IsRelative("who"));
  EXPECT_TRUE(IsRelative("who've"));
  EXPECT_TRUE(IsRelative("which"));
  EXPECT_FALSE(IsRelative("what"));
  EXPECT_FALSE(IsRelative(""));
}

}  // namespace
}  // namespace quoth
