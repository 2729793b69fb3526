// From a document to its claims: runs the model over the document's windows,
// decodes cues and roles into spans, and adds type, act, realis and context.
//
//   ClaimExtractor extractor(model, ExtractorOptions());
//   absl::StatusOr<std::vector<Claim>> claims =
//       extractor.Extract(doc, Scope::kReported, 1, never_cancelled, *scratch);

#ifndef QUOTH_SERVER_CLAIMS_EXTRACTOR_H_
#define QUOTH_SERVER_CLAIMS_EXTRACTOR_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/claims/claim.h"
#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/unclaimed_quotations.h"
#include "server/model/model.h"
#include "server/text/document.h"

namespace quoth {

// Decoding differs by scope, since the schemes differ: what is reported may lie
// inside another claim. Tuned on the annotated articles of each scope.
struct ScopeOptions {
  DecoderOptions decoder;
  QuotationOptions quotations;
  // The confidence of beliefs inside quotations that the network has missed
  // (quoted_beliefs.h); 0: they are no claims of their own in this scheme.
  float quoted_belief_confidence = 0;
  // Whether an addressee is no part of what he is told to do: "asked the
  // council | to act".
  bool addressee_outside = false;
};

struct ExtractorOptions {
  ScopeOptions reported = {.decoder = {.keep_share = 0.3f, .nested = true},
                           .quotations = {.confidence = 0.8f,
                                          .nested = true,
                                          .unstopped = true,
                                          .headlines = true},
                           .quoted_belief_confidence = 0.6f,
                           .addressee_outside = true};
  ScopeOptions all_attributions;
};

// Refers to `model`, which must outlive it. Immutable, thread-safe.
class ClaimExtractor {
 public:
  ClaimExtractor(const Model& model, const ExtractorOptions& options)
      : model_(model), options_(options) {}

  // The claims in the order of their first content. `alive` is asked before
  // every window, and every few claims behind the last (life_check.h); its
  // first error ends the work and is returned.
  absl::StatusOr<std::vector<Claim>> Extract(
      const Document& doc, Scope scope, int context_sentences,
      absl::FunctionRef<absl::Status()> alive, ModelScratch& scratch) const;

 private:
  const Model& model_;
  ExtractorOptions options_;
};

// Without a model, for a text in a language that it does not read: every
// quotation long enough to be speech is a claim of type kDirect without cue or
// source. Of no use if `life` has ended; null: it never does.
std::vector<Claim> ExtractMarkedQuotations(const Document& doc,
                                           int context_sentences,
                                           LifeCheck* life = nullptr);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_EXTRACTOR_H_
