// A person's name in parts, and whether two names can be one person's.
//
//   PersonName a = ParsePersonName({"antony", "j", "blinken"});
//   a.surname;                                        // "blinken"
//   CanBeSamePerson(a, ParsePersonName({"anthony", "blinken"}));   // true
//   CanBeSamePerson(a, ParsePersonName({"alan", "blinken"}));      // false
//
// Parts are folded (words.h): lower case, no accents, no titles, no full
// stops; a hyphenated name is one part.

#ifndef QUOTH_SERVER_SPEAKERS_NAMES_H_
#define QUOTH_SERVER_SPEAKERS_NAMES_H_

#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

namespace quoth {

using NameParts = absl::InlinedVector<std::string_view, 4>;

// Views of what was parsed.
struct PersonName {
  NameParts given;           // Given names, initials, middle names.
  NameParts particles;       // "van", "de": between given names and surname.
  std::string_view surname;  // Of a single word: that word.
  std::string_view suffix;   // "jr", "iii" or empty.
};

// Requires at least one part.
PersonName ParsePersonName(const NameParts& parts);

// Whether two spellings can be one name: "antony" and "anthony", "mohammad"
// and "mohammed", "haqiqatpoor" and "haqiqatpour". Same first letter, same
// consonants once doubled letters and mute h are gone, and few edits in all.
bool IsSpellingVariant(std::string_view a, std::string_view b);

// The same of short words ("saree" and "sarea"), which may be other names as
// well: four letters or more, the same first one, one edit.
bool IsMisspelling(std::string_view a, std::string_view b);

// Whether two given names can be one person's: equal, a spelling variant, an
// initial and its name, or a short form ("bill" and "william").
bool GivenNamesAgree(std::string_view a, std::string_view b);

// Whether two surnames can be one: equal, a spelling variant, or one the last
// part of the other, joined by a hyphen ("abdollahian").
bool SurnamesAgree(std::string_view a, std::string_view b);

// Whether two names can be one person's. A bare surname agrees with every name
// that ends in it, a bare given name with every name that begins with it.
bool CanBeSamePerson(const PersonName& a, const PersonName& b);

// The key under which names that can be one person's meet: the consonants of
// the last part of the surname. At most 16 bytes.
std::string SurnameKey(std::string_view surname);

// The parts as they stand, joined by blanks: what a name is looked up by.
std::string NameKey(const NameParts& parts);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_NAMES_H_
