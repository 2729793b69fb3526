// The element-wise steps of the argument head that rows.h does not have.

#ifndef QUOTH_SERVER_MODEL_ARGUMENT_ROWS_H_
#define QUOTH_SERVER_MODEL_ARGUMENT_ROWS_H_

#include <cstdint>

#include "server/model/rows.h"

namespace quoth {

// What the argument head adds up for one word and one cue, each `width` wide:
//   word_add + cue_add + word_multiply * cue_multiply + distance + relation
struct ArgumentTerms {
  const float* words = nullptr;           // [words][2 * width]: add, multiply.
  const float* cue = nullptr;             // [2 * width]: add, multiply.
  const float* distance = nullptr;        // Table of the distance embedding.
  const float* relation = nullptr;        // Table of the relation embedding.
  const uint8_t* distance_row = nullptr;  // Per word.
  const uint8_t* relation_row = nullptr;  // Per word.
};

// out = gelu(terms) of words [begin, begin + rows). The width is out.width.
void ArgumentTermRows(const ArgumentTerms& terms, int begin, int rows,
                      ActivationRows out);

// The input of a convolution as a product, for words [begin, begin + rows):
// that of word r is rows r - 2 * step, r - step, r, r + step, r + 2 * step of x
// side by side, zero beyond the window's edges. x has a row of `width` columns
// for each word; ranges[r] is that of its row r. Requires out.width == kTaps *
// width.
inline constexpr int kTaps = 5;
void TapRows(const float* x, const RowRange* ranges, int words, int width,
             int step, int begin, int rows, ActivationRows out);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ARGUMENT_ROWS_H_
