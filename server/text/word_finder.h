// Finds the words of a text.
//
//   std::vector<Span> words;
//   FindWords(text, {0, text.size()}, words);   // "don't" "," "she" "said"

#ifndef QUOTH_SERVER_TEXT_WORD_FINDER_H_
#define QUOTH_SERVER_TEXT_WORD_FINDER_H_

#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

// Appends the words of `range` to `words`, in one linear pass. A word is a run
// of letters, digits and underscores, joined by single apostrophes; "``" and
// "''"; or any other character that is not white space. Combining marks belong
// to the word of the character they follow, and so do ignored characters (a
// soft hyphen, U+FFFD) between two letters: no word ends inside what a reader
// sees as one character or one word.
void FindWords(const Text& text, Span range, std::vector<Span>& words);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_WORD_FINDER_H_
