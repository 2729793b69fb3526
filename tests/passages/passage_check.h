// Compares what the engine finds in a passage with what a reader expects.
//
//   for (const std::string& p : Problems(passage, extraction)) Print(p);
//
// Words are compared without marks, punctuation and the possessive "'s";
// speakers also without an article before them.

#ifndef QUOTH_TESTS_PASSAGES_PASSAGE_CHECK_H_
#define QUOTH_TESTS_PASSAGES_PASSAGE_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/engine/engine.h"
#include "tests/passages/passage_file.h"

namespace quoth {

// The words of `text`, joined by one space: "“It’s Ann’s,” he" -> "It Ann he".
std::string PlainWords(std::string_view text);

// What is not as expected, a line each, claims counted from 1; empty if the
// passage holds.
std::vector<std::string> Problems(const Passage& passage,
                                  const Extraction& extraction);

}  // namespace quoth

#endif  // QUOTH_TESTS_PASSAGES_PASSAGE_CHECK_H_
