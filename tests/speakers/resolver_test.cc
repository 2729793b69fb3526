#include "server/speakers/resolver.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "server/claims/life_check.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

// The speakers of the claims of a marked text (documents.h), by number.
struct Resolved {
  explicit Resolved(std::string_view marked)
      : text(ParseMarked(marked)),
        table(ResolveSpeakers(ReadUtf8(text.text), text.claims)) {}

  int Index(int number) const {
    for (size_t i = 0; i < text.numbers.size(); ++i) {
      if (text.numbers[i] == number) return table.links[i].speaker;
    }
    return -1;
  }
  std::string Name(int number) const {
    const int s = Index(number);
    return s < 0 ? "" : table.speakers[s].name;
  }
  const Speaker& Of(int number) const { return table.speakers[Index(number)]; }

  MarkedText text;
  SpeakerTable table;
};

struct ResolveCase {
  std::string_view marked;
  std::vector<std::string> names;  // Of claims 1, 2, ...; empty: unknown.
};

TEST(ResolveSpeakersTest, ByTable) {
  const std::vector<ResolveCase> cases = {
      // Names to their fullest form, without title.
      {"{1s|Mr. Blinken} said {1c|they were close}. {2s|Antony Blinken} said "
       "{2c|more}.",
       {"Antony Blinken", "Antony Blinken"}},
      // He and she, with two candidates.
      {"{1s|Jane Doe} told John Roe that {1c|it was late}. {2s|She} said "
       "{2c|it was over}. {3s|He} said {3c|it was not}.",
       {"Jane Doe", "Jane Doe", "John Roe"}},
      // Whose neighbour somebody is, she is not herself.
      {"{1s|Jane Doe} said {1c|it was late}. {2s|Her neighbour} said {2c|it "
       "was "
       "not}.",
       {"Jane Doe", "Her neighbour"}},
      // In an interview the one whom its lead names answers; who asks is not
      // told.
      {"Jane Doe spoke to John Roe. Doe is the new head.\n{1s|Q}: {1c|Is it "
       "late?}\n{2s|A}: {2c|John Roe said so.}",
       {"", "Jane Doe"}},
      {"{1s|Q}: {1c|Is it late?}\n{2s|A}: {2c|It is.}", {"", ""}},
      // A pronoun in a quotation is not its speaker.
      {"John Roe came late. {1s|Jim Poe} said: \"{1c|{2s|He} thinks {2c|it is "
       "early}}.\"",
       {"Jim Poe", "John Roe"}},
      // I and we in a quotation are its speaker.
      {"\"{1c|{2s|I} think {2c|it is late}. {3s|We} believe {3c|it is "
       "over}},\" said {1s|Jane Doe}.",
       {"Jane Doe", "Jane Doe", "Jane Doe"}},
      // Neither cue nor source: the claim goes on in the same paragraph and
      // in the next.
      {"\"{1c|It is late},\" {1s|Jane Doe} said. \"{2c|It is over}.\"\n\n"
       "\"{3c|We should go}.\"",
       {"Jane Doe", "Jane Doe", "Jane Doe"}},
      // A colon.
      {"{1s|Jane Doe} said {1c|it was late}.\n\nJohn Roe was blunt: \"{2c|It "
       "is over}.\"",
       {"Jane Doe", "John Roe"}},
      // Roles: a description whose name stands before.
      {"{1s|Iran's foreign ministry spokesman Nasser Kanani} said {1c|no}. "
       "{2s|Jane Doe} said {2c|yes}. {3s|The spokesman} said {3c|perhaps}.",
       {"Nasser Kanani", "Jane Doe", "Nasser Kanani"}},
      // ... or follows.
      {"{1s|A former president of the chess federation} has said {1c|the rules "
       "are bad}.\n\nIn an interview, {2s|Jane Doe} said {2c|nobody reads "
       "them}.",
       {"Jane Doe", "Jane Doe"}},
      // Unnamed sources that recur, and a new one.
      {"{1s|A senior official} said {1c|no}.\n\n{2s|Jane Doe} said {2c|yes}."
       "\n\nIt rained.\n\nIt snowed.\n\n{3s|The official} said {3c|perhaps}. "
       "{4s|Another official} said {4c|never}.",
       {"senior official", "Jane Doe", "senior official", "Another official"}},
      {"{1s|Analysts} said {1c|no}. {2s|Some analysts} said {2c|yes}.",
       {"Analysts", "Some analysts"}},
      // Organisations, by acronym, pronoun and description.
      {"{1s|The International Atomic Energy Agency (IAEA)} said {1c|no}. "
       "{2s|It} said {2c|yes}. {3s|The IAEA} said {3c|perhaps}. {4s|The "
       "agency} said {4c|never}.",
       {"International Atomic Energy Agency",
        "International Atomic Energy Agency",
        "International Atomic Energy Agency",
        "International Atomic Energy Agency"}},
      {"{1s|The Sanders campaign} said {1c|no}. {2s|The campaign} said "
       "{2c|yes}. {3s|The Trump campaign} said {3c|never}.",
       {"Sanders campaign", "Sanders campaign", "Trump campaign"}},
      // Documents and polls.
      {"{1s|A new poll by Zed Research} found {1c|a lead}. {2s|The poll} "
       "showed {2c|a gap}.",
       {"new poll by Zed Research", "new poll by Zed Research"}},
      // Several at once.
      {"{1s|Jane Doe and John Roe} said {1c|no}. {2s|The two} said {2c|yes}.",
       {"Jane Doe and John Roe", "Jane Doe and John Roe"}},
      // Relative pronouns.
      {"There were critics of the deal, {1s|who} said {1c|no}.",
       {"critics of the deal"}},
      {"He met Sen. Jane Doe (R-Wis.), {1s|who} said {1c|no}.", {"Jane Doe"}},
      // A person before an organisation, a group for "they".
      {"Several young voters met Jane Doe. {1s|They} said {1c|no}.",
       {"young voters"}},
      // The writer, where nobody is quoted.
      {"By Jane Doe\n\n{1s|I} believe {1c|it will rain}.", {"Jane Doe"}},
      // Nobody.
      {"{1s|He} said {1c|no}.", {""}},
      {"\"{1c|It is late here}.\"", {""}},
      // A first quotation without source: the next speaker's.
      {"\"{1c|It is late here}.\" So {2s|Jane Doe} said {2c|on Monday}.",
       {"Jane Doe", "Jane Doe"}},
  };
  for (const ResolveCase& c : cases) {
    const Resolved resolved(c.marked);
    for (size_t k = 0; k < c.names.size(); ++k) {
      EXPECT_EQ(resolved.Name(static_cast<int>(k) + 1), c.names[k])
          << "claim " << k + 1 << " of: " << c.marked;
    }
  }
}

