// What the article says of whom, and whether a description fits: "the
// spokesman" is a person that the article calls one, "the agency" may be any
// organisation, "the report" is the report brought in before.
//
//   DescribeReferents(tokens, names, clusters);
//   FitDescription(tokens, phrase, referent).head;   // 3: the same noun

#ifndef QUOTH_SERVER_SPEAKERS_DESCRIPTIONS_H_
#define QUOTH_SERVER_SPEAKERS_DESCRIPTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Adds to Referent::roles and description what the article says right behind
// a name (", a senior analyst at SG,") and right in front of it. One linear
// pass; reads at most kMaxAppositionWords words behind each name.
inline constexpr uint32_t kMaxAppositionWords = 24;
void DescribeReferents(const TokenList& tokens,
                       const std::vector<NameMention>& names,
                       NameClusters& clusters);

// Adds the words of a phrase to what is known of a referent.
void AddDescription(const TokenList& tokens, const SourcePhrase& phrase,
                    Referent& referent);

// How the words of a description fit a referent.
struct DescriptionFit {
  // The head noun: 0 not at all, 1 as any company is "the company", 2 by a noun
  // of one group (synonyms.h), 3 by the noun itself.
  int head = 0;
  int known = 0;  // Its other words: what the article says of the referent, ...
  int unknown = 0;           // ... and what it does not say; ...
  int unknown_capitals = 0;  // ... of these, with a capital letter.
};
DescriptionFit FitDescription(const TokenList& tokens,
                              const SourcePhrase& phrase,
                              const Referent& referent);

// The kind of a source whose head noun this is.
SpeakerKind KindOfHead(const WordFacts& head);

// How the article introduces what a short description means: the phrase with
// the most words around another mention of its head noun ("a new poll by Pew"
// for "the poll", "the Sanders campaign" for "the campaign"), which must hold
// the description's own words and `owner` (folded; may be empty). An empty
// string if there is none. Looks at kMaxWordsBack words before, then behind.
inline constexpr uint32_t kMaxWordsBack = 1200;
std::string FindIntroduction(const TokenList& tokens,
                             const SourcePhrase& phrase,
                             std::string_view owner);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_DESCRIPTIONS_H_
