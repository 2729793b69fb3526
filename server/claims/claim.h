// A claim: a stretch of text that the article attributes to somebody, in code
// points of the article. What the fields mean is said in
// protos/quoth/v1/attribution.proto; the names are the same.

#ifndef QUOTH_SERVER_CLAIMS_CLAIM_H_
#define QUOTH_SERVER_CLAIMS_CLAIM_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "server/text/span.h"

namespace quoth {

enum class ClaimType : uint8_t { kDirect, kIndirect, kMixed };

enum class Act : uint8_t {
  kStatement,
  kDenial,
  kCriticism,
  kApproval,
  kDirective,
  kQuestion,
  kCommitment,
  kBelief,
  kOther,
};

enum class Realis : uint8_t { kActual, kNegated, kHypothetical };

// Where in the article a claim stands, and how it was said. Spans of no
// length do not occur; absent is nullopt.
struct ClaimContext {
  Span sentence;
  Span paragraph;
  std::optional<Span> before;
  std::optional<Span> after;
  bool in_headline = false;
  std::optional<Span> addressee;
  std::optional<Span> medium;
  std::optional<Span> time;
};

// Invariants: content is not empty, ordered, without overlap; no span is
// empty.
struct Claim {
  ClaimType type = ClaimType::kIndirect;
  std::vector<Span> content;
  std::optional<Span> cue;
  std::optional<Span> source;
  Act act = Act::kOther;
  Realis realis = Realis::kActual;
  ClaimContext context;
  float confidence = 0;       // In [0, 1].
  std::optional<int> parent;  // Index of the claim that holds it.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CLAIM_H_
