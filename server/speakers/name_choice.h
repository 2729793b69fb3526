// What a referent is called, and what kind of thing that makes it: the fullest
// of its names, which may turn a company into a document or a crowd.
//
//   AddMention(tokens, names[0], referent);   // "Mr Blinken"
//   AddMention(tokens, names[1], referent);   // "Antony Blinken"
//   referent.name;                            // "Antony Blinken"

#ifndef QUOTH_SERVER_SPEAKERS_NAME_CHOICE_H_
#define QUOTH_SERVER_SPEAKERS_NAME_CHOICE_H_

#include "server/speakers/mentions.h"
#include "server/speakers/referents.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Counts a name as one more mention of the referent.
void AddMention(const TokenList& tokens, const NameMention& m,
                Referent& referent);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_NAME_CHOICE_H_
