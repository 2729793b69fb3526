#include "server/speakers/sources.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/relatives.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

// How often each way of finding a speaker is right; measured on articles with
// known speakers.
constexpr float kFullNameConfidence = 0.98f;
constexpr float kShortNameConfidence = 0.96f;
constexpr float kOwnPhraseConfidence = 0.82f;
constexpr float kFirstPersonConfidence = 0.93f;
constexpr float kIntroductionConfidence = 0.68f;
constexpr float kRelativeConfidence = 0.7f;
constexpr float kGuessConfidence = 0.6f;
constexpr float kNobodyConfidence = 0.25f;  // "you", "we" as they stand.

// Evidence of a name that is a person's without doubt (mentions.cc).
constexpr int kSurePerson = 3;

// Families are looked for among so many referents.
constexpr size_t kMaxFamily = 256;

std::string_view PronounText(PronounKind kind) {
  switch (kind) {
    case PronounKind::kHe:
      return "he";
    case PronounKind::kShe:
      return "she";
    case PronounKind::kThey:
      return "they";
    case PronounKind::kIt:
      return "it";
    default:
      return "";
  }
}

float PronounConfidence(float margin) {
  return std::clamp(0.5f + 0.14f * margin, 0.5f, 0.92f);
}

}  // namespace

SourceResolver::SourceResolver(const TokenList& tokens,
                               const std::vector<NameMention>& names,
                               NameClusters& clusters, Discourse& discourse)
    : tokens_(tokens),
      names_(names),
      clusters_(clusters),
      discourse_(discourse) {}

SourceLink SourceResolver::Resolve(const SourcePhrase& phrase,
                                   const SourceContext& context) {
  switch (phrase.form) {
    case PhraseForm::kPronoun:
      return ResolvePronoun(phrase, context);
    case PhraseForm::kRelative:
      return ResolveRelative(phrase, context);
    case PhraseForm::kName:
      return ResolveName(phrase);
    case PhraseForm::kDescription:
      return ResolveDescription(phrase, context);
    case PhraseForm::kEmpty:
      break;
  }
  return SourceLink();
}

SourceLink SourceResolver::ResolvePronoun(const SourcePhrase& phrase,
                                          const SourceContext& context) {
  const PronounKind pronoun = phrase.pronoun;
  SourceLink link;
  if (pronoun == PronounKind::kI || pronoun == PronounKind::kWe) {
    // "I" inside a claim is who makes the claim.
    link.referent = context.first_person;
    link.confidence = kFirstPersonConfidence * context.first_person_confidence;
  } else {
    const Antecedent antecedent =
        discourse_.Resolve(pronoun, phrase.begin, context.excluded);
    link.confidence = PronounConfidence(antecedent.margin);
    if (antecedent.group.has_value()) {
      const GroupMention& group = *antecedent.group;
      link.referent = Unnamed(phrase, SpeakerKind::kUnnamed,
                              TextOf(tokens_, group.begin, group.end), true);
      const std::string_view head = tokens_[group.end - 1].folded;
      At(link.referent).head = {head, NounGroups(head)};
    } else {
      link.referent = antecedent.referent;
    }
    if (link.referent >= 0 && At(link.referent).pronoun.empty()) {
      At(link.referent).pronoun = PronounText(pronoun);
    }
  }
  if (link.referent >= 0) {
    // "he and Brafman".
    std::vector<int> members = {link.referent};
    for (const NameMention& name : phrase.names) {
      const int r = ReferentOf(name);
      if (r != members[0]) members.push_back(r);
    }
    if (members.size() > 1) {
      link.referent = Joint(members, "", phrase.begin);
    }
    return link;
  }
  // Nobody known: "he" tells nothing, but "you" and "we" do a little.
  if (pronoun == PronounKind::kHe || pronoun == PronounKind::kShe) return link;
  return {Unnamed(phrase, SpeakerKind::kUnnamed,
                  TextOf(tokens_, phrase.begin, phrase.end), true),
          kNobodyConfidence};
}

// "who said" is the noun phrase in front.
SourceLink SourceResolver::ResolveRelative(const SourcePhrase& phrase,
                                           const SourceContext& context) {
  const Antecedents words = FindAntecedent(tokens_, names_, phrase.begin);
  if (words.begin >= words.end) return SourceLink();
  const SourcePhrase antecedent = ParsePhrase(
      tokens_, names_,
      {tokens_[words.begin].span.begin, tokens_[words.end - 1].span.end});
  if (antecedent.form == PhraseForm::kRelative) return SourceLink();
  SourceLink link = Resolve(antecedent, context);
  link.confidence *= kRelativeConfidence;
  link.may_be_named_later = false;
  return link;
}

