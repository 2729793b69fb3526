#include "server/speakers/sources.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/introduced.h"
#include "server/speakers/relatives.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

// How often each way of finding a speaker is right; measured on articles with
// known speakers.
constexpr float kFullNameConfidence = 0.98f;
constexpr float kShortNameConfidence = 0.96f;
constexpr float kRelativeConfidence = 0.7f;
constexpr float kGuessConfidence = 0.6f;
constexpr float kNobodyConfidence = 0.25f;  // "you", "we" as they stand.

// Evidence of a name that is a person's without doubt (mentions.cc).
constexpr int kSurePerson = 3;

// So many at most speak as one, where a pronoun stands for some of them.
constexpr size_t kMaxMembers = 8;

// The longest name that is made of others. Any "word" may be a name, and stand
// in many such names.
constexpr size_t kMaxMadeName = 512;

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

std::optional<LinkTask> TaskOf(PronounKind kind) {
  switch (kind) {
    case PronounKind::kHe:
      return LinkTask::kHe;
    case PronounKind::kShe:
      return LinkTask::kShe;
    case PronounKind::kThey:
      return LinkTask::kThey;
    case PronounKind::kIt:
      return LinkTask::kIt;
    case PronounKind::kI:
      return LinkTask::kI;
    case PronounKind::kWe:
      return LinkTask::kWe;
    default:
      return std::nullopt;
  }
}

LinkTask TaskOfHead(const WordFacts& head) {
  if (head.Has(kPersonNoun)) return LinkTask::kPerson;
  if (head.Has(kPeopleNoun)) return LinkTask::kPeople;
  return head.Has(kOrganizationNoun) ? LinkTask::kOrganization
                                     : LinkTask::kDocument;
}

// "Q: ..." and "A: ..." of an interview.
bool IsTurn(const TokenList& tokens, const SourcePhrase& phrase,
            std::string_view letter) {
  return phrase.end == phrase.begin + 1 && phrase.end < tokens.size() &&
         tokens[phrase.begin].capital &&
         tokens[phrase.begin].folded == letter &&
         tokens[phrase.end].folded == ":";
}

}  // namespace

SourceResolver::SourceResolver(const TokenList& tokens,
                               const std::vector<NameMention>& names,
                               const std::vector<GroupMention>& groups,
                               const Discourse& discourse, const Linker& linker,
                               NameClusters& clusters)
    : tokens_(tokens),
      names_(names),
      groups_(groups),
      discourse_(discourse),
      linker_(linker),
      clusters_(clusters) {}

SourceLink SourceResolver::Resolve(const SourcePhrase& phrase,
                                   const SourceContext& context) {
  const bool answers = IsTurn(tokens_, phrase, "a");
  if (answers || IsTurn(tokens_, phrase, "q")) {
    // What stands before the first turn is the lead.
    const int r = Interviewee(phrase.begin);
    return answers && r >= 0 ? SourceLink{r, kGuessConfidence} : SourceLink();
  }
  switch (phrase.form) {
    case PhraseForm::kPronoun:
      return ResolvePronoun(phrase, context);
    case PhraseForm::kRelative:
      return ResolveRelative(phrase, context);
    case PhraseForm::kName:
      return ResolveName(phrase, context);
    case PhraseForm::kDescription:
      return ResolveDescription(phrase, context);
    case PhraseForm::kEmpty:
      break;
  }
  return SourceLink();
}

LinkQuery SourceResolver::QueryFor(const SourcePhrase& phrase,
                                   const SourceContext& context) const {
  LinkQuery query;
  query.begin = phrase.begin;
  query.end = phrase.end;
  query.excluded = context.excluded;
  query.enclosing = context.enclosing;
  query.author = context.author;
  query.level = context.level;
  query.direct = context.direct;
  query.possessive = tokens_[phrase.begin].facts.Has(kPossessive);
  return query;
}

