// Which outermost quotation a word stands in, or is a mark of.
//
//   QuotationIndex index(doc);
//   if (int q = index.At(word); q >= 0) index.InnerWords(q);
//
// Quotations inside quotations are part of the outermost one here: for the
// question of who speaks, only that one counts.

#ifndef QUOTH_SERVER_CLAIMS_QUOTATION_INDEX_H_
#define QUOTH_SERVER_CLAIMS_QUOTATION_INDEX_H_

#include <cstdint>
#include <vector>

#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {

// Refers to `doc`, which must outlive it. Takes one pass; holds 8 bytes a word.
class QuotationIndex {
 public:
  explicit QuotationIndex(const Document& doc);

  // Outermost quotations, in order. Those without a word inside are left out.
  int size() const { return static_cast<int>(outermost_.size()); }
  const Quotation& quotation(int q) const { return *outermost_[q]; }

  // The words inside, its marks not counted. Not empty.
  WordRange InnerWords(int q) const { return inner_[q]; }

  // The quotation that holds the word inside its marks; -1 if none does.
  int At(uint32_t word) const { return InRole(word, Role::kInside); }

  // The quotation whose opening, or closing, mark the word is; -1 if none.
  int OpenedBy(uint32_t word) const { return InRole(word, Role::kOpens); }
  int ClosedBy(uint32_t word) const { return InRole(word, Role::kCloses); }

 private:
  enum class Role : uint8_t { kNone, kInside, kOpens, kCloses };
  struct Place {
    int32_t quotation = -1;
    Role role = Role::kNone;
  };

  int InRole(uint32_t word, Role role) const {
    return places_[word].role == role ? places_[word].quotation : -1;
  }

  std::vector<const Quotation*> outermost_;
  std::vector<WordRange> inner_;
  std::vector<Place> places_;  // Per word.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_QUOTATION_INDEX_H_
