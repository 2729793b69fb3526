#include "server/speakers/link_scorer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace quoth {
namespace {

constexpr float kShippedWeights[] = {
#include "server/speakers/link_weights.inc"
};
static_assert(std::size(kShippedWeights) == kLinkWeights);

}  // namespace

LinkScorer::LinkScorer(std::vector<float> weights)
    : weights_(std::move(weights)) {
  weights_.resize(kLinkWeights);
}

const LinkScorer& LinkScorer::Shipped() {
  static const LinkScorer* const scorer =
      new LinkScorer({std::begin(kShippedWeights), std::end(kShippedWeights)});
  return *scorer;
}

float LinkScorer::Score(const LinkCandidate& candidate) const {
  const float* linear = weights_.data();
  const float* hidden = linear + kLinkFeatures;
  const float* bias = hidden + kLinkFeatures * kLinkHidden;
  const float* output = bias + kLinkHidden;
  float score = 0;
  std::array<float, kLinkHidden> units;
  std::copy_n(bias, kLinkHidden, units.begin());
  for (size_t f = 0; f < kLinkFeatures; ++f) {
    const float x = candidate.features[f];
    if (x == 0) continue;  // Most are.
    score += linear[f] * x;
    for (size_t h = 0; h < kLinkHidden; ++h) {
      units[h] += hidden[f * kLinkHidden + h] * x;
    }
  }
  for (size_t h = 0; h < kLinkHidden; ++h) {
    score += output[h] * std::max(0.0f, units[h]);
  }
  return score;
}

std::vector<float> LinkScorer::Probabilities(
    const std::vector<LinkCandidate>& candidates) const {
  std::vector<float> p;
  p.reserve(candidates.size());
  for (const LinkCandidate& c : candidates) p.push_back(Score(c));
  if (p.empty()) return p;
  const float best = *std::max_element(p.begin(), p.end());
  float sum = 0;
  for (float& score : p) sum += score = std::exp(score - best);
  for (float& score : p) score /= sum;
  return p;
}

}  // namespace quoth
