#include "server/claims/contest.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace quoth {
namespace {

// Claims of equal strength share a word.
constexpr float kTie = 1e-9f;

using Strengths = absl::Span<const std::vector<float>>;

// Adds `delta` to the number of rivals that beat claim `k`, at every word
// where claim `rival` does.
void CountBeaten(const std::vector<float>& own, const std::vector<float>& rival,
                 uint16_t delta, std::vector<uint16_t>& beaten) {
  for (size_t j = 0; j < own.size(); ++j) {
    beaten[j] += rival[j] > own[j] + kTie ? delta : 0;
  }
}

float KeptShare(const std::vector<float>& own,
                const std::vector<uint16_t>& beaten) {
  int claimed = 0, kept = 0;
  for (size_t j = 0; j < own.size(); ++j) {
    claimed += own[j] > 0;
    kept += own[j] > 0 && beaten[j] == 0;
  }
  return claimed == 0 ? 1.0f : static_cast<float>(kept) / claimed;
}

}  // namespace

Contest SettleContest(Strengths strength, const Nesting& nesting,
                      float keep_share) {
  const size_t n = strength.size();
  const size_t words = n == 0 ? 0 : strength[0].size();
  Contest contest;
  for (size_t k = 0; k < n; ++k) contest.remaining.push_back(k);

  std::vector<std::vector<uint16_t>> beaten(n, std::vector<uint16_t>(words, 0));
  for (size_t k = 0; k < n; ++k) {
    for (size_t rival = 0; rival < n; ++rival) {
      if (rival == k || nesting.Related(k, rival)) continue;
      CountBeaten(strength[k], strength[rival], 1, beaten[k]);
    }
  }
  while (!contest.remaining.empty()) {
    size_t least = 0;
    float least_share = 2;
    for (size_t i = 0; i < contest.remaining.size(); ++i) {
      const size_t k = contest.remaining[i];
      const float share = KeptShare(strength[k], beaten[k]);
      if (share < least_share) least_share = share, least = i;
    }
    if (least_share >= keep_share) break;
    const size_t removed = contest.remaining[least];
    contest.remaining.erase(contest.remaining.begin() + least);
    for (size_t k : contest.remaining) {
      if (nesting.Related(k, removed)) continue;
      CountBeaten(strength[k], strength[removed], static_cast<uint16_t>(-1),
                  beaten[k]);
    }
  }

  contest.strongest.assign(words, 0.0f);
  contest.owns.assign(n, std::vector<uint8_t>(words, 0));
  for (size_t k : contest.remaining) {
    for (size_t j = 0; j < words; ++j) {
      contest.strongest[j] = std::max(contest.strongest[j], strength[k][j]);
      contest.owns[k][j] = strength[k][j] > 0 && beaten[k][j] == 0;
    }
  }
  return contest;
}

}  // namespace quoth
