// Whom a description speaks of: "the spokesman" is the person that the
// article calls one, "the agency" the organisation last named, "the report"
// the report brought in before.
//
//   DescriptionIndex index(tokens, names, clusters);
//   index.Find(phrase, clusters);   // a referent, or -1

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

struct DescriptionMatch {
  int referent = -1;
  float confidence = 0;
  // Of a person: all whom the words fit equally well; the referent is the one
  // mentioned last.
  std::vector<int> candidates;
  float agreement = 0;  // How well, in no unit.
};

// The person, organisation or document that a definite description means.
// Looks at the referents named before `word` whose roles, name or head hold
// the head noun; of very many, at the first and the last kMaxMatches. -1 if
// none fits.
inline constexpr size_t kMaxMatches = 200;
DescriptionMatch MatchDescription(const TokenList& tokens,
                                  const SourcePhrase& phrase,
                                  const NameClusters& clusters);

// The kind of a source whose head noun this is.
SpeakerKind KindOfHead(const WordFacts& head);

// How the article introduces what a short description means: the phrase with
// the most words around another mention of its head noun ("a new poll by Pew"
// for "the poll", "the Sanders campaign" for "the campaign"), which must hold
// the description's own words and `owner` (folded; may be empty). An empty
// string if there is none. Looks at kMaxWordsBack words before, for
// organisations also behind.
inline constexpr uint32_t kMaxWordsBack = 1200;
std::string FindIntroduction(const TokenList& tokens,
                             const SourcePhrase& phrase,
                             std::string_view owner);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_DESCRIPTIONS_H_
