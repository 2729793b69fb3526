#include "server/speakers/linker.h"

#include <algorithm>
#include <cstddef>

namespace quoth {
namespace {

// Below this, a claim without a source is given its best candidate. Not if it
// is reported in the passive: "it is understood" keeps its holder to itself.
constexpr float kSureOfNobody = 0.8f;

// Pronouns that stand for somebody always: "we" and "you" may be anybody.
bool NamesNobody(LinkTask task) {
  return task == LinkTask::kHe || task == LinkTask::kShe ||
         task == LinkTask::kThey || task == LinkTask::kIt;
}

}  // namespace

LinkChoice Linker::Choose(const LinkQuery& query, std::string_view own,
                          int claim) const {
  const std::vector<LinkCandidate> candidates = FindCandidates(world_, query);
  if (observer_ != nullptr && claim >= 0) {
    std::vector<std::string> names;
    for (const LinkCandidate& c : candidates) {
      if (c.referent >= 0) {
        names.push_back(world_.clusters.referents[c.referent].name);
      } else if (c.pair[0] >= 0) {
        names.push_back(world_.clusters.referents[c.pair[0]].name + " and " +
                        world_.clusters.referents[c.pair[1]].name);
      } else if (c.group >= 0) {
        const GroupMention& group = world_.groups[c.group];
        names.push_back(TextOf(world_.tokens, group.begin, group.end));
      } else {
        names.push_back(c.introduction ? query.introduction : std::string(own));
      }
    }
    observer_->OnQuery(claim, query.task, candidates, names);
  }
  const std::vector<float> p = scorer_.Probabilities(candidates);
  std::ptrdiff_t best = std::max_element(p.begin(), p.end()) - p.begin();
  // A claim whose source is not told is somebody's, and "it" is nobody's name:
  // the best guess says more than none, and its confidence says how much.
  if (candidates.size() > 1 &&
      best + 1 == static_cast<std::ptrdiff_t>(candidates.size()) &&
      (NamesNobody(query.task) ||
       (query.task == LinkTask::kNoSource && p[best] < kSureOfNobody &&
        (query.direct || !query.passive)))) {
    best = std::max_element(p.begin(), p.end() - 1) - p.begin();
  }
  return {candidates[best], p[best]};
}

}  // namespace quoth
