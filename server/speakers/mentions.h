// The proper names of a document, as they stand.
//
//   for (const NameMention& m : FindNames(tokens)) ...
//   // "US Secretary of State Antony Blinken said":
//   //   span "Antony Blinken", role "US Secretary of State", a person
//
// A name is a run of capitalised words with what may stand between them: an
// initial's full stop, a hyphen, "de", and within organisations "of", "and",
// "for". Titles and roles in front are kept apart from it. A word whose
// capital letter proves nothing (first of a sentence, in a headline) makes a
// weak mention: it counts only if a name elsewhere in the document holds it.

#ifndef QUOTH_SERVER_SPEAKERS_MENTIONS_H_
#define QUOTH_SERVER_SPEAKERS_MENTIONS_H_

#include <cstdint>
#include <vector>

#include "server/speakers/names.h"
#include "server/speakers/tokens.h"

namespace quoth {

struct NameMention {
  uint32_t begin = 0;  // The words of the name, without titles.
  uint32_t end = 0;
  uint32_t role_begin = 0;  // The titles and roles in front begin here; equal
                            // to `begin` if there are none.
  NameParts parts;          // Folded; marks and "of" are not among them.
  int person = 0;           // Evidence for a person ...
  int organization = 0;     // ... and for anything else, in no unit.
  Gender gender = Gender::kUnknown;  // Of a title ("Mr"); else unknown.
  bool titled = false;               // Has a title or role in front.
  bool weak = false;
  bool definite = false;  // "the" in front.
  bool genus = false;     // "car maker" in front.

  bool IsPerson() const { return person > organization; }
};

// A name of more words than this is cut: it is a list or a heading.
inline constexpr uint32_t kMaxNameWords = 12;

// In text order, without overlap. One linear pass.
std::vector<NameMention> FindNames(const TokenList& tokens);

// Where the role in front of a name begins: "Iran's foreign ministry
// spokesman" before "Nasser Kanani". `begin` if there is none. Looks back at
// most kMaxRoleWords words, not beyond the sentence nor before `least`.
inline constexpr uint32_t kMaxRoleWords = 14;
uint32_t FindRoleBegin(const TokenList& tokens, uint32_t begin, uint32_t least);

// The first name mention that ends behind word `word`; names.size() if none.
uint32_t NameAt(const std::vector<NameMention>& names, uint32_t word);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_MENTIONS_H_
