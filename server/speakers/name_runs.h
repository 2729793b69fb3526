// Runs of words that may be one name, before titles are split off: what stands
// between capital letters without ending the name.
//
//   // "the Commission on Elections said": [1, 4)
//   NameRunEnd(tokens, 1);   // 4

#ifndef QUOTH_SERVER_SPEAKERS_NAME_RUNS_H_
#define QUOTH_SERVER_SPEAKERS_NAME_RUNS_H_

#include <cstdint>

#include "server/speakers/tokens.h"

namespace quoth {

// "J" of "J. Doe".
bool IsInitial(const Token& token);

// Whether a capitalised word may begin a name where it stands.
bool MayBeginName(const TokenList& tokens, uint32_t i);

// The end of the run that begins at `begin`, at most kMaxNameWords (mentions.h)
// and a few words further on.
uint32_t NameRunEnd(const TokenList& tokens, uint32_t begin);

// The ".ly" of "Parse.ly", the ".com" of "Secunia.com".
bool IsDomainEnd(const TokenList& tokens, uint32_t dot);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_NAME_RUNS_H_
