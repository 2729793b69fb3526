#include "server/speakers/names.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The parts of "antony j blinken". The views are of `name`.
NameParts Parts(std::string_view name) {
  NameParts parts;
  while (!name.empty()) {
    const size_t blank = name.find(' ');
    parts.push_back(name.substr(0, blank));
    name = blank == std::string_view::npos ? "" : name.substr(blank + 1);
  }
  return parts;
}

TEST(ParsePersonNameTest, TakesANameApart) {
  const PersonName name = ParsePersonName(Parts("antony j blinken"));
  EXPECT_THAT(name.given, ElementsAre("antony", "j"));
  EXPECT_THAT(name.particles, IsEmpty());
  EXPECT_EQ(name.surname, "blinken");
  EXPECT_EQ(name.suffix, "");
}

TEST(ParsePersonNameTest, KeepsSuffixAndParticlesApart) {
  const PersonName king = ParsePersonName(Parts("martin luther king jr"));
  EXPECT_THAT(king.given, ElementsAre("martin", "luther"));
  EXPECT_EQ(king.surname, "king");
  EXPECT_EQ(king.suffix, "jr");
  const PersonName leyen = ParsePersonName(Parts("ursula von der leyen"));
  EXPECT_THAT(leyen.given, ElementsAre("ursula"));
  EXPECT_THAT(leyen.particles, ElementsAre("von", "der"));
  EXPECT_EQ(leyen.surname, "leyen");
}

TEST(ParsePersonNameTest, ASingleWordIsTheSurname) {
  const PersonName name = ParsePersonName(Parts("blinken"));
  EXPECT_THAT(name.given, IsEmpty());
  EXPECT_EQ(name.surname, "blinken");
  // Even one that is a suffix elsewhere.
  EXPECT_EQ(ParsePersonName(Parts("jr")).surname, "jr");
}

struct PairCase {
  std::string_view a;
  std::string_view b;
  bool same;
};

TEST(CanBeSamePersonTest, ByTable) {
  const std::vector<PairCase> cases = {
      // Spelling variants and transliterations.
      {"antony blinken", "anthony blinken", true},
      {"mansour haqiqatpoor", "haqiqatpour", true},
      {"mohammad dadkan", "mohammed dadkan", true},
      {"geoffrey hill", "jeffrey hill", true},
      {"gordon brown", "gordon braun", false},
      {"brown", "braun", false},
      {"elise labott", "labbot", true},
      // Surname alone, given name alone.
      {"antony blinken", "blinken", true},
      {"antony blinken", "antony", true},
      {"antony blinken", "lavrov", false},
      // Shared surnames.
      {"bill clinton", "hillary clinton", false},
      {"bill clinton", "william jefferson clinton", true},
      {"hillary rodham clinton", "hillary clinton", true},
      {"jane roe", "john roe", false},
      // Initials.
      {"j roe", "jane roe", true},
      {"jane m roe", "jane roe", true},
      {"george w bush", "george h bush", false},
      {"george w bush", "george bush", true},
      {"j.d. vance", "james vance", true},
      {"w mitt romney", "mitt romney", true},
      // Suffixes.
      {"john roe jr", "john roe", true},
      {"john roe jr", "john roe sr", false},
      {"john roe ii", "john roe iii", false},
      // Particles, hyphens, surnames of two words.
      {"hossein amir-abdollahian", "abdollahian", true},
      {"chris van hollen", "hollen", true},
      {"abdel fattah al-sisi", "sisi", true},
      {"mostafa hashemi taba", "hashemi taba", true},
      {"mostafa hashemi taba", "hashemi", true},
      {"mary smith-jones", "peter brown-jones", false},
      // Short forms.
      {"ted kennedy", "edward kennedy", true},
      {"liz cheney", "elizabeth cheney", true},
      {"chris smith", "christopher smith", true},
      {"ed smith", "edith smith", false},
  };
  for (const PairCase& c : cases) {
    const PersonName a = ParsePersonName(Parts(c.a));
    const PersonName b = ParsePersonName(Parts(c.b));
    EXPECT_EQ(CanBeSamePerson(a, b), c.same) << c.a << " / " << c.b;
    EXPECT_EQ(CanBeSamePerson(b, a), c.same) << c.b << " / " << c.a;
  }
}

TEST(IsMisspellingTest, ByTable) {
  const std::vector<PairCase> cases = {
      {"saree", "sarea", true},      {"mauer", "maurer", true},
      {"roe", "ro", false},          {"brown", "bron", false},
      {"brown", "crown", false},     {"zedmund", "zedmond", true},
      {"zedmund", "zadmond", false},
  };
  for (const PairCase& c : cases) {
    EXPECT_EQ(IsMisspelling(c.a, c.b), c.same) << c.a << " / " << c.b;
    EXPECT_EQ(IsMisspelling(c.b, c.a), c.same) << c.b << " / " << c.a;
  }
}

TEST(SurnameKeyTest, NamesThatAgreeShareAKey) {
  const std::vector<std::pair<std::string_view, std::string_view>> pairs = {
      {"haqiqatpoor", "haqiqatpour"},
      {"amir-abdollahian", "abdollahian"},
      {"al-sisi", "sisi"},
      {"gaddafi", "gadafi"},
  };
  for (const auto& [a, b] : pairs) EXPECT_EQ(SurnameKey(a), SurnameKey(b)) << a;
  EXPECT_NE(SurnameKey("blinken"), SurnameKey("lavrov"));
}

TEST(SurnameKeyTest, IsShortWhateverTheWord) {
  EXPECT_LE(SurnameKey(std::string(100000, 'x')).size(), 16u);
  std::string consonants;
  for (int i = 0; i < 1000; ++i) consonants += "bd";
  EXPECT_LE(SurnameKey(consonants).size(), 16u);
}

TEST(IsSpellingVariantTest, IsReflexiveAndSymmetric) {
  const std::vector<std::string> words = {
      "a",  "",         "blinken", "antony", "anthony", std::string(5000, 'q'),
      "xi", "mohammad", "muhammad"};
  for (const std::string& a : words) {
    EXPECT_TRUE(IsSpellingVariant(a, a)) << a;
    for (const std::string& b : words) {
      EXPECT_EQ(IsSpellingVariant(a, b), IsSpellingVariant(b, a))
          << a << " / " << b;
    }
  }
}

}  // namespace
}  // namespace quoth