TEST(ResolveSpeakersTest, TwoOfficialsAreTwoSpeakers) {
  const Resolved resolved(
      "{1s|An official} said {1c|no}. {2s|An official} said {2c|yes}. "
      "{3s|Officials} said {3c|no}. {4s|Officials} said {4c|yes}.");
  EXPECT_NE(resolved.Index(1), resolved.Index(2));
  EXPECT_EQ(resolved.Index(3), resolved.Index(4));
}

TEST(ResolveSpeakersTest, FillsKinds) {
  const Resolved resolved(
      "{1s|Jane Doe} said {1c|a}. {2s|The Zed Institute} said {2c|b}. {3s|An "
      "aide} said {3c|c}. {4s|A poll} said {4c|d}. {5s|Iran} said {5c|e}.");
  EXPECT_EQ(resolved.Of(1).kind, SpeakerKind::kPerson);
  EXPECT_EQ(resolved.Of(2).kind, SpeakerKind::kOrganization);
  EXPECT_EQ(resolved.Of(3).kind, SpeakerKind::kUnnamed);
  EXPECT_EQ(resolved.Of(4).kind, SpeakerKind::kDocument);
  EXPECT_EQ(resolved.Of(5).kind, SpeakerKind::kOrganization);
}

TEST(ResolveSpeakersTest, FillsDescriptionPronounAndMentions) {
  const Resolved resolved(
      "Iran's foreign ministry spokesman Nasser Kanani came. {1s|He} said "
      "{1c|no}. Kanani left.");
  ASSERT_EQ(resolved.table.speakers.size(), 1u);
  const Speaker& speaker = resolved.table.speakers[0];
  EXPECT_EQ(speaker.name, "Nasser Kanani");
  EXPECT_EQ(speaker.description, "Iran's foreign ministry spokesman");
  EXPECT_EQ(speaker.pronoun, "he");
  const Document doc = ReadUtf8(resolved.text.text);
  std::vector<std::string> mentions;
  for (Span span : speaker.mentions) {
    mentions.emplace_back(doc.text.Slice(span));
  }
  EXPECT_EQ(mentions,
            (std::vector<std::string>{"Nasser Kanani", "He", "Kanani"}));
}

