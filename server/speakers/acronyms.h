// Short forms made of initials: "International Atomic Energy Agency (IAEA)".
//
//   MatchesInitials("iaea", {"international", "atomic", "energy", "agency"})
//   MatchesInitials("doj", {"us", "department", "justice"}, ...)

#ifndef QUOTH_SERVER_SPEAKERS_ACRONYMS_H_
#define QUOTH_SERVER_SPEAKERS_ACRONYMS_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Whether `acronym` (folded, 2 to 10 letters, full stops aside) is made of the
// initials of the words [begin, end): of all, or without small words ("of",
// "and"), or without a place or nationality in front ("U.S. Department of
// Justice": "DOJ").
bool MatchesInitials(const TokenList& tokens, uint32_t begin, uint32_t end,
                     std::string_view acronym);

// The words of a name whose acronym the article has, most often behind it in
// brackets: they are one name, whatever they are: "Catholic Bishops' Conference
// of the Philippines (CBCP)", "Notes from Poland (NFP)".
struct DefinedName {
  uint32_t begin = 0;
  uint32_t end = 0;  // The bracket.
};

// Those that no run of capitalised words gives: names with small words inside,
// of no person. In text order, without overlap. Looks back at most
// kMaxNameWords words from each bracket.
std::vector<DefinedName> FindDefinedNames(const TokenList& tokens);

// Whether `written` (folded, marks aside) is cut from the words [begin, end):
// all its letters stand in them in its order, the first at the beginning of the
// first word: "CalFire" of "California Department of Forestry and Fire
// Protection".
bool IsCutFrom(const TokenList& tokens, uint32_t begin, uint32_t end,
               std::string_view written);

// Pairs (long form, short form) of indices into `names`, where one stands
// right behind the other in brackets and is its acronym. One linear pass.
std::vector<std::pair<uint32_t, uint32_t>> FindBracketedAcronyms(
    const TokenList& tokens, const std::vector<NameMention>& names);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_ACRONYMS_H_
