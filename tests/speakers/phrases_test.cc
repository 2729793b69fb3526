#include "server/speakers/phrases.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

// A sentence with its source between < and >, and what is to come out.
struct PhraseCase {
  std::string_view sentence;
  PhraseForm form;
  std::string names;        // Joined by "; ".
  std::string description;  // As it stands.
  std::string head;         // Folded; empty: not looked at.
};

TEST(ParsePhraseTest, ByTable) {
  const std::vector<PhraseCase> cases = {
      // Names, with roles before and after.
      {"It is over, <Antony Blinken> said.", PhraseForm::kName,
       "Antony Blinken", "", ""},
      {"It is over, said <foreign ministry spokesman Nasser Kanani>.",
       PhraseForm::kName, "Nasser Kanani", "foreign ministry spokesman",
       "spokesman"},
      {"It is over, said <Jane Doe, a senior analyst at Zed,> on Monday.",
       PhraseForm::kName, "Jane Doe", "senior analyst at Zed", "analyst"},
      {"It is over, said <the ministry's spokesman, Nasser Kanani>.",
       PhraseForm::kName, "Nasser Kanani", "ministry's spokesman", "spokesman"},
      {"It is over, said <Labour's Paul Flynn>.", PhraseForm::kName,
       "Paul Flynn", "", ""},
      {"It is over, said <a lawyer named Jane Doe>.", PhraseForm::kName,
       "Jane Doe", "lawyer named Jane Doe", "lawyer"},
      {"It is over, said <his wife, Jane>.", PhraseForm::kName, "Jane",
       "his wife", "wife"},
      {"It is over, said <the State Department>.", PhraseForm::kName,
       "State Department", "", ""},
      // A name at the end of a role that ends in a name.
      {"It is over, said <the ambassador to the United States Mary Roe>.",
       PhraseForm::kName, "Mary Roe",
       "ambassador to the United States Mary Roe", "ambassador"},
      {"It is over, said <BBC Two controller Roly Keating>.", PhraseForm::kName,
       "Roly Keating", "", ""},
      // A name with its chair is one person.
      {"It is over, said <William Gale, the Frances Miller Chair in Policy>.",
       PhraseForm::kName, "William Gale", "Frances Miller Chair in Policy", ""},
      {"It is over, said <Member of Parliament (MP) Jane Roe>.",
       PhraseForm::kName, "Jane Roe", "Member of Parliament", "member"},
      {"It is over, said <the co-author of the study Jane Roe>.",
       PhraseForm::kName, "Jane Roe", "co-author of the study Jane Roe",
       "author"},
      {"It is over, said <House of Representatives Speaker Jane Roe>.",
       PhraseForm::kName, "Jane Roe", "Representatives Speaker", "speaker"},
      {"It is over, said <book publishing giant Zedmund>.", PhraseForm::kName,
       "Zedmund", "", ""},
      {"It is over, said <an Australian, Jane Roe>.", PhraseForm::kName,
       "Jane Roe", "Australian", "australian"},
      {"It is over, <WHO> said.", PhraseForm::kName, "WHO", "", ""},
      // Players.
      {"It is over, said <the Wales international>.", PhraseForm::kDescription,
       "", "Wales international", "international"},
      // Several names.
      {"It is over, said <Jane Doe and Ann Poe>.", PhraseForm::kName,
       "Jane Doe; Ann Poe", "", ""},
      {"It is over, said <Jane Doe, Ann Poe and Sue Roe>.", PhraseForm::kName,
       "Jane Doe; Ann Poe; Sue Roe", "", ""},
      {"It is over, said <neither Jane Doe nor Ann Poe>.", PhraseForm::kName,
       "Jane Doe; Ann Poe", "", ""},
      {"It is over, said <two analysts, Jane Doe and Ann Poe>.",
       PhraseForm::kName, "Jane Doe; Ann Poe", "two analysts", "analysts"},
      // A name that only describes.
      {"It is over, said <a spokesman for Mr Blair>.", PhraseForm::kDescription,
       "", "spokesman for Mr Blair", "spokesman"},
      {"It is over, said <the Clinton campaign>.", PhraseForm::kDescription, "",
       "Clinton campaign", "campaign"},
      {"It is over, said <Trump's supporters>.", PhraseForm::kDescription, "",
       "Trump's supporters", "supporters"},
      {"It is over, said <a CNN/ORC poll>.", PhraseForm::kDescription, "",
       "CNN/ORC poll", "poll"},
      {"It is over, said <the \"Zedmund\" star>.", PhraseForm::kDescription, "",
       "\"Zedmund\" star", "star"},
      {"It is over, said <a Zedmund.com video>.", PhraseForm::kDescription, "",
       "Zedmund.com video", "video"},
      {"It is over, said <the FOIA reply>.", PhraseForm::kDescription, "",
       "FOIA reply", "reply"},
      {"It is over, said <the Doe and Roe campaigns>.",
       PhraseForm::kDescription, "", "Doe and Roe campaigns", "campaigns"},
      {"It is over, said <the South Carolina Republican>.",
       PhraseForm::kDescription, "", "South Carolina Republican", "republican"},
      {"It is over, said <a critic of Jane Roe>.", PhraseForm::kDescription, "",
       "critic of Jane Roe", "critic"},
      {"It is over, said <researchers at IBM in Bangalore>.",
       PhraseForm::kDescription, "", "researchers at IBM in Bangalore",
       "researchers"},
      // What follows a comma is left out, unless a list goes on.
      {"It is over, said <an aide, who asked for anonymity>.",
       PhraseForm::kDescription, "", "aide", "aide"},
      {"It is over, said <gays, lesbians and other people>.",
       PhraseForm::kDescription, "", "gays, lesbians and other people", ""},
      {"It is over, said <87% of the 1,000 adults asked>.",
       PhraseForm::kDescription, "", "87% of the 1,000 adults asked", "%"},
      {"It is over, said <people familiar with the talks>.",
       PhraseForm::kDescription, "", "people familiar with the talks",
       "people"},
      {"It is over, said <the former secretary of state>.",
       PhraseForm::kDescription, "", "former secretary of state", "secretary"},
      {"It is over, said <the front-runner>.", PhraseForm::kDescription, "",
       "front-runner", "runner"},
      // Pronouns.
      {"It is over, <he> said.", PhraseForm::kPronoun, "", "", ""},
      {"It is over, <they all> said.", PhraseForm::kPronoun, "", "", ""},
      {"It is over, <he and Jane Doe> said.", PhraseForm::kPronoun, "Jane Doe",
       "", ""},
      {"There was a man <who> said so.", PhraseForm::kRelative, "", "", ""},
      {"<His campaign> said so.", PhraseForm::kDescription, "", "His campaign",
       "campaign"},
      // A name behind a comma, or at the end, says who it is.
      {"It is over, said <early retiree and self-made millionaire Jane Roe>.",
       PhraseForm::kName, "Jane Roe",
       "early retiree and self-made millionaire Jane Roe", ""},
      {"It is over, said <the Alpes sub-prefect, Jane Roe>.", PhraseForm::kName,
       "Jane Roe", "Alpes sub-prefect", ""},
      {"It is over, said <another author, civil and environmental "
       "engineering professor Jane Roe>.",
       PhraseForm::kName, "Jane Roe",
       "another author, civil and environmental engineering professor Jane "
       "Roe",
       "author"},
      {"It is over, said <one of these groups, the Zed Democratic Forces "
       "(ZDF)>.",
       PhraseForm::kName, "Zed Democratic Forces", "one of these groups", ""},
      {"It is over, said <aides to Gov. Jane Roe of Ohio, a former judge, and "
       "Gov. John Doe of Iowa>.",
       PhraseForm::kDescription, "", "aides to Gov. Jane Roe of Ohio", ""},
      {"It is over, said <Zed Corp, which makes Foo Towels, and Roe Corp>.",
       PhraseForm::kName, "Zed Corp; Roe Corp", "", ""},
      {"It is over, said <Zed Corp, which makes Foo Towels>.",
       PhraseForm::kName, "Zed Corp", "", ""},
      // "Own" adds nothing.
      {"He spoke of <his own> crime.", PhraseForm::kPronoun, "", "", ""},
      // Nothing but marks.
      {"It is over<, \">said.", PhraseForm::kEmpty, "", "", ""},
  };
  for (const PhraseCase& c : cases) {
    std::string text(c.sentence);
    const uint32_t begin = static_cast<uint32_t>(text.find('<'));
    text.erase(begin, 1);
    const uint32_t end = static_cast<uint32_t>(text.find('>'));
    text.erase(end, 1);
    const Document doc = ReadUtf8(text);
    const TokenList tokens(doc);
    const std::vector<NameMention> names = FindNames(tokens);
    const SourcePhrase phrase = ParsePhrase(tokens, names, {begin, end});
    EXPECT_EQ(phrase.form, c.form) << c.sentence;
    std::string found;
    for (const NameMention& m : phrase.names) {
      if (!found.empty()) found += "; ";
      found += TextOf(tokens, m.begin, m.end);
    }
    EXPECT_EQ(found, c.names) << c.sentence;
    EXPECT_EQ(TextOf(tokens, phrase.description_begin, phrase.description_end),
              c.description)
        << c.sentence;
    if (!c.head.empty()) {
      EXPECT_EQ(tokens[phrase.head].folded, c.head) << c.sentence;
    }
  }
}

