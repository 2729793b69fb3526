#include "server/claims/extractor.h"

#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/claims/claim.h"
#include "server/claims/claim_builder.h"
#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/claims/quoted_beliefs.h"
#include "server/claims/unclaimed_quotations.h"
#include "server/model/model.h"
#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {
absl::StatusOr<std::vector<Claim>> ClaimExtractor::Extract(
    const Document& doc, Scope scope, int context_sentences,
    absl::FunctionRef<absl::Status()> alive, ModelScratch& scratch) const {
  const ScopeOptions& options =
      scope == Scope::kReported ? options_.reported : options_.all_attributions;
  const QuotationIndex quotations(doc);
  QuotationLedger ledger(doc, quotations, options.quotations);
  for (const WordRange range : CutWindows(doc, model_.max_window_pieces())) {
    if (absl::Status status = alive(); !status.ok()) return status;
    const WindowInput input = MakeWindowInput(doc, range, model_.vocabulary());
    const WindowScores scores = model_.ReadWindow(input, scope, scratch);
    const std::vector<CueWords> cues = FindCues(scores.cue, options.decoder);
    if (cues.empty()) continue;
    const RoleScores roles = model_.ReadArguments(input, cues, scratch);
    for (WordClaim& claim :
         DecodeWindow(doc, range, cues, scores.cue, roles, options.decoder)) {
      ledger.Add(std::move(claim));
    }
  }
  LifeCheck life(alive);
  ledger.ClaimTheRest(&life);
  std::vector<WordClaim> claims = ledger.TakeClaims();
  if (options.quoted_belief_confidence > 0) {
    AddQuotedBeliefs(doc, quotations, options.quoted_belief_confidence, claims,
                     &life);
  }
  std::vector<Claim> built =
      BuildClaims(doc, quotations, claims,
                  {.context_sentences = context_sentences,
                   .addressee_outside = options.addressee_outside,
                   .life = &life});
  if (!life.status().ok()) return life.status();
  return built;
}

std::vector<Claim> ExtractMarkedQuotations(const Document& doc,
                                           int context_sentences,
                                           LifeCheck* life) {
  const QuotationIndex quotations(doc);
  const QuotationOptions options;
  QuotationLedger ledger(doc, quotations, options);
  ledger.ClaimTheRest(life);
  return BuildClaims(doc, quotations, ledger.TakeClaims(),
                     {.context_sentences = context_sentences, .life = life});
}

}  // namespace quoth
