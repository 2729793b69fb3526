// The lists behind words.h: words in lower case, separated by white space.
// Internal to words.cc.

#ifndef QUOTH_SERVER_SPEAKERS_WORD_LISTS_H_
#define QUOTH_SERVER_SPEAKERS_WORD_LISTS_H_

namespace quoth::word_lists {

// word_lists.cc
extern const char kDeterminers[];
extern const char kPossessives[];
extern const char kPrepositions[];
extern const char kVerbs[];
extern const char kFunctionWords[];
extern const char kQuantities[];
extern const char kCalendar[];
extern const char kSuffixes[];
extern const char kParticles[];
extern const char kDepartments[];
extern const char kMaleHonorifics[];
extern const char kFemaleHonorifics[];
extern const char kHonorifics[];
extern const char kTitles[];
extern const char kPersonNouns[];  // Singular; plurals are formed.
extern const char kAdjectivesToo[];
extern const char kGeographic[];
extern const char kRankWords[];
extern const char kAnonymous[];
extern const char kStations[];
extern const char kIndefinites[];
extern const char kMaleNouns[];          // Singular.
extern const char kFemaleNouns[];        // Singular.
extern const char kPeopleNouns[];        // Plural or collective as they stand.
extern const char kOrganizationNouns[];  // Singular.
extern const char kOrganizationPlurals[];
extern const char kDocumentNouns[];  // Singular.
extern const char kDocumentPlurals[];
extern const char kNameParts[];  // University: wherever it stands.
extern const char kBrands[];     // Reuters: an organisation by itself.
extern const char kPlaces[];
extern const char kDemonyms[];

// given_names.cc
extern const char kMaleNames[];
extern const char kFemaleNames[];
extern const char kEitherNames[];

}  // namespace quoth::word_lists

#endif  // QUOTH_SERVER_SPEAKERS_WORD_LISTS_H_
