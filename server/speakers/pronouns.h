// Whom a pronoun stands for, by plain rules over what was mentioned before it.
//
//   Discourse discourse(tokens, names, clusters);
//   Antecedent a = discourse.Resolve(PronounKind::kShe, word, -1);
//   clusters.referents[a.referent].name;   // "Angela Merkel"
//
// Every mention in the sentences before gets a score: near is better than
// far, the source of the last claim better than a bystander, the subject of a
// sentence better than its objects, a known gender better than an unknown one;
// a wrong gender is out. The weights are in pronouns.cc and were set on
// articles with known speakers.

#ifndef QUOTH_SERVER_SPEAKERS_PRONOUNS_H_
#define QUOTH_SERVER_SPEAKERS_PRONOUNS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/groups.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Counts "he" and "she" for the referents that alone can be meant: the only
// person named in its sentence, or else in the sentence before. Fills
// Referent::he and she. One linear pass.
void CountPronouns(const TokenList& tokens,
                   const std::vector<NameMention>& names,
                   NameClusters& clusters);

struct Antecedent {
  int referent = -1;
  std::optional<GroupMention> group;  // Instead of a referent: "they".
  float margin = 0;  // By how much it beat the next; large if it was alone.
};

// A pronoun looks back over at most this many sentences and mentions.
inline constexpr uint32_t kMaxSentencesBack = 8;
inline constexpr uint32_t kMaxMentionsBack = 48;

class Discourse {
 public:
  // Refers to tokens, groups and clusters, which must outlive it; clusters may
  // grow.
  Discourse(const TokenList& tokens, const std::vector<NameMention>& names,
            const std::vector<GroupMention>& groups,
            const NameClusters& clusters);

  // Says that words from `word` on are the source of a claim by `referent`.
  // Within one level (how deep the claim lies in other claims, capped at
  // kMaxLevels - 1), words must not decrease from call to call.
  static constexpr size_t kMaxLevels = 4;
  void AddSource(uint32_t word, int referent, size_t level);

  // `excluded` is a referent that cannot be meant (the speaker of a quotation
  // that holds the pronoun), -1: none. Referent -1 if nobody fits.
  Antecedent Resolve(PronounKind pronoun, uint32_t word, int excluded) const;

  // The nearest person that alone or best fits a description of no known
  // gender ("the senator"), by the same scores.
  Antecedent ResolvePerson(Gender gender, uint32_t word, int excluded) const;

  // The best of these persons by the same scores, -1 if none was mentioned in
  // the sentences before.
  int Choose(const std::vector<int>& persons, uint32_t word) const;

  // The persons mentioned last before `word`, the last one first, at most
  // `count` of them, from this sentence and the two before.
  std::vector<int> LastPersons(uint32_t word, size_t count) const;

  // The subject among the names in words [begin, end), -1: none.
  int SubjectBetween(uint32_t begin, uint32_t end) const;

 private:
  struct Mention {
    uint32_t word = 0;
    int referent = -1;
    bool source = false;
    bool modifier = false;  // "Trump" of "the Trump campaign".
    bool subject = false;   // The first in its sentence outside quotations that
                            // is not possessive nor behind a preposition.
  };
  struct Wanted {
    bool singular = false, plural = false, person = false, thing = false;
    Gender gender = Gender::kUnknown;
    bool title = false;  // "the candidate": more likely a main figure.
    const std::vector<int>* among = nullptr;  // Null: anybody.
  };

  Antecedent Find(const Wanted& wanted, uint32_t word, int excluded) const;

  const TokenList& tokens_;
  const std::vector<GroupMention>& groups_;
  const NameClusters& clusters_;
  std::vector<Mention> names_;                            // By word.
  std::array<std::vector<Mention>, kMaxLevels> sources_;  // By word each.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_PRONOUNS_H_