SourceLink SourceResolver::ResolveName(const SourcePhrase& phrase) {
  std::vector<int> members;
  if (phrase.names.size() == 1) members = Family(phrase.names[0]);
  const bool family = !members.empty();
  for (const NameMention& name : phrase.names) {
    if (family) break;
    const int r = ReferentOf(name);
    if (std::find(members.begin(), members.end(), r) == members.end()) {
      members.push_back(r);
    }
  }
  std::string others;
  if (phrase.others_begin < phrase.others_end) {
    others = TextOf(tokens_, phrase.others_begin, phrase.others_end);
  }
  if (members.size() == 1 && others.empty()) {
    AddDescription(tokens_, phrase, At(members[0]));
    return {members[0], phrase.names[0].parts.size() > 1
                            ? kFullNameConfidence
                            : kShortNameConfidence};
  }
  return {Joint(members, others, phrase.begin), kShortNameConfidence};
}

// "the Clintons": all persons of that surname; empty if there are not two.
std::vector<int> SourceResolver::Family(const NameMention& name) const {
  std::vector<int> members;
  const std::string_view plural = name.parts[0];
  if (!name.definite || name.parts.size() != 1 || plural.size() < 4 ||
      plural.back() != 's' ||
      !clusters_.by_name.contains(
          std::string(plural.substr(0, plural.size() - 1)))) {
    return members;
  }
  const std::string_view surname = plural.substr(0, plural.size() - 1);
  const size_t most = std::min(clusters_.referents.size(), kMaxFamily);
  for (size_t r = 0; r < most; ++r) {
    const Referent& referent = clusters_.referents[r];
    if (referent.kind == SpeakerKind::kPerson && referent.parts.size() > 1 &&
        referent.parts.back() == surname) {
      members.push_back(static_cast<int>(r));
    }
  }
  if (members.size() < 2 || members.size() > 4) members.clear();
  return members;
}

// The referent of a name in a source; a new one for a weak name that only the
// claim shows to be one.
int SourceResolver::ReferentOf(const NameMention& name) {
  const uint32_t n = NameAt(names_, name.begin);
  const bool whole = n < names_.size() && names_[n].begin == name.begin &&
                     names_[n].end == name.end;
  if (whole && clusters_.referent_of[n] >= 0) {
    const int known = clusters_.referent_of[n];
    // "Paris said": Jeremy Paris, if the text has one.
    if (!At(known).place || name.parts.size() != 1) return known;
    auto person = clusters_.by_surname.find(std::string(name.parts[0]));
    const bool sure = person != clusters_.by_surname.end() &&
                      At(person->second).evidence >= kSurePerson;
    return sure ? person->second : known;
  }
  int r = FindByName(clusters_, name.parts);
  if (r < 0 && n < names_.size() && names_[n].begin < name.end) {
    r = clusters_.referent_of[n];
  }
  if (r < 0) r = AddReferent(tokens_, name, clusters_);
  if (whole) clusters_.referent_of[n] = r;
  return r;
}

// "Trump and Sanders", "Mr. Xi and other leaders" speak as one.
int SourceResolver::Joint(const std::vector<int>& members,
                          std::string_view others, uint32_t word) {
  std::string name;
  bool persons = true;
  for (size_t k = 0; k < members.size(); ++k) {
    const bool last = k + 1 == members.size() && others.empty();
    if (k > 0) name += last ? " and " : ", ";
    name += At(members[k]).name;
    persons = persons && At(members[k]).kind == SpeakerKind::kPerson;
  }
  if (!others.empty()) {
    name += " and ";
    name += others;
  }
  auto [it, inserted] = by_text_.try_emplace(name, -1);
  if (inserted) {
    Referent referent;
    referent.kind = persons ? SpeakerKind::kPerson : SpeakerKind::kOrganization;
    referent.name = name;
    referent.plural = true;
    referent.first = word;
    it->second = static_cast<int>(clusters_.referents.size());
    clusters_.referents.push_back(std::move(referent));
  }
  ++At(it->second).total_mentions;
  return it->second;
}

// "the two", "the pair": the two persons last spoken of.
SourceLink SourceResolver::ResolvePair(const SourcePhrase& phrase) {
  const std::vector<int> pair = discourse_.LastPersons(phrase.begin, 2);
  if (pair.empty()) return SourceLink();
  if (pair.size() == 1) return {pair[0], kGuessConfidence};
  return {Joint({pair[1], pair[0]}, "", phrase.begin), kGuessConfidence};
}

