// English words that are written with a full stop, and what the full stop says
// about the end of a sentence.
//
//   AbbreviationKind("Sen");    // kTitle: a name follows
//   IsSentenceStarter("The");   // true: no name begins like that

#ifndef QUOTH_SERVER_TEXT_ABBREVIATIONS_H_
#define QUOTH_SERVER_TEXT_ABBREVIATIONS_H_

#include <cstdint>
#include <string_view>

namespace quoth {

enum class Abbreviation : uint8_t {
  kNone,      // Not an abbreviation: the full stop ends the sentence.
  kTitle,     // Mr. Gen. vs.: never at the end of a sentence.
  kNumbered,  // No. Jan. pp.: goes on if a number follows.
  kTime,      // a.m.: goes on before a day, a month or a time zone.
  kGeneral,   // U.S. Inc. Jr.: ends the sentence before a sentence starter.
};

// `word` is what stands before the full stop, in its own case; inner full
// stops are part of it ("U.S").
Abbreviation AbbreviationKind(std::string_view word);

// Whether a capitalised word begins a sentence rather than a name: articles,
// pronouns, prepositions, conjunctions.
bool IsSentenceStarter(std::string_view word);

// Whether `word` may follow "a.m." in the same sentence.
bool FollowsTime(std::string_view word);

// Whether a lower-case verb reports a quotation that ends with a question mark
// or an exclamation mark ("asked").
bool IsReportingVerb(std::string_view word);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_ABBREVIATIONS_H_
