// What the speaker layer knows of single words: closed classes, titles, nouns
// for people, organisations and documents, places, given names.
//
//   LookUp("spokesman").Has(kPersonNoun);        // true
//   LookUp("spokesman").gender;                  // Gender::kMale
//   ClassifyNoun("climatologists");              // kPeopleNoun, by its ending
//
// The lists are short on purpose: they hold what news English uses all the
// time, and endings decide the rest. All were written for Quoth from common
// knowledge, none was copied; see word_lists.cc and given_names.cc.

#ifndef QUOTH_SERVER_SPEAKERS_WORDS_H_
#define QUOTH_SERVER_SPEAKERS_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace quoth {

enum class Gender : uint8_t { kUnknown, kMale, kFemale };

// Bits of WordFacts::classes.
enum WordClass : uint32_t {
  kFunctionWord = 1u << 0,      // the, but, however: never begins a name
  kDeterminer = 1u << 1,        // the, a, another, some
  kPreposition = 1u << 2,       // of, for, according
  kVerb = 1u << 3,              // said, has, is: ends a noun phrase
  kTitle = 1u << 4,             // Mr, Sen, President: stands before a name
  kHonorific = 1u << 5,         // Mr, Dr: a title that is no role
  kPersonNoun = 1u << 6,        // spokesman
  kPeopleNoun = 1u << 7,        // spokesmen
  kOrganizationNoun = 1u << 8,  // ministry
  kDocumentNoun = 1u << 9,      // report
  kNamePart = 1u << 10,         // University, Times: marks an organisation
  kPlace = 1u << 11,            // Iran, Ohio
  kDemonym = 1u << 12,          // Iranian
  kGivenName = 1u << 13,        // Antony
  kCalendar = 1u << 14,         // Monday
  kSuffix = 1u << 15,           // Jr, III
  kParticle = 1u << 16,         // van, de, bin
  kQuantity = 1u << 17,         // some, percent, majority
  kPossessive = 1u << 18,       // his
  kPluralNoun = 1u << 19,       // companies, reports
  kDepartment = 1u << 20,       // State: ends "Secretary of State"
  kBrand = 1u << 21,            // Reuters: an organisation by itself
  kAdjectiveToo = 1u << 22,     // conservative: a noun only now and then
  kStation = 1u << 23,          // senator: says who one is, not whose one is
  kIndefinite = 1u << 24,       // everyone: nobody in particular
  kGeographic = 1u << 25,       // New, San: begins a place's name
  kRankWord = 1u << 26,         // former, acting: stands in front of a title
  kAnonymous = 1u << 27,        // official: often speaks without a name
};

// Whatever can speak: every noun is one of these (ClassifyNoun).
inline constexpr uint32_t kNounClasses =
    kPersonNoun | kPeopleNoun | kOrganizationNoun | kDocumentNoun;

enum class PronounKind : uint8_t {
  kNone,
  kHe,
  kShe,
  kThey,
  kIt,
  kI,
  kWe,
  kYou,
  kOther,  // this, those, both
};

struct WordFacts {
  uint32_t classes = 0;  // Bits of WordClass.
  Gender gender = Gender::kUnknown;
  PronounKind pronoun = PronounKind::kNone;

  bool Has(uint32_t bits) const { return (classes & bits) != 0; }
};

// What the lists say of a word in lower case, without accents. No bits if
// they do not hold it. Constant time, thread-safe.
WordFacts LookUp(std::string_view folded);

// The same, but a word that is in no list of nouns is classed by its ending:
// exactly one of the bits kPersonNoun, kPeopleNoun, kOrganizationNoun,
// kDocumentNoun is set for every word, together with kPluralNoun.
WordFacts ClassifyNoun(std::string_view folded);

// The pronoun that a folded word is ("he") or begins with ("i've"), kNone if
// it is none.
PronounKind PronounOf(std::string_view folded);

// Whether the folded word is who, which, that or whom.
bool IsRelative(std::string_view folded);

// The seen form (text/seen_form.h) in lower case, without accents, with
// straight apostrophes: "José" -> "jose". Linear.
std::string FoldWord(std::string_view utf8);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_WORDS_H_