SourceLink SourceResolver::ResolvePronoun(const SourcePhrase& phrase,
                                          const SourceContext& context) {
  const std::optional<LinkTask> task = TaskOf(phrase.pronoun);
  const std::string own = TextOf(tokens_, phrase.begin, phrase.end);
  SourceLink link;
  const int introduced = Introduced(phrase);
  if (tokens_[phrase.begin].folded == "both") {
    link = ResolvePair(phrase);
  } else if (introduced >= 0) {
    link = {introduced, kGuessConfidence};
  } else if (task.has_value()) {
    LinkQuery query = QueryFor(phrase, context);
    query.task = *task;
    const LinkChoice choice = linker_.Choose(query, own, context.claim);
    link.referent = choice.candidate.referent;
    link.confidence = choice.probability;
    if (choice.candidate.group >= 0) {
      const GroupMention& group = groups_[choice.candidate.group];
      link.referent = Group(phrase, group);
    } else if (choice.candidate.pair[0] >= 0) {
      const std::array<int, 2>& pair = choice.candidate.pair;
      link.referent = Joint({pair[0], pair[1]}, "", phrase.begin);
    }
    if (phrase.pronoun == PronounKind::kIt) SetOrganization(link.referent);
    if (link.referent >= 0 && At(link.referent).pronoun.empty()) {
      At(link.referent).pronoun = PronounText(phrase.pronoun);
    }
  }
  if (link.referent >= 0) {
    // "he and Brafman". "They and Brafman" are no more if he is one of them.
    std::vector<int> members = {link.referent};
    if (const auto joint = members_.find(link.referent);
        joint != members_.end()) {
      members = joint->second;
    }
    const size_t known = members.size();
    for (const NameMention& name : phrase.names) {
      const int r = ReferentOf(name);
      if (!absl::c_linear_search(members, r)) members.push_back(r);
    }
    if (members.size() > known && members.size() <= kMaxMembers) {
      link.referent = Joint(members, "", phrase.begin);
    }
    return link;
  }
  // Nobody known: "he" tells nothing, but "you" and "we" do a little.
  if (phrase.pronoun == PronounKind::kHe ||
      phrase.pronoun == PronounKind::kShe) {
    return link;
  }
  return {Unnamed(phrase, SpeakerKind::kUnnamed, own, true), kNobodyConfidence};
}

// "A woman wrote a letter. She said": the woman; -1 if there is none.
int SourceResolver::Introduced(const SourcePhrase& phrase) {
  if (phrase.pronoun != PronounKind::kHe &&
      phrase.pronoun != PronounKind::kShe) {
    return -1;
  }
  const SourcePhrase found = FindIntroduced(
      tokens_, names_, clusters_, phrase.begin,
      phrase.pronoun == PronounKind::kHe ? Gender::kMale : Gender::kFemale);
  if (found.form == PhraseForm::kEmpty) return -1;
  // She has spoken already, if she is among the last.
  constexpr size_t kLast = 64;
  const size_t count = clusters_.referents.size();
  for (size_t r = count; r-- > count - std::min(count, kLast);) {
    const Referent& referent = clusters_.referents[r];
    if (!referent.parts.empty()) break;
    if (referent.first == found.begin) return static_cast<int>(r);
  }
  return Unnamed(
      found, SpeakerKind::kUnnamed,
      TextOf(tokens_, found.description_begin, found.description_end), false);
}

// Who answers in an interview: the person whom its lead names most often, who
// is mostly the only one. -1 if it names none.
int SourceResolver::Interviewee(uint32_t word) {
  if (!interviewee_.has_value()) {
    absl::flat_hash_map<int, int> times;
    interviewee_ = -1;
    for (const DiscourseMention& m : discourse_.mentions()) {
      if (m.word >= word) break;
      const Referent& referent = At(m.referent);
      if (referent.kind != SpeakerKind::kPerson || referent.plural) continue;
      const int count = ++times[m.referent];
      if (*interviewee_ < 0 || count > times[*interviewee_]) {
        interviewee_ = m.referent;
      }
    }
  }
  return *interviewee_;
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
  // "Those" alone are nobody: "those who fear it".
  if (words.end - words.begin == 1 && tokens_[words.begin].folded == "those") {
    uint32_t end = phrase.end;
    while (end < tokens_.size() && !tokens_[end].mark && end - phrase.end < 8) {
      ++end;
    }
    return {Unnamed(antecedent, SpeakerKind::kUnnamed,
                    TextOf(tokens_, words.begin, end), true),
            kGuessConfidence};
  }
  SourceLink link = Resolve(antecedent, context);
  link.confidence *= kRelativeConfidence;
  link.may_be_named_later = false;
  return link;
}

SourceLink SourceResolver::ResolveName(const SourcePhrase& phrase,
                                       const SourceContext& context) {
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
    float confidence = phrase.names[0].parts.size() > 1 ? kFullNameConfidence
                                                        : kShortNameConfidence;
    const int r = ChooseNamesake(phrase, context, members[0], confidence);
    AddDescription(tokens_, phrase, At(r));
    return {r, confidence};
  }
  return {Joint(members, others, phrase.begin), kShortNameConfidence};
}

// The persons whose surname a bare name is.
std::vector<int> SourceResolver::Namesakes(const NameMention& name) const {
  std::vector<int> namesakes;
  if (name.parts.size() != 1) return namesakes;
  const size_t most = std::min(clusters_.referents.size(), kMaxFamily);
  for (size_t r = 0; r < most; ++r) {
    const Referent& referent = clusters_.referents[r];
    if (referent.kind != SpeakerKind::kPerson || referent.parts.size() < 2 ||
        ParsePersonName(referent.parts).surname != name.parts[0]) {
      continue;
    }
    namesakes.push_back(static_cast<int>(r));
  }
  return namesakes;
}

