// Whose "I" it is where nobody is quoted: the writer of a letter or a comment,
// the one who answers in an interview.
//
//   "Q&A with Joe Biden ... A: I am surprised."     // Joe Biden
//   "... Rick Scott is governor of Florida."        // Rick Scott, at the end
//   "From a book on rain, by Jane Roe."             // Jane Roe, at the end

#ifndef QUOTH_SERVER_SPEAKERS_AUTHOR_H_
#define QUOTH_SERVER_SPEAKERS_AUTHOR_H_

#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// The referent who writes or answers, -1 if the text does not tell. One linear
// pass.
int FindAuthor(const TokenList& tokens, const std::vector<NameMention>& names,
               const NameClusters& clusters);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_AUTHOR_H_