TEST(ParsePhraseTest, OthersAreKept) {
  const Document doc = ReadUtf8("Mr Xi and other leaders met.");
  const TokenList tokens(doc);
  const SourcePhrase phrase = ParsePhrase(tokens, FindNames(tokens), {0, 23});
  ASSERT_EQ(phrase.form, PhraseForm::kName);
  EXPECT_EQ(TextOf(tokens, phrase.others_begin, phrase.others_end),
            "other leaders");
}

TEST(ParsePhraseTest, ANameIsClippedToTheSource) {
  const Document doc = ReadUtf8("We saw Jane Doe there.");
  const TokenList tokens(doc);
  const SourcePhrase phrase = ParsePhrase(tokens, FindNames(tokens), {12, 15});
  ASSERT_EQ(phrase.names.size(), 1u);
  EXPECT_EQ(TextOf(tokens, phrase.names[0].begin, phrase.names[0].end), "Doe");
}

TEST(ParsePhraseTest, SaysWhetherItIsKnown) {
  const Document doc = ReadUtf8("the aide met an aide and aides");
  const TokenList tokens(doc);
  EXPECT_TRUE(ParsePhrase(tokens, {}, {0, 8}).definite);
  EXPECT_TRUE(ParsePhrase(tokens, {}, {13, 20}).indefinite);
  EXPECT_TRUE(ParsePhrase(tokens, {}, {25, 30}).bare);
}

}  // namespace
}  // namespace quoth
