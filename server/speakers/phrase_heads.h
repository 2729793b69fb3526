// Where the head noun of a source stands, and whether a name in it is its head:
// "Zed" is that of "car maker Zed", but not of "the Zed campaign", 'the "Zed"
// star' or "critics of Zed".
//
//   IsHeadName(tokens, names, names[0], begin, end);

#ifndef QUOTH_SERVER_SPEAKERS_PHRASE_HEADS_H_
#define QUOTH_SERVER_SPEAKERS_PHRASE_HEADS_H_

#include <cstdint>
#include <vector>

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// The comma or point of "1,000".
bool IsInNumber(const TokenList& tokens, uint32_t i);

// Whether a word can follow a name only if the name modifies it.
bool IsNounAfterName(const TokenList& tokens, uint32_t i);

// The first word of [begin, end) that ends the head, `end` if none does.
// Prepositions inside a name ("Department of Justice") do not.
uint32_t HeadEnd(const TokenList& tokens, const std::vector<NameMention>& names,
                 uint32_t begin, uint32_t end);

// Whether the name at `m` can be the head of the phrase; the words of the
// phrase in front of it and the word behind decide.
bool IsHeadName(const TokenList& tokens, const std::vector<NameMention>& names,
                const NameMention& m, uint32_t begin, uint32_t end);

// Whether the word in front of a name at the end of a description leaves it to
// the name to say who is described: "director of Zed | Jane Roe", "the member
// (MP) | Jane Roe", "author of the study | Jane Roe", but not "critic of".
bool EndsInFrontOfName(const TokenList& tokens, const NameMention& m,
                       uint32_t front);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_PHRASE_HEADS_H_