SourceLink SourceResolver::ResolveDescription(const SourcePhrase& phrase,
                                              const SourceContext& context) {
  const int excluded = context.excluded;
  const WordFacts& head = phrase.head_facts;
  const SpeakerKind kind = KindOfHead(head);
  const bool person = head.Has(kPersonNoun);
  const bool plural =
      !person && (head.Has(kPeopleNoun) ||
                  (head.Has(kPluralNoun) && kind == SpeakerKind::kDocument));
  // "his campaign": whose?
  std::string_view owner;
  std::string owned;
  const PronounKind possessive = tokens_[phrase.begin].facts.pronoun;
  if (kind == SpeakerKind::kOrganization &&
      (possessive == PronounKind::kHe || possessive == PronounKind::kShe)) {
    const Antecedent antecedent =
        discourse_.Resolve(possessive, phrase.begin, excluded);
    if (antecedent.referent >= 0 && !At(antecedent.referent).parts.empty()) {
      const Referent& referent = At(antecedent.referent);
      owner = ParsePersonName(referent.parts).surname;
      owned = referent.name + "\u2019s " +
              TextOf(tokens_, phrase.begin + 1, phrase.description_end);
    }
  }
  const std::string_view last = tokens_[phrase.head].folded;
  if (phrase.description_end - phrase.description_begin <= 2 &&
      (last == "two" || last == "both" || last == "pair" || last == "duo" ||
       (tokens_[phrase.begin].folded == "both" && head.Has(kPeopleNoun)))) {
    const SourceLink pair = ResolvePair(phrase);
    if (pair.referent >= 0) return pair;
  }
  const bool indefinite_pronoun = head.Has(kIndefinite);
  const bool known =
      (phrase.definite || (phrase.bare && !plural)) && !indefinite_pronoun;
  if (known && owner.empty()) {
    const DescriptionMatch match = MatchDescription(tokens_, phrase, clusters_);
    int referent = match.referent;
    if (match.candidates.size() > 1) {
      const int chosen = discourse_.Choose(match.candidates, phrase.begin);
      if (chosen >= 0) referent = chosen;
    }
    if (referent >= 0 && referent != excluded) {
      AddDescription(tokens_, phrase, At(referent));
      return {referent, match.confidence};
    }
  }
  if (known && !person) {
    const std::string introduction = FindIntroduction(tokens_, phrase, owner);
    if (!introduction.empty()) {
      return {Unnamed(phrase, kind, introduction, plural),
              kIntroductionConfidence};
    }
  }
  if (known && person && head.Has(kStation) && IsPlain(phrase)) {
    const Antecedent antecedent =
        discourse_.ResolvePerson(head.gender, phrase.begin, excluded);
    if (antecedent.referent >= 0) {
      return {antecedent.referent, kGuessConfidence};
    }
  }
  const std::string text =
      owned.empty()
          ? TextOf(tokens_, phrase.description_begin, phrase.description_end)
          : owned;
  return {Unnamed(phrase, kind, text, plural), kOwnPhraseConfidence,
          person && !head.Has(kIndefinite | kAnonymous)};
}

// Whether a description says who one is and not whose or of what: "the
// Republican candidate", but not "Sanders' manager" or "the head of the
// committee".
bool SourceResolver::IsPlain(const SourcePhrase& phrase) const {
  if (tokens_[phrase.begin].facts.Has(kPossessive)) return false;
  for (uint32_t i = phrase.description_begin; i < phrase.description_end; ++i) {
    if (tokens_[i].possessive || tokens_[i].folded == "of") return false;
  }
  return phrase.description_end - phrase.description_begin <= 6;
}

// A referent for a source without a name. What reads the same is the same,
// unless it is brought in as new ("an official", "another official").
int SourceResolver::Unnamed(const SourcePhrase& phrase, SpeakerKind kind,
                            const std::string& name, bool plural) {
  const std::string key = absl::AsciiStrToLower(name);
  auto [it, inserted] = by_text_.try_emplace(key, -1);
  if (inserted || (phrase.indefinite && !plural)) {
    Referent referent;
    referent.kind = kind;
    referent.name = name;
    referent.plural = plural;
    referent.first = phrase.begin;
    if (phrase.form == PhraseForm::kDescription) {
      const std::string_view head = tokens_[phrase.head].folded;
      referent.head = {head, NounGroups(head)};
      referent.title_gender = phrase.head_facts.gender;
      for (uint32_t w = phrase.description_begin; w < phrase.description_end;
           ++w) {
        if (!tokens_[w].mark) AddRoleWord(tokens_[w].folded, referent);
      }
    }
    it->second = static_cast<int>(clusters_.referents.size());
    clusters_.referents.push_back(std::move(referent));
  }
  ++At(it->second).total_mentions;
  return it->second;
}

}  // namespace quoth