// Which of several Clintons a bare "Clinton" means here; `known` is whom it
// means as a rule, and stays if there is only one.
int SourceResolver::ChooseNamesake(const SourcePhrase& phrase,
                                   const SourceContext& context, int known,
                                   float& probability) {
  const NameMention& name = phrase.names[0];
  const std::vector<int> namesakes = Namesakes(name);
  if (namesakes.size() < 2) return known;
  LinkQuery query = QueryFor(phrase, context);
  query.task = LinkTask::kSurname;
  query.among = &namesakes;
  query.gender = name.gender;
  const LinkChoice choice = linker_.Choose(
      query, TextOf(tokens_, name.begin, name.end), context.claim);
  const int r = choice.candidate.referent;
  if (r < 0) return known;
  probability = std::min(probability, choice.probability);
  if (r != known) {
    // The mention is no longer the other one's.
    taken_back_.push_back({known, tokens_.SpanOf(name.begin, name.end),
                           At(known).mentions.size()});
  }
  return r;
}

void SourceResolver::TakeBackMentions() {
  // For each referent, behind which of its mentions a span is its own again.
  absl::flat_hash_map<int, absl::flat_hash_map<uint64_t, size_t>> taken;
  const auto key = [](Span span) {
    return uint64_t{span.begin} << 32 | span.end;
  };
  for (const TakenBack& t : taken_back_) {
    size_t& before = taken[t.referent][key(t.mention)];
    before = std::max(before, t.before);
  }
  taken_back_.clear();
  for (const auto& [referent, spans] : taken) {
    std::vector<Span>& mentions = At(referent).mentions;
    size_t kept = 0;
    for (size_t i = 0; i < mentions.size(); ++i) {
      const auto it = spans.find(key(mentions[i]));
      if (it == spans.end() || i >= it->second) mentions[kept++] = mentions[i];
    }
    mentions.resize(kept);
  }
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

// "Trump and Sanders", "Mr. Xi and other leaders" speak as one. The first of
// them for all if the name would be too long.
int SourceResolver::Joint(const std::vector<int>& members,
                          std::string_view others, uint32_t word) {
  std::string name;
  const bool persons =
      !members.empty() && At(members[0]).kind == SpeakerKind::kPerson;
  for (size_t k = 0; k < members.size(); ++k) {
    const bool last = k + 1 == members.size() && others.empty();
    if (k > 0) name += last ? " and " : ", ";
    name += At(members[k]).name;
  }
  if (!others.empty()) {
    name += " and ";
    name += others;
  }
  if (name.size() > kMaxMadeName && !members.empty()) return members[0];
  auto [it, inserted] = by_text_.try_emplace(name, -1);
  if (inserted) {
    Referent referent;
    // "Doe and the Zed Institute": Doe first of all.
    referent.kind = persons ? SpeakerKind::kPerson : SpeakerKind::kOrganization;
    referent.name = name;
    referent.plural = true;
    referent.first = word;
    it->second = static_cast<int>(clusters_.referents.size());
    clusters_.referents.push_back(std::move(referent));
    if (others.empty()) members_[it->second] = members;
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

// Whose "his campaign" is; -1 if that is not told.
int SourceResolver::OwnerOf(const SourcePhrase& phrase,
                            const SourceContext& context) const {
  const PronounKind possessive = tokens_[phrase.begin].facts.pronoun;
  if (possessive != PronounKind::kHe && possessive != PronounKind::kShe) {
    return -1;
  }
  LinkQuery query = QueryFor(phrase, context);
  query.task = *TaskOf(possessive);
  query.end = query.begin + 1;
  const int owner = linker_.Choose(query, "", -1).candidate.referent;
  if (owner < 0 || clusters_.referents[owner].parts.empty()) return -1;
  return owner;
}

// Whether all of them may be "leaders": of whom the article says what they are,
// it says that.
bool SourceResolver::MayBeCalled(const std::vector<int>& persons,
                                 std::string_view plural) const {
  if (!plural.ends_with("s")) return true;  // "both men"
  const std::string_view one = plural.substr(0, plural.size() - 1);
  return absl::c_all_of(persons, [&](int r) {
    const auto& roles = clusters_.referents[r].roles;
    return roles.empty() || absl::c_any_of(roles, [&](const RoleWord& role) {
             return NounsAgree(role.word, one);
           });
  });
}

SourceLink SourceResolver::ResolveDescription(const SourcePhrase& phrase,
                                              const SourceContext& context) {
  const WordFacts& head = phrase.head_facts;
  const SpeakerKind kind = KindOfHead(head);
  const bool person = head.Has(kPersonNoun);
  const bool plural =
      !person && (head.Has(kPeopleNoun) ||
                  (head.Has(kPluralNoun) && kind == SpeakerKind::kDocument));
  std::string own =
      TextOf(tokens_, phrase.description_begin, phrase.description_end);
  std::string_view owner;
  if (kind == SpeakerKind::kOrganization) {
    const int r = OwnerOf(phrase, context);
    if (r >= 0 && At(r).name.size() <= kMaxMadeName) {
      owner = ParsePersonName(At(r).parts).surname;
      own = At(r).name + "\u2019s " +
            TextOf(tokens_, phrase.begin + 1, phrase.description_end);
    }
  }
  const std::string_view last = tokens_[phrase.head].folded;
  if (phrase.description_end - phrase.description_begin <= 2 &&
      (last == "two" || last == "both" || last == "pair" || last == "duo" ||
       (tokens_[phrase.begin].folded == "both" && head.Has(kPeopleNoun) &&
        MayBeCalled(discourse_.LastPersons(phrase.begin, 2), last)))) {
    const SourceLink pair = ResolvePair(phrase);
    if (pair.referent >= 0) return pair;
  }
  // "Both countries", "the two sides".
  if (!person && head.Has(kPluralNoun) &&
      (head.Has(kOrganizationNoun) || last == "sides") &&
      phrase.description_end - phrase.description_begin == 2 &&
      (tokens_[phrase.description_begin].folded == "both" ||
       tokens_[phrase.description_begin].folded == "two")) {
    const std::vector<int> joined = discourse_.LastJoined(phrase.begin);
    if (!joined.empty()) {
      return {Joint(joined, "", phrase.begin), kGuessConfidence};
    }
  }
  // Of two that were mentioned as such, "the other" is neither named.
  if (phrase.description_end - phrase.description_begin == 1 &&
      last == "other") {
    return {Unnamed(phrase, SpeakerKind::kUnnamed, "the other", false),
            kGuessConfidence};
  }
  LinkQuery query = QueryFor(phrase, context);
  query.task = TaskOfHead(head);
  query.phrase = &phrase;
  const WordFacts& first = tokens_[phrase.begin].facts;
  query.mine =
      person && first.Has(kPossessive) && first.pronoun == PronounKind::kI;
  // "Her neighbour" is not herself.
  if (person && query.excluded < 0) query.excluded = OwnerOf(phrase, context);
  const bool known = phrase.definite || !head.Has(kPeopleNoun);
  if (!person && known && !head.Has(kIndefinite)) {
    query.introduction = FindIntroduction(tokens_, phrase, owner);
  }
  const LinkChoice choice = linker_.Choose(query, own, context.claim);
  if (choice.candidate.referent >= 0) {
    const int r = choice.candidate.referent;
    if (query.task == LinkTask::kOrganization) SetOrganization(r);
    AddDescription(tokens_, phrase, At(r));
    return {r, choice.probability};
  }
  if (choice.candidate.group >= 0) {
    return {Group(phrase, groups_[choice.candidate.group]), choice.probability};
  }
  if (choice.candidate.pair[0] >= 0) {
    const std::array<int, 2>& pair = choice.candidate.pair;
    return {Joint({pair[0], pair[1]}, "", phrase.begin), choice.probability};
  }
  if (choice.candidate.introduction) {
    // "The Post", introduced as the Washington Post.
    const auto named = clusters_.by_name.find(FoldWord(query.introduction));
    if (named != clusters_.by_name.end() && phrase.definite) {
      return {named->second, choice.probability};
    }
    return {Unnamed(phrase, kind, query.introduction, plural),
            choice.probability};
  }
  return {Unnamed(phrase, kind, own, plural), choice.probability,
          person && !head.Has(kIndefinite | kAnonymous) && !query.mine};
}

// What is called "it" or "the company" is no person.
void SourceResolver::SetOrganization(int r) {
  if (r >= 0 && MayBeOrganization(At(r))) {
    At(r).kind = SpeakerKind::kOrganization;
  }
}

// A referent for people who are mentioned, but have not spoken yet.
int SourceResolver::Group(const SourcePhrase& phrase,
                          const GroupMention& group) {
  const int r = Unnamed(phrase, SpeakerKind::kUnnamed,
                        TextOf(tokens_, group.begin, group.end), true);
  const std::string_view head = tokens_[group.end - 1].folded;
  At(r).head = {head, NounGroups(head)};
  return r;
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
