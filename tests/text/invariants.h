// Checks what the headers of server/text promise of every document, for the
// property tests and the fuzz target.

#ifndef QUOTH_TESTS_TEXT_INVARIANTS_H_
#define QUOTH_TESTS_TEXT_INVARIANTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "server/text/document.h"
#include "server/text/vocabulary.h"

namespace quoth {

// The first promise that is broken, in words; empty if none is.
std::string FindBrokenPromise(const Document& doc, const Vocabulary& vocabulary,
                              uint32_t max_window_pieces);

// A small vocabulary: [UNK] [CLS] [SEP], the ASCII letters, digits and symbols
// with and without ##, some words and some quotation marks.
Vocabulary SmallVocabulary();

}  // namespace quoth

#endif  // QUOTH_TESTS_TEXT_INVARIANTS_H_
