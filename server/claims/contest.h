// Settles which claim of a window gets which words as its content.
//
//   std::vector<std::vector<float>> strength = ...;   // [claim][word]
//   Contest c = SettleContest(strength, Nesting(strength.size()), 0.5f);
//   for (size_t k : c.remaining)
//     for (size_t j = 0; j < words; ++j)
//       if (c.Owns(k, j)) ...
//
// A word is content of one claim only, the one that claims it most strongly;
// of two claims of which one lies inside the other, both keep it.

#ifndef QUOTH_SERVER_CLAIMS_CONTEST_H_
#define QUOTH_SERVER_CLAIMS_CONTEST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace quoth {

// Which claims lie inside one another: a symmetric relation.
class Nesting {
 public:
  explicit Nesting(size_t claims)
      : claims_(claims), related_(claims * claims) {}

  void Relate(size_t a, size_t b) {
    related_[a * claims_ + b] = related_[b * claims_ + a] = 1;
  }
  bool Related(size_t a, size_t b) const { return related_[a * claims_ + b]; }

 private:
  size_t claims_;
  std::vector<uint8_t> related_;
};

struct Contest {
  std::vector<size_t> remaining;           // Claims, in order.
  std::vector<float> strongest;            // Per word, over those that remain.
  std::vector<std::vector<uint8_t>> owns;  // [claim][word]: 0 or 1.

  bool Owns(size_t claim, size_t word) const { return owns[claim][word]; }
};

// `strength` has one row of words per claim; 0: does not claim it. While some
// claim keeps less than `keep_share` of its words, the one that keeps least
// is removed, which frees its words for the others. Of n claims to w words:
// O(n^2 w) time in the worst case, O(n w) memory.
Contest SettleContest(absl::Span<const std::vector<float>> strength,
                      const Nesting& nesting, float keep_share);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CONTEST_H_
