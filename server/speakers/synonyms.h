// Nouns that can name one thing: "the survey" may be the poll of the sentence
// before, "the newspaper" the Times.
//
//   (NounGroups("poll") & NounGroups("survey") & kSynonyms) != 0   // true
//
// The groups are few and short; synonyms.cc has them.

#ifndef QUOTH_SERVER_SPEAKERS_SYNONYMS_H_
#define QUOTH_SERVER_SPEAKERS_SYNONYMS_H_

#include <cstdint>
#include <string_view>

namespace quoth {

// Bits of NounGroups beyond those of synonyms.
inline constexpr uint64_t kMediumHead = uint64_t{1} << 56;   // newspaper
inline constexpr uint64_t kMediumName = uint64_t{1} << 57;   // Times
inline constexpr uint64_t kCompanyHead = uint64_t{1} << 58;  // company
inline constexpr uint64_t kOfficeName = uint64_t{1} << 59;   // Ministry
inline constexpr uint64_t kCountryHead = uint64_t{1} << 60;  // country
// Says of an organisation no more than that it is one: company, agency.
inline constexpr uint64_t kAnyOrganization = uint64_t{1} << 61;

// One bit for each group of synonyms.
inline constexpr uint64_t kSynonyms = (uint64_t{1} << 56) - 1;

// The groups of a folded noun; 0 if it is in none. Constant time, thread-safe.
uint64_t NounGroups(std::string_view folded);

// Whether two nouns can name one thing: equal, or of one group.
bool NounsAgree(std::string_view a, std::string_view b);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_SYNONYMS_H_
