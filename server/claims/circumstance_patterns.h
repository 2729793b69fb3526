// The patterns by which circumstances.h finds addressees, media and times. All
// are for text in which content, cue and source are masked.

#ifndef QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_
#define QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_

#include "re2/re2.h"

namespace quoth {

// Stand in the searched text for the bytes of content, cue and source, so that
// no phrase runs into them. No pattern matches them, but the dative one the
// source's.
inline constexpr char kContentMask = '\x01';
inline constexpr char kCueMask = '\x02';
inline constexpr char kSourceMask = '\x03';

// Phrases that tell when.
const RE2& TimePattern();

// Single words that tell when if they stand beside the cue.
const RE2& TimeAdverbPattern();

// The nouns of phrases that tell where it was said or published ...
const RE2& MediumNounPattern();

// ... the prepositions in front of them, with the words up to the end ...
const RE2& MediumPrepositionPattern();

// ... words that must not stand between, and take a later preposition instead
// ...
const RE2& NoMediumPattern();

// ... and what may follow the noun: "with CNN", "in Ohio", "to the nation".
const RE2& MediumTailPattern();

// Verbs that take whom they address as their object, at the end of a cue.
const RE2& AddressingVerbPattern();

// "told | reporters": the noun phrase behind such a verb.
const RE2& ObjectPattern();

// "said to reporters", "speaking to the BBC".
const RE2& DativePattern();

// "was told": whom it was said to is the subject.
const RE2& PassiveAddressingPattern();

// A subject, up to the end.
const RE2& SubjectPattern();

// Words with which another clause begins: what stands beyond them is not about
// the cue.
const RE2& ClauseBreakPattern();

// Words with which a clause inside another begins, which a comma ends.
const RE2& InnerClausePattern();

// The first word that cannot go on a noun phrase. It may stand anywhere but in
// the first place.
const RE2& PhraseEndPattern();

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_
