#include "server/speakers/link_scorer.h"

#include <cmath>
#include <numeric>
#include <vector>

#include "gtest/gtest.h"

namespace quoth {
namespace {

// Two candidates that differ in the first two features.
std::vector<LinkCandidate> TwoCandidates() {
  std::vector<LinkCandidate> candidates(2);
  candidates[0].features[0] = 1;
  candidates[1].features[1] = 1;
  return candidates;
}

TEST(LinkScorerTest, WithoutWeightsAllAreAlike) {
  const LinkScorer scorer(std::vector<float>(kLinkWeights, 0.0f));
  for (const float p : scorer.Probabilities(TwoCandidates())) {
    EXPECT_FLOAT_EQ(p, 0.5f);
  }
}

TEST(LinkScorerTest, LinearTerm) {
  std::vector<float> weights(kLinkWeights, 0.0f);
  weights[0] = std::log(3.0f);
  const std::vector<float> p =
      LinkScorer(weights).Probabilities(TwoCandidates());
  ASSERT_EQ(p.size(), 2u);
  EXPECT_NEAR(p[0], 0.75f, 1e-6f);
  EXPECT_NEAR(p[1], 0.25f, 1e-6f);
}

TEST(LinkScorerTest, HiddenUnitsAreRectified) {
  std::vector<float> weights(kLinkWeights, 0.0f);
  float* const hidden = weights.data() + kLinkFeatures;
  float* const output = hidden + kLinkFeatures * kLinkHidden + kLinkHidden;
  hidden[0 * kLinkHidden + 2] = -5;              // Feature 0, unit 2: never on.
  hidden[1 * kLinkHidden + 2] = std::log(3.0f);  // Feature 1, unit 2.
  output[2] = 1;
  const std::vector<float> p =
      LinkScorer(weights).Probabilities(TwoCandidates());
  ASSERT_EQ(p.size(), 2u);
  EXPECT_NEAR(p[0], 0.25f, 1e-6f);
  EXPECT_NEAR(p[1], 0.75f, 1e-6f);
}

TEST(LinkScorerTest, LargeScoresDoNotOverflow) {
  std::vector<float> weights(kLinkWeights, 0.0f);
  weights[0] = 1e4f;
  const std::vector<float> p =
      LinkScorer(weights).Probabilities(TwoCandidates());
  ASSERT_EQ(p.size(), 2u);
  EXPECT_FLOAT_EQ(p[0], 1);
  EXPECT_FLOAT_EQ(p[1], 0);
}

TEST(LinkScorerTest, ShippedWeightsGiveProbabilities) {
  EXPECT_TRUE(LinkScorer::Shipped().Probabilities({}).empty());
  const std::vector<float> p =
      LinkScorer::Shipped().Probabilities(TwoCandidates());
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0f), 1, 1e-5f);
}

}  // namespace
}  // namespace quoth
