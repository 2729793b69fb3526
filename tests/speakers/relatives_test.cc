#include "server/speakers/relatives.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct RelativeCase {
  std::string_view text;  // Its last "who" or "which" is looked at.
  std::string antecedent;
};

TEST(FindAntecedentTest, ByTable) {
  const std::vector<RelativeCase> cases = {
      {"We met critics who said so.", "critics"},
      {"We met Sen. Jane Doe, who said so.", "Sen. Jane Doe"},
      {"We met Sen. Jane Doe (R-Wis.), who said so.", "Sen. Jane Doe"},
      {"We met Gov. Jane Doe of Ohio, who said so.", "Gov. Jane Doe of Ohio"},
      // An apposition says who it is.
      {"We met Jane Doe, a former aide who said so.", "Jane Doe"},
      {"We met Jane Doe (R-Wis.), an early backer, who said so.", "Jane Doe"},
      {"We met Jane Doe, the president of the Foundation for Middle East "
       "Peace, who said so.",
       "Jane Doe"},
      // Not those whom it is an example of.
      {"We met rivals such as Jane Doe, who said so.", "Jane Doe"},
      {"We met candidates like Mr. Doe, who said so.", "Mr. Doe"},
      {"We met Sen. Jane Doe, Republican of Ohio, who said so.",
       "Sen. Jane Doe"},
      // Of two joined, the second has the antecedent of the first.
      {"We met Jane Doe, whom John Roe knows and who said so.", "Jane Doe"},
      {"We met a woman who knows John Roe, and who said so.", "a woman"},
      // An age or a day says nothing of who it is.
      {"We met Jane Roe, 24, who said so.", "Jane Roe"},
      {"We met critics on Saturday, who said so.", "critics"},
      // The whole phrase, or its last part.
      {"We met people familiar with the talks who said so.",
       "people familiar with the talks"},
      {"It failed in talks with the senator who said so.", "the senator"},
      {"We met those surveyed who said so.", "those surveyed"},
      // Not beyond a verb.
      {"It allowed Republicans who said so to win.", "Republicans"},
      // Nothing in front.
      {"Who said so?", ""},
  };
  for (const RelativeCase& c : cases) {
    const Document doc = ReadUtf8(c.text);
    const TokenList tokens(doc);
    uint32_t word = tokens.size();
    while (word > 0 && tokens[word - 1].folded != "who") --word;
    ASSERT_GT(word, 0u) << c.text;
    const Antecedents found =
        FindAntecedent(tokens, FindNames(tokens), word - 1);
    EXPECT_EQ(TextOf(tokens, found.begin, found.end), c.antecedent) << c.text;
  }
}

}  // namespace
}  // namespace quoth