TEST(ResolveSpeakersTest, WhoseARoleIsDoesNotBelongToIt) {
  const Resolved r(
      "{1s|Its chief executive, Jane Doe,} said {1c|it was late}.");
  EXPECT_EQ(r.Of(1).description, "chief executive");
}

TEST(ResolveSpeakersTest, APronounThatIsNotUsedIsNotGiven) {
  const Resolved resolved("{1s|Hillary Doe} said {1c|no}.");
  EXPECT_EQ(resolved.Of(1).pronoun, "");
}

TEST(ResolveSpeakersTest, WhatANameSaysIsNoDescription) {
  const Resolved resolved(
      "{1s|A source close to Jane Doe} said {1c|no}. {2s|The source} said "
      "{2c|yes}. {3s|A former nurse accused} of theft said {3c|no}.");
  EXPECT_EQ(resolved.Of(1).description, "");
  EXPECT_EQ(resolved.Index(1), resolved.Index(2));
  EXPECT_EQ(resolved.Of(3).name, "former nurse");
}

TEST(ResolveSpeakersTest, SurerOfANameThanOfAPronoun) {
  const Resolved resolved(
      "{1s|Jane Doe} met Ann Poe and said {1c|no}. {2s|She} said {2c|yes}.");
  EXPECT_GT(resolved.table.links[0].confidence,
            resolved.table.links[1].confidence);
}

TEST(ResolveSpeakersTest, NothingInNothingOut) {
  const SpeakerTable none = ResolveSpeakers(ReadUtf8("Some text."), {});
  EXPECT_TRUE(none.speakers.empty());
  EXPECT_TRUE(none.links.empty());
  Claim claim;
  claim.content = {{0, 0}};
  const SpeakerTable empty = ResolveSpeakers(ReadUtf8(""), {claim});
  ASSERT_EQ(empty.links.size(), 1u);
  EXPECT_EQ(empty.links[0].speaker, -1);
}

TEST(ResolveSpeakersTest, EndsWhenNobodyWaits) {
  std::string marked;
  for (int i = 1; i <= 100; ++i) {
    const std::string n = std::to_string(i);
    marked += "{" + n + "s|Jane Doe} said {" + n + "c|no}. ";
  }
  const MarkedText text = ParseMarked(marked);
  const Document doc = ReadUtf8(text.text);
  uint32_t asked = 0;
  const auto alive = [&asked]() -> absl::Status {
    return ++asked < 3 ? absl::OkStatus() : absl::CancelledError("gone");
  };
  LifeCheck life(alive);
  ResolveSpeakers(doc, text.claims, {.life = &life});
  EXPECT_EQ(life.status(), absl::CancelledError("gone"));
  EXPECT_EQ(asked, 3u);
}

}  // namespace
}  // namespace quoth
