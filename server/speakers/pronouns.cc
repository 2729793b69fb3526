#include "server/speakers/pronouns.h"

#include <algorithm>
#include <cmath>

#include "absl/container/inlined_vector.h"

namespace quoth {
namespace {

// Scores, in no unit; a difference of 1 is worth one sentence.
constexpr float kPerSentence = 1.0f;
constexpr float kPerParagraph = 2.0f;
constexpr float kLastSource = 3.0f;
constexpr float kSource = 0.7f;
constexpr float kSubject = 1.2f;
constexpr float kModifier = -2.0f;
constexpr float kQuoted = -4.0f;
constexpr float kKnownGender = 1.0f;
constexpr float kNameless = -1.3f;
constexpr float kDoubtful = -1.5f;          // A name that may be no person's.
constexpr float kGroup = -0.5f;             // People that are no source.
constexpr float kPerMention = 0.25f;        // Of the logarithm of its mentions.
constexpr float kPerMentionOfTitle = 1.5f;  // The same for "the candidate".
constexpr uint32_t kMaxGroupSentences = 2;
constexpr int kLeastPronouns = 1;  // That make an unknown word a person.
constexpr float kAlone = 8.0f;     // The margin of an only candidate.

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
          !referent.place);
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
  int here = kNobody;  // The only person of this sentence so far.
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.sentence(i) != sentence) {
      // A sentence without a person leaves the last one standing.
      if (here != kNobody) before = here;
      here = kNobody;
      sentence = tokens.sentence(i);
    }
    while (name < names.size() && names[name].begin <= i) {
      const int r = clusters.referent_of[name++];
      if (r < 0 || !MayBePerson(clusters.referents[r])) continue;
      here = here == kNobody || here == r ? r : kSeveral;
    }
    const Gender gender = GenderOfPronoun(tokens[i]);
    if (gender == Gender::kUnknown || tokens.quoted(i)) continue;
    const int meant = here != kNobody ? here : before;
    if (meant < 0) continue;
    ++(gender == Gender::kMale ? clusters.referents[meant].he
                               : clusters.referents[meant].she);
  }
  for (Referent& referent : clusters.referents) {
    // A single pronoun may be somebody else's.
    if (MayBePerson(referent) && referent.he + referent.she >= kLeastPronouns) {
      referent.kind = SpeakerKind::kPerson;
      referent.evidence += referent.he + referent.she;
    }
  }
}

Discourse::Discourse(const TokenList& tokens,
                     const std::vector<NameMention>& names,
                     const std::vector<GroupMention>& groups,
                     const NameClusters& clusters)
    : tokens_(tokens), groups_(groups), clusters_(clusters) {
  names_.reserve(names.size());
  uint32_t subject_sentence = static_cast<uint32_t>(-1);
  for (uint32_t n = 0; n < names.size(); ++n) {
    if (clusters.referent_of[n] < 0) continue;
    const NameMention& m = names[n];
    Mention mention;
    mention.word = m.begin;
    mention.referent = clusters.referent_of[n];
    const uint32_t sentence = tokens.sentence(m.begin);
    const uint32_t front = m.role_begin;
    const bool possessive = tokens[m.end - 1].possessive;
    mention.modifier = !possessive && m.end < tokens.size() &&
                       ((!tokens[m.end].mark && !tokens[m.end].capital &&
                         tokens.sentence(m.end) == sentence &&
                         LookUp(tokens[m.end].folded)
                             .Has(kPersonNoun | kPeopleNoun |
                                  kOrganizationNoun | kDocumentNoun)) ||
                        (tokens[m.end].folded == "-" && tokens[m.end].glued) ||
                        (m.begin > 0 && tokens[m.begin - 1].folded == "-" &&
                         tokens[m.begin].glued));
    const bool object = mention.modifier || possessive ||
                        (front > 0 && tokens.sentence(front - 1) == sentence &&
                         tokens[front - 1].facts.Has(kPreposition));
    if (!tokens.quoted(m.begin) && sentence != subject_sentence && !object) {
      mention.subject = true;
      subject_sentence = sentence;
    }
    names_.push_back(mention);
  }
}

void Discourse::AddSource(uint32_t word, int referent, size_t level) {
  Mention mention;
  mention.word = word;
  mention.referent = referent;
  mention.source = true;
  sources_[std::min(level, kMaxLevels - 1)].push_back(mention);
}

