// A word-piece vocabulary (BERT uncased) and the pieces of a pretoken.
//
//   absl::StatusOr<Vocabulary> v = Vocabulary::FromLines(vocab_txt);
//   std::vector<PieceMatch> out;
//   v->Match("embargoed", out);   // em, ##bar, ##go, ##ed

#ifndef QUOTH_SERVER_TEXT_VOCABULARY_H_
#define QUOTH_SERVER_TEXT_VOCABULARY_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace quoth {

// A piece and the byte of its pretoken at which it begins.
struct PieceMatch {
  int32_t id = 0;
  uint32_t begin = 0;
};

// Immutable, thread-safe. Refers to no outside memory.
class Vocabulary {
 public:
  // A pretoken of more code points than this is one [UNK], as in BERT.
  static constexpr int kMaxPretokenLength = 100;

  Vocabulary();
  ~Vocabulary();
  Vocabulary(Vocabulary&&) noexcept;
  Vocabulary& operator=(Vocabulary&&) noexcept;

  // One piece a line, its id the line's number from 0; pieces that go on
  // begin with "##". InvalidArgument if [UNK], [CLS] or [SEP] is missing or a
  // piece occurs twice.
  static absl::StatusOr<Vocabulary> FromLines(std::string_view lines);

  int32_t size() const;
  int32_t unknown() const;     // [UNK]
  int32_t classifier() const;  // [CLS]
  int32_t separator() const;   // [SEP]

  // Greedy longest match from the left, as BERT does it. `pretoken` is
  // normalised (lower case, no accents) and not empty. Appends to `out`; one
  // [UNK] at 0 if some part of the pretoken has no piece. Linear in practice:
  // no piece is longer than the longest of the vocabulary.
  void Match(std::string_view pretoken, std::vector<PieceMatch>& out) const;

 private:
  struct Impl;
  const Impl* impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_VOCABULARY_H_
