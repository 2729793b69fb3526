// Gives every quotation long enough to be speech to some claim.
//
//   QuotationLedger ledger(doc, quotations, options);
//   ... ledger.Add(claim) for each claim ...
//   ledger.ClaimTheRest();
//   std::vector<WordClaim> claims = ledger.TakeClaims();
//
// A quotation that no claim covers goes on with the direct claim right before
// it (“...,” she said. “...”), or is signed by the name behind it (“...” —
// Name), or is led in by a colon (He released this statement: “...”), or is a
// claim of its own without cue or source: who said it is then
// for the speakers to find out. Titles of works and scare quotes are no
// speech.

#ifndef QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_
#define QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {

struct QuotationOptions {
  // Words that a quotation needs to be speech, marks not counted ...
  int least_words = 5;
  // ... or, if it is a paragraph of its own ...
  int least_words_of_paragraph = 3;
  // ... and the share of them that no claim may hold already.
  float unclaimed_share = 0.7f;
  // How likely a claim is right that has a quotation, but no cue: where the
  // scheme wants a cue and a source, half as likely as one that has them.
  float confidence = 0.5f;
  // Whether a claim that lies inside the quotation with its cue leaves the
  // quotation free for another one. Otherwise a word has one claim only.
  bool nested = false;
  // Whether several sentences in quotation marks are speech though the last
  // lost its stop.
  bool unstopped = false;
  // Whether to look for a headline with a speaker's name (headline.h). Where
  // the scheme has the colon as a cue, the network finds it.
  bool headlines = false;
};

// Who holds which words. Refers to its arguments, which must outlive it.
class QuotationLedger {
 public:
  QuotationLedger(const Document& doc, const QuotationIndex& quotations,
                  const QuotationOptions& options);

  void Add(WordClaim claim);

  // Sees to every turn of a transcript, and every quotation that looks like
  // speech, that nobody has claimed. Stops halfway once `life` has ended; null:
  // it never does.
  void ClaimTheRest(LifeCheck* life = nullptr);

  std::vector<WordClaim> TakeClaims() { return std::move(claims_); }

 private:
  // Values of holder_ that are not the index of a claim.
  static constexpr int32_t kNobody = -1;
  static constexpr int32_t kCueOrSource = -2;

  bool IsInner(const WordClaim& claim) const;
  bool IsFree(WordRange range) const;
  bool HoldsWholeClaims(WordRange range) const;
  bool IsUnclaimed(int quotation) const;
  int32_t ClaimBefore(int quotation) const;
  void ClaimHeadline();
  void ClaimTurns(LifeCheck* life);
  std::vector<uint32_t> Signature(int quotation) const;
  std::vector<uint32_t> LeadIn(int quotation) const;

  const Document& doc_;
  const QuotationIndex& quotations_;
  const QuotationOptions& options_;
  std::vector<WordClaim> claims_;
  std::vector<uint8_t> direct_;  // Per claim: all of its content is quoted.
  std::vector<int32_t> holder_;  // Per word.
};

// Whether a quotation looks like speech rather than a title or a phrase:
// enough words, and the look of a sentence.
bool LooksLikeSpeech(const Document& doc, const QuotationIndex& quotations,
                     int quotation, const QuotationOptions& options);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_