Antecedent Discourse::Find(const Wanted& wanted, uint32_t word,
                           int excluded) const {
  struct Candidate {
    int referent;
    int group;
    float score;
  };
  absl::InlinedVector<Candidate, 16> candidates;
  const uint32_t sentence = tokens_.sentence(word);
  const uint32_t paragraph = tokens_.paragraph(word);
  bool last_source = true;  // The next source that fits is the last.

  // What holds for names and groups alike.
  const auto base = [&](uint32_t at) {
    float score =
        -kPerSentence * static_cast<float>(sentence - tokens_.sentence(at)) -
        kPerParagraph * static_cast<float>(std::min<uint32_t>(
                            4, paragraph - tokens_.paragraph(at)));
    if (tokens_.quoted(at) && !tokens_.quoted(word)) score += kQuoted;
    return score;
  };
  const auto consider = [&](const Mention& m) {
    if (m.referent == excluded) return;
    if (wanted.among != nullptr &&
        std::find(wanted.among->begin(), wanted.among->end(), m.referent) ==
            wanted.among->end()) {
      return;
    }
    const Referent& referent = clusters_.referents[m.referent];
    const bool fits = (wanted.person && referent.IsPerson()) ||
                      (wanted.thing && !referent.IsPerson());
    if (!fits || referent.demonym ||
        (referent.plural ? !wanted.plural : !wanted.singular))
      return;
    const Gender gender = referent.gender();
    float score = base(m.word);
    if (wanted.gender != Gender::kUnknown) {
      if (gender != Gender::kUnknown && gender != wanted.gender) return;
      if (gender == wanted.gender) score += kKnownGender;
    }
    if (m.source) {
      score += last_source ? kLastSource : kSource;
      last_source = false;
    }
    if (m.subject) score += kSubject;
    if (m.modifier) score += kModifier;
    if (referent.kind == SpeakerKind::kUnnamed) score += kNameless;
    if (referent.kind == SpeakerKind::kPerson && referent.evidence < 2 &&
        gender == Gender::kUnknown) {
      score += kDoubtful;
    }
    if (referent.kind == SpeakerKind::kOrganization && !referent.source &&
        (referent.evidence >= 0 || referent.place)) {
      score += kDoubtful;
    }
    score += (wanted.title ? kPerMentionOfTitle : kPerMention) *
             std::log(1.0f + static_cast<float>(referent.total_mentions));
    for (Candidate& candidate : candidates) {
      if (candidate.referent == m.referent) {
        candidate.score = std::max(candidate.score, score);
        return;
      }
    }
    candidates.push_back({m.referent, -1, score});
  };
  const auto scan = [&](const std::vector<Mention>& mentions) {
    auto it = std::lower_bound(
        mentions.begin(), mentions.end(), word,
        [](const Mention& m, uint32_t w) { return m.word < w; });
    for (uint32_t k = 0; k < kMaxMentionsBack && it != mentions.begin(); ++k) {
      --it;
      if (sentence - tokens_.sentence(it->word) > kMaxSentencesBack) break;
      consider(*it);
    }
  };
  for (const std::vector<Mention>& level : sources_) scan(level);
  scan(names_);
  if (wanted.plural) {
    auto it = std::lower_bound(
        groups_.begin(), groups_.end(), word,
        [](const GroupMention& g, uint32_t w) { return g.end <= w; });
    for (uint32_t k = 0; k < kMaxMentionsBack && it != groups_.begin(); ++k) {
      --it;
      if (sentence - tokens_.sentence(it->begin) > kMaxGroupSentences) break;
      candidates.push_back(
          {-1, static_cast<int>(it - groups_.begin()),
           base(it->begin) + kGroup + (it->object ? 0 : kSubject)});
    }
  }

  const Candidate* best = nullptr;
  float second = -1e9f;
  for (const Candidate& candidate : candidates) {
    if (best == nullptr || candidate.score > best->score) {
      if (best != nullptr) second = best->score;
      best = &candidate;
    } else {
      second = std::max(second, candidate.score);
    }
  }
  Antecedent antecedent;
  if (best == nullptr) return antecedent;
  antecedent.margin = std::min(kAlone, best->score - second);
  antecedent.referent = best->referent;
  if (best->group >= 0) antecedent.group = groups_[best->group];
  return antecedent;
}

Antecedent Discourse::Resolve(PronounKind pronoun, uint32_t word,
                              int excluded) const {
  Wanted wanted;
  switch (pronoun) {
    case PronounKind::kHe:
    case PronounKind::kShe:
      wanted.singular = wanted.person = true;
      wanted.gender =
          pronoun == PronounKind::kHe ? Gender::kMale : Gender::kFemale;
      break;
    case PronounKind::kIt:
      wanted.singular = wanted.thing = true;
      break;
    case PronounKind::kThey: {
      wanted.plural = wanted.person = wanted.thing = true;
      const Antecedent plural = Find(wanted, word, excluded);
      if (plural.referent >= 0 || plural.group.has_value()) return plural;
      wanted.singular = true;
      wanted.person = false;
      break;
    }
    default:
      return Antecedent();
  }
  return Find(wanted, word, excluded);
}

Antecedent Discourse::ResolvePerson(Gender gender, uint32_t word,
                                    int excluded) const {
  Wanted wanted;
  wanted.singular = wanted.person = true;
  wanted.gender = gender;
  wanted.title = true;
  return Find(wanted, word, excluded);
}

int Discourse::Choose(const std::vector<int>& persons, uint32_t word) const {
  Wanted wanted;
  wanted.singular = wanted.person = true;
  wanted.among = &persons;
  return Find(wanted, word, -1).referent;
}

std::vector<int> Discourse::LastPersons(uint32_t word, size_t count) const {
  std::vector<int> persons;
  auto it =
      std::lower_bound(names_.begin(), names_.end(), word,
                       [](const Mention& m, uint32_t w) { return m.word < w; });
  for (uint32_t k = 0; k < kMaxMentionsBack && it != names_.begin(); ++k) {
    --it;
    if (tokens_.sentence(word) - tokens_.sentence(it->word) > 2) break;
    const Referent& referent = clusters_.referents[it->referent];
    if (referent.kind != SpeakerKind::kPerson || referent.evidence < 2 ||
        std::find(persons.begin(), persons.end(), it->referent) !=
            persons.end()) {
      continue;
    }
    persons.push_back(it->referent);
    if (persons.size() == count) break;
  }
  return persons;
}

int Discourse::SubjectBetween(uint32_t begin, uint32_t end) const {
  auto it =
      std::lower_bound(names_.begin(), names_.end(), begin,
                       [](const Mention& m, uint32_t w) { return m.word < w; });
  for (; it != names_.end() && it->word < end; ++it) {
    if (it->subject) return it->referent;
  }
  return -1;
}

}  // namespace quoth
