// The learned part of the speaker layer: scores the candidates for a source
// (candidates.h).
//
//   std::vector<float> p = LinkScorer::Shipped().Probabilities(candidates);
//   // {0.91, 0.06, 0.03}: one a candidate, their sum is 1
//
// One hidden layer of rectified units beside a direct linear term, and a
// softmax over the candidates of a query: a mention-ranking model as in
// Denis and Baldridge, "Specialized models and ranking for coreference
// resolution" (EMNLP 2008), with the net of Wiseman et al. (ACL 2015) in small.
// The units are those of three nets that were trained apart: the mean of their
// scores.
// The weights are link_weights.inc, made by tools/train/speakers.py.

#ifndef QUOTH_SERVER_SPEAKERS_LINK_SCORER_H_
#define QUOTH_SERVER_SPEAKERS_LINK_SCORER_H_

#include <vector>

#include "server/speakers/candidates.h"

namespace quoth {

inline constexpr size_t kLinkHidden = 60;
// Of the linear term, of the hidden layer feature by feature, of its biases
// and of the output.
inline constexpr size_t kLinkWeights =
    kLinkFeatures + kLinkFeatures * kLinkHidden + 2 * kLinkHidden;

class LinkScorer {
 public:
  // Requires kLinkWeights numbers, in the order of their declaration.
  explicit LinkScorer(std::vector<float> weights);

  // With the weights of this build.
  static const LinkScorer& Shipped();

  // How likely each candidate is meant. Empty for no candidates.
  std::vector<float> Probabilities(
      const std::vector<LinkCandidate>& candidates) const;

 private:
  float Score(const LinkCandidate& candidate) const;

  std::vector<float> weights_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_LINK_SCORER_H_
