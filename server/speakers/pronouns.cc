#include "server/speakers/pronouns.h"

#include <vector>

namespace quoth {
namespace {

constexpr int kLeastPronouns = 1;      // That make an unknown word a person ...
constexpr int kMentionsAPronoun = 8;   // ... if it has at most so many mentions
                                       // for each.
constexpr int kSureOrganization = -4;  // Evidence that no given name outweighs.

// What a pronoun in words tells of gender.
Gender GenderOfPronoun(const Token& token) {
  switch (token.facts.pronoun) {
    case PronounKind::kHe:
      return Gender::kMale;
    case PronounKind::kShe:
      return Gender::kFemale;
    default:
      return Gender::kUnknown;
  }
}

// A person, or a single word of which nothing is known.
bool MayBePerson(const Referent& referent) {
  return referent.kind == SpeakerKind::kPerson ||
         (referent.kind == SpeakerKind::kOrganization &&
          referent.parts.size() == 1 && referent.evidence >= 0 &&
          !referent.place &&
          !LookUp(referent.parts[0]).Has(kDocumentNoun | kOrganizationNoun));
}

// "thanked him", "thanked her.": an object, not "thanked her mother".
bool IsObject(const TokenList& tokens, uint32_t i) {
  if (tokens[i].folded == "him") return true;
  if (tokens[i].folded != "her") return false;
  const uint32_t next = i + 1;
  return next == tokens.size() || tokens.sentence(next) != tokens.sentence(i) ||
         tokens[next].mark ||
         tokens[next].facts.Has(kPreposition | kDeterminer | kFunctionWord);
}

// Whether a verb and nothing that could begin another clause stands between: an
// object there is not the subject ("Poe thanked her" speaks of two persons;
// principle B of Chomsky, "Lectures on Government and Binding", 1981).
bool SameClause(const TokenList& tokens, uint32_t begin, uint32_t end) {
  constexpr uint32_t kFurthest = 4;
  if (end - begin > kFurthest) return false;
  for (uint32_t i = begin; i < end; ++i) {
    if (tokens[i].mark || tokens[i].facts.pronoun != PronounKind::kNone ||
        tokens[i].facts.Has(kFunctionWord)) {
      return false;
    }
  }
  return begin < end;
}

}  // namespace

void CountPronouns(const TokenList& tokens,
                   const std::vector<NameMention>& names,
                   NameClusters& clusters) {
  constexpr int kNobody = -1;
  constexpr int kSeveral = -2;
  int before = kNobody;  // The only person of the sentence before.
  uint32_t name = 0;
  uint32_t sentence = 0;
  int here = kNobody;   // The only person of this sentence so far ...
  int only = kNobody;   // ... and the only name of any kind.
  uint32_t behind = 0;  // The first word behind that person's last name here.
  std::vector<int> its(clusters.referents.size(), 0);
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.sentence(i) != sentence) {
      // A sentence without a person leaves the last one standing.
      if (here != kNobody) before = here;
      here = only = kNobody;
      sentence = tokens.sentence(i);
    }
    while (name < names.size() && names[name].begin <= i) {
      const uint32_t end = names[name].end;
      const int r = clusters.referent_of[name++];
      if (r >= 0) only = only == kNobody || only == r ? r : kSeveral;
      if (r < 0 || !MayBePerson(clusters.referents[r])) continue;
      here = here == kNobody || here == r ? r : kSeveral;
      behind = end;
    }
    if (tokens[i].folded == "its" && only >= 0 && !tokens.quoted(i)) {
      ++its[only];
    }
    const Gender gender = GenderOfPronoun(tokens[i]);
    if (gender == Gender::kUnknown || tokens.quoted(i)) continue;
    const bool other =
        here != kNobody && IsObject(tokens, i) && SameClause(tokens, behind, i);
    const int meant = here != kNobody && !other ? here : before;
    if (meant < 0) continue;
    ++(gender == Gender::kMale ? clusters.referents[meant].he
                               : clusters.referents[meant].she);
  }
  for (size_t r = 0; r < clusters.referents.size(); ++r) {
    Referent& referent = clusters.referents[r];
    // "Borussia Dortmund cut its losses."
    if (its[r] > 0 && MayBeOrganization(referent)) {
      referent.kind = SpeakerKind::kOrganization;
      referent.evidence = -its[r];
    }
    const int pronouns = referent.he + referent.she;
    // "Walt Disney", whom nothing but his given name makes a person.
    if (referent.kind == SpeakerKind::kPerson && pronouns == 0 &&
        referent.title_gender == Gender::kUnknown && referent.roles.empty() &&
        referent.evidence <= kSureOrganization) {
      referent.kind = SpeakerKind::kOrganization;
    }
    // A single pronoun may be somebody else's.
    const bool enough = pronouns >= kLeastPronouns &&
                        (referent.kind == SpeakerKind::kPerson ||
                         pronouns * kMentionsAPronoun >=
                             static_cast<int>(referent.total_mentions));
    if (MayBePerson(referent) && enough) {
      referent.kind = SpeakerKind::kPerson;
      referent.evidence += pronouns;
    }
  }
}

}  // namespace quoth
