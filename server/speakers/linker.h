// Chooses whom a source without a name stands for: candidates.h finds who may
// be meant, link_scorer.h says how likely each is.
//
//   const LinkChoice choice = linker.Choose(query, "the agency", claim);
//   choice.candidate.referent;   // -1: none of those known
//   choice.probability;

#ifndef QUOTH_SERVER_SPEAKERS_LINKER_H_
#define QUOTH_SERVER_SPEAKERS_LINKER_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/speakers/candidates.h"
#include "server/speakers/link_scorer.h"

namespace quoth {

// Sees every choice; for training.
class LinkObserver {
 public:
  virtual ~LinkObserver() = default;
  // `claim` asks; its candidates have these names.
  virtual void OnQuery(int claim, LinkTask task,
                       const std::vector<LinkCandidate>& candidates,
                       const std::vector<std::string>& names) = 0;
};

struct LinkChoice {
  LinkCandidate candidate;
  float probability = 0;
};

class Linker {
 public:
  // Refers to all of them, which must outlive it; `observer` may be null.
  Linker(const LinkWorld& world, const LinkScorer& scorer,
         LinkObserver* observer)
      : world_(world), scorer_(scorer), observer_(observer) {}

  // `own` is what the source is called if it stands for nobody known. `claim`
  // is told to the observer only; -1: it is not.
  LinkChoice Choose(const LinkQuery& query, std::string_view own,
                    int claim) const;

 private:
  const LinkWorld world_;
  const LinkScorer& scorer_;
  LinkObserver* const observer_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_LINKER_H_
