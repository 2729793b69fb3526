// Where everybody is mentioned, and who has spoken so far.
//
//   Discourse discourse(tokens, names, clusters);
//   discourse.AddSource(word, referent, 0);
//   discourse.LastPersons(word, 2);   // the two persons named last

#ifndef QUOTH_SERVER_SPEAKERS_DISCOURSE_H_
#define QUOTH_SERVER_SPEAKERS_DISCOURSE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// A referent is looked for over at most so many mentions before a word.
inline constexpr uint32_t kMaxMentionsBack = 48;

struct DiscourseMention {
  uint32_t word = 0;
  int referent = -1;
  bool modifier = false;    // "Trump" of "the Trump campaign".
  bool possessive = false;  // "Trump's"
  bool object = false;      // Behind a preposition.
  bool subject = false;     // The first in its sentence outside quotations that
                            // is none of these.
  bool full = false;        // Of more than one word.
};

// A claim's source, at a word.
struct SourceEvent {
  uint32_t word = 0;
  int referent = -1;
};

class Discourse {
 public:
  // Refers to tokens and clusters, which must outlive it; clusters may grow.
  Discourse(const TokenList& tokens, const std::vector<NameMention>& names,
            const NameClusters& clusters);

  // Says that words from `word` on are the source of a claim by `referent`.
  // `level` is how deep the claim lies in other claims, capped at
  // kMaxLevels - 1.
  static constexpr size_t kMaxLevels = 4;
  void AddSource(uint32_t word, int referent, size_t level);

  // Says beforehand that a claim at `word` names `referent` as its source.
  // Words must not decrease from call to call.
  void AddNamedSource(uint32_t word, int referent);

  // The last `count` sources before `word` in claims of this level, or of any,
  // the last one first.
  std::vector<SourceEvent> LastSources(uint32_t word, size_t level,
                                       size_t count) const;
  std::vector<SourceEvent> LastSources(uint32_t word, size_t count) const;

  // The next `count` named sources behind `word`.
  std::vector<SourceEvent> NextNamedSources(uint32_t word, size_t count) const;

  // The next `count` sources of claims in no other claim, named or not, behind
  // `word`: of those that were added so far.
  std::vector<SourceEvent> NextSources(uint32_t word, size_t count) const;

  // The mentions of a referent, by word; empty for one without a name.
  const std::vector<uint32_t>& MentionsOf(int referent) const;
  // The words at which it was a source, by word.
  const std::vector<uint32_t>& SourcesOf(int referent) const;
  const std::vector<DiscourseMention>& mentions() const { return mentions_; }

  // The persons mentioned last before `word`, the last one first, at most
  // `count` of them, from this sentence and the two before.
  std::vector<int> LastPersons(uint32_t word, size_t count) const;

  // The two organisations or places that "and" alone joined last before `word`
  // ("Iran and the United States"), from this sentence and the two before;
  // empty if there are none.
  std::vector<int> LastJoined(uint32_t word) const;

  // Whether "and" joins two mentions, the first one first: "Jane Doe and Ann
  // Poe".
  bool AreJoined(const DiscourseMention& first,
                 const DiscourseMention& second) const;

  // The subject among the first kMaxMentionsBack names in words [begin, end),
  // -1: none.
  int SubjectBetween(uint32_t begin, uint32_t end) const;

  // The index of the first mention at or behind `word`.
  size_t FirstMentionFrom(uint32_t word) const;

 private:
  const TokenList& tokens_;
  const NameClusters& clusters_;
  std::vector<DiscourseMention> mentions_;                    // By word.
  std::vector<std::vector<uint32_t>> by_referent_;            // Into mentions_.
  std::vector<std::vector<uint32_t>> source_words_;           // By referent.
  std::array<std::vector<SourceEvent>, kMaxLevels> sources_;  // By word each.
  std::vector<SourceEvent> named_sources_;                    // By word.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_DISCOURSE_H_
