// The invariants of speaker.h over random claims in random texts, and what
// hostile texts may cost.

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/speakers/resolver.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

// Words that reach every rule, in any order.
const char* const kWords[] = {
    "Jane",
    "Doe",
    "John",
    "Roe",
    "Mr.",
    "Mrs.",
    "Sen.",
    "the",
    "The",
    "a",
    "another",
    "spokesman",
    "officials",
    "said",
    "he",
    "she",
    "They",
    "I",
    "we",
    "who",
    "which",
    "it",
    "Institute",
    "of",
    "and",
    ",",
    ".",
    ":",
    "\"",
    "(",
    ")",
    "-",
    "IAEA",
    "poll",
    "campaign",
    "his",
    "former",
    "state",
    "U.S.",
    "\n\n",
    "Iran's",
    "'",
    "\u201c",
    "\u201d",
    "\u2019",
    "\u2014",
    "47",
    "%",
    "two",
    "both",
    "Jr.",
    "von",
    "secretary",
    "A:",
    "By",
    "is",
    "some",
    "named",
    "New",
    "/",
    "\u00c9tienne",
    "\u4e2d\u6587",
    "1,000",
    "CEO",
    "Will",
    "?",
};

std::string RandomText(std::mt19937& random, int words) {
  std::string text;
  for (int i = 0; i < words; ++i) {
    text += kWords[random() % std::size(kWords)];
    if (random() % 8 != 0) text += ' ';
  }
  return text;
}

std::vector<Claim> RandomClaims(std::mt19937& random, uint32_t size) {
  std::vector<Claim> claims;
  if (size < 2) return claims;
  const int n = static_cast<int>(random() % 12);
  for (int i = 0; i < n; ++i) {
    const auto span = [&random, size] {
      const uint32_t begin = random() % (size - 1);
      const uint32_t most = std::min<uint32_t>(size - begin, 40);
      return Span{begin, begin + 1 + static_cast<uint32_t>(random() % most)};
    };
    Claim claim;
    claim.content = {span()};
    const Span second = span();
    if (second.begin >= claim.content[0].end) claim.content.push_back(second);
    if (random() % 4 != 0) claim.source = span();
    if (random() % 4 != 0) claim.cue = span();
    claims.push_back(claim);
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) {
                     return a.content[0] < b.content[0];
                   });
  return claims;
}

void CheckTable(const Document& doc, const std::vector<Claim>& claims,
                const SpeakerTable& table) {
  ASSERT_EQ(table.links.size(), claims.size());
  std::vector<bool> linked(table.speakers.size(), false);
  for (const SpeakerLink& link : table.links) {
    ASSERT_LT(link.speaker, static_cast<int>(table.speakers.size()));
    ASSERT_GE(link.speaker, -1);
    EXPECT_TRUE(std::isfinite(link.confidence));
    EXPECT_GE(link.confidence, 0);
    EXPECT_LE(link.confidence, 1);
    if (link.speaker < 0) {
      EXPECT_EQ(link.confidence, 0);
    } else {
      linked[link.speaker] = true;
    }
  }
  Span last_first;
  for (size_t s = 0; s < table.speakers.size(); ++s) {
    const Speaker& speaker = table.speakers[s];
    EXPECT_TRUE(linked[s]) << "speaker " << s << " says nothing";
    EXPECT_FALSE(speaker.name.empty());
    EXPECT_FALSE(FindInvalidUtf8(speaker.name).has_value());
    EXPECT_FALSE(FindInvalidUtf8(speaker.description).has_value());
    EXPECT_TRUE(speaker.pronoun.empty() || speaker.pronoun == "he" ||
                speaker.pronoun == "she" || speaker.pronoun == "they" ||
                speaker.pronoun == "it")
        << speaker.pronoun;
    ASSERT_FALSE(speaker.mentions.empty());
    uint32_t end = 0;
    for (Span span : speaker.mentions) {
      EXPECT_FALSE(span.empty());
      EXPECT_GE(span.begin, end);
      EXPECT_LE(span.end, doc.text.size());
      end = span.end;
    }
    EXPECT_FALSE(speaker.mentions[0] < last_first);
    last_first = speaker.mentions[0];
  }
}

TEST(SpeakerPropertyTest, RandomClaimsInRandomTexts) {
  std::mt19937 random(20240601);
  for (int round = 0; round < 1500; ++round) {
    const Document doc =
        ReadUtf8(RandomText(random, 1 + static_cast<int>(random() % 120)));
    const std::vector<Claim> claims = RandomClaims(random, doc.text.size());
    const SpeakerTable table = ResolveSpeakers(doc, claims);
    ASSERT_NO_FATAL_FAILURE(CheckTable(doc, claims, table));
    // The same in, the same out.
    const SpeakerTable again = ResolveSpeakers(doc, claims);
    ASSERT_EQ(again.speakers.size(), table.speakers.size());
    for (size_t s = 0; s < table.speakers.size(); ++s) {
      EXPECT_EQ(again.speakers[s].name, table.speakers[s].name);
    }
  }
}

