// Where the sentences of a paragraph end; the rules are told in
// server/text/layout.h.
//
//   std::vector<Span> sentences;
//   FindSentences(text, paragraph, sentences);

#ifndef QUOTH_SERVER_TEXT_SENTENCES_H_
#define QUOTH_SERVER_TEXT_SENTENCES_H_

#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

// Appends the sentences of `paragraph`, which is not empty and begins and ends
// with a character that is not white space. One linear pass.
void FindSentences(const Text& text, Span paragraph,
                   std::vector<Span>& sentences);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_SENTENCES_H_
