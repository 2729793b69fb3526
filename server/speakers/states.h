// The states of the U.S. by their abbreviations, as they stand behind the
// names of politicians: "(R-Wis.)", "(D-CA)".

#ifndef QUOTH_SERVER_SPEAKERS_STATES_H_
#define QUOTH_SERVER_SPEAKERS_STATES_H_

#include <string_view>

namespace quoth {

// The name in lower case of the state that a folded abbreviation without full
// stop means ("wis" -> "wisconsin", "n.h" -> "new hampshire"); empty if none.
std::string_view StateOf(std::string_view abbreviation);

// The party that a letter means: "r" -> "republican"; empty if none.
std::string_view PartyOf(std::string_view letter);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_STATES_H_