TEST(SpeakerPropertyTest, SpansBehindTheTextAreNobody) {
  const Document doc = ReadUtf8("Jane Doe said no.");
  Claim claim;
  claim.content = {{5000, 5010}};
  claim.source = Span{4000, 4005};
  claim.cue = Span{3000, 3001};
  const SpeakerTable table = ResolveSpeakers(doc, {claim});
  CheckTable(doc, {claim}, table);
  EXPECT_EQ(table.links[0].speaker, -1);
}

// Texts that would be slow if some step compared everything with everything: a
// quadratic step would run into the test's time limit.
TEST(SpeakerPropertyTest, HostileTextsEnd) {
#ifdef QUOTH_SANITIZED
  constexpr int kTimes = 10000;  // Each takes ten times as long.
#else
  constexpr int kTimes = 100000;
#endif
  std::vector<std::string> texts(9);
  for (int i = 0; i < kTimes; ++i) {
    const std::string n = std::to_string(i);
    std::string letters;
    for (int k = i; k > 0; k /= 26) letters += static_cast<char>('a' + k % 26);
    texts[0] += "Z" + letters + " ";          // Capitals without end.
    texts[1] += "Jane Doe, ";                 // One name.
    texts[2] += "J" + letters + " Doe. ";     // One surname, many people.
    texts[3] += "\"He said ";                 // Marks and pronouns.
    texts[4] += "the official ";              // Descriptions.
    texts[6] += "who and ";                   // Clauses without end.
    texts[7] += "A nun came. She said it. ";  // Somebody new each time.
    texts[8] += "the Court of A and B (Z) ";  // Names that might be longer.
    texts[5] += "(IAEA) and Mr. of the - ";   // Bits of names.
  }
  for (const std::string& text : texts) {
    const Document doc = ReadUtf8(text);
    std::vector<Claim> claims;
    for (uint32_t at = 0; at + 20 < doc.text.size(); at += 40) {
      Claim claim;
      claim.source = Span{at, at + 9};
      claim.content = {{at + 10, at + 20}};
      claims.push_back(claim);
    }
    CheckTable(doc, claims, ResolveSpeakers(doc, claims));
  }
}

// A claim of every "X said so" in a text, X from the beginning of its sentence.
std::vector<Claim> ClaimsOf(const std::string& text) {
  std::vector<Claim> claims;
  for (size_t at = 0;
       (at = text.find(" said so", at + 1)) != std::string::npos;) {
    const auto said = static_cast<uint32_t>(at);
    Claim claim;
    claim.source = Span{static_cast<uint32_t>(text.rfind(". ", at) + 2), said};
    claim.cue = Span{said + 1, said + 5};
    claim.content = {{said + 6, said + 8}};
    claims.push_back(claim);
  }
  return claims;
}

// Those who speak together are named by their names, however often they are
// joined to one more, and whatever a "word" is.
TEST(SpeakerPropertyTest, NamesAreBounded) {
  constexpr int kClaims = 300;
  std::string again = "Jane Doe and Bob Roe met. ", others = again;
  std::string owned = "John Z" + std::string(5000, 'a') + " came. ";
  std::string joined = owned;
  for (int i = 0; i < kClaims; ++i) {
    const std::string letters = {static_cast<char>('a' + i / 26),
                                 static_cast<char>('a' + i % 26)};
    again += "They and Mr Reed said so. ";
    others += "They and Mr R" + letters + " said so. ";
    owned += "His b" + letters + "y campaign said so. ";
    joined += "He and Mr R" + letters + " said so. ";
  }
  for (const std::string& text : {again, others, owned, joined}) {
    const Document doc = ReadUtf8(text);
    const std::vector<Claim> claims = ClaimsOf(text);
    ASSERT_EQ(claims.size(), kClaims);
    const SpeakerTable table = ResolveSpeakers(doc, claims);
    CheckTable(doc, claims, table);
    ASSERT_FALSE(table.speakers.empty());
    size_t bytes = 0;
    for (const Speaker& speaker : table.speakers) bytes += speaker.name.size();
    EXPECT_LE(bytes, kClaims * 550) << text.substr(0, 40);
  }
}

// A bare surname that two persons have is now one's, now the other's. As a rule
// it is the first one's, who must give up half of what is hers.
TEST(SpeakerPropertyTest, ManyNamesakes) {
  std::string text = "Ann Lee met. Bob Lee. ";
  for (int i = 0; i < 60000; ++i) {
    text += i % 2 ? "Bob Lee said so. Lee said so. "
                  : "Ann Lee said so. Lee said so. ";
  }
  const Document doc = ReadUtf8(text);
  const std::vector<Claim> claims = ClaimsOf(text);
  const SpeakerTable table = ResolveSpeakers(doc, claims);
  CheckTable(doc, claims, table);
  ASSERT_EQ(table.speakers.size(), 2u);
  // No mention is one of both.
  EXPECT_EQ(table.speakers[0].mentions.size(), 1 + claims.size() / 2);
  EXPECT_EQ(table.speakers[1].mentions.size(), 1 + claims.size() / 2);
}

}  // namespace
}  // namespace quoth
