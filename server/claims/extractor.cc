#include "server/claims/extractor.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/claims/claim.h"
#include "server/claims/claim_builder.h"
#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/claims/quoted_beliefs.h"
#include "server/claims/unclaimed_quotations.h"
#include "server/model/model.h"
#include "server/text/document.h"
#include "server/text/span.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// The content of a demand begins behind the one who is to do it.
void LeaveOutAddressees(const Document& doc, std::vector<Claim>& claims) {
  for (Claim& claim : claims) {
    const std::optional<Span>& addressee = claim.context.addressee;
    Span& content = claim.content.front();
    if (claim.act != Act::kDirective || !addressee || !claim.cue ||
        claim.cue->begin >= content.begin ||
        addressee->begin != content.begin) {
      continue;
    }
    const uint32_t begin = addressee->end + 1;
    if (begin + 3 < content.end &&
        doc.text.Slice({addressee->end, begin + 3}) == " to ") {
      content.begin = begin;
    }
  }
}

}  // namespace

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
  ledger.ClaimTheRest();
  std::vector<WordClaim> claims = ledger.TakeClaims();
  if (options.quoted_belief_confidence > 0) {
    AddQuotedBeliefs(doc, quotations, options.quoted_belief_confidence, claims);
  }
  std::vector<Claim> built =
      BuildClaims(doc, quotations, claims, context_sentences);
  if (options.addressee_outside) LeaveOutAddressees(doc, built);
  return built;
}

std::vector<Claim> ExtractMarkedQuotations(const Document& doc,
                                           int context_sentences) {
  const QuotationIndex quotations(doc);
  const QuotationOptions options;
  QuotationLedger ledger(doc, quotations, options);
  ledger.ClaimTheRest();
  return BuildClaims(doc, quotations, ledger.TakeClaims(), context_sentences);
}

}  // namespace quoth
