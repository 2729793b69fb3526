#include "server/speakers/candidates.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "server/speakers/descriptions.h"
#include "server/speakers/link_features.h"
#include "server/speakers/query_features.h"

namespace quoth {
namespace {

using namespace link_feature;

static_assert(kFeatureEnd <= kLinkFeatures);

float Log(float x) { return std::log(1.0f + x); }

// What is the same for all candidates, and what they are compared with.
class Finder {
 public:
  Finder(const LinkWorld& world, const LinkQuery& query)
      : world_(world),
        query_(query),
        tokens_(world.tokens),
        word_(std::min(query.begin, tokens_.size() - 1)),
        sentence_(tokens_.sentence(word_)),
        paragraph_(tokens_.paragraph(word_)),
        last_(world.discourse.LastSources(word_, 3)),
        level_(world.discourse.LastSources(word_, query.level, 1)),
        next_(world.discourse.NextNamedSources(word_, 2)) {
    // Others must not depend on what is asked when.
    if (query.task == LinkTask::kNoSource) {
      next_any_ = world.discourse.NextSources(word_, 2);
    }
    SetQueryFeatures(world.tokens, query, last_.empty(), base_);
    SetIntroducer();
  }

  std::vector<LinkCandidate> Run() {
    ConsiderAll();
    // "She", but no woman is known: pronouns may have been somebody else's.
    if (found_.empty() && WantedGender() != Gender::kUnknown) {
      any_pronoun_ = true;
      ConsiderAll();
    }
    if (query_.task == LinkTask::kThey || query_.task == LinkTask::kPeople ||
        query_.task == LinkTask::kWe) {
      ConsiderGroups();
      ConsiderPairs(SpeakerKind::kPerson);
    } else if (query_.task == LinkTask::kOrganization &&
               query_.phrase->head_facts.Has(kPluralNoun)) {
      ConsiderPairs(SpeakerKind::kOrganization);  // "The firms".
    }
    KeepThoseCalledSo();
    Compare();
    std::vector<LinkCandidate> candidates;
    candidates.reserve(found_.size() + 2);
    for (Found& f : found_) candidates.push_back(std::move(f.candidate));
    if (!query_.introduction.empty()) {
      LinkCandidate c = New();
      c.introduction = true;
      c.features[kIntroduction] = 1;
      SetIntroduction(c.features);
      candidates.push_back(c);
    }
    LinkCandidate itself = New();
    itself.features[kItself] = 1;
    candidates.push_back(itself);
    return candidates;
  }

 private:
  struct Found {
    LinkCandidate candidate;
    std::optional<uint32_t> last;  // The word of the last mention before.
    std::optional<uint32_t> full;  // The same of the last one in full.
    uint32_t first = 0;
    uint32_t mentions = 0;
  };

  // "Blair was blunt: '...'".
  void SetIntroducer() {
    if (query_.task != LinkTask::kNoSource) return;
    const uint32_t begin = tokens_.SentenceBegin(sentence_);
    uint32_t front = word_;
    while (front > begin && tokens_[front - 1].mark &&
           tokens_[front - 1].folded != ":") {
      --front;
    }
    if (front > begin && tokens_[front - 1].folded == ":") {
      introducer_ = world_.discourse.SubjectBetween(begin, front);
    }
  }

  LinkCandidate New() const {
    LinkCandidate c;
    c.features = base_;
    return c;
  }

  bool Fits(int r, const Referent& referent) const {
    if (referent.demonym || referent.name.empty()) return false;
    const bool person = referent.IsPerson();
    switch (query_.task) {
      case LinkTask::kI:
        // Outside quotations the author alone says "I".
        if (!tokens_.quoted(word_) && query_.enclosing < 0) {
          return r == query_.author;
        }
        return person && !referent.plural;
      case LinkTask::kSurname:
        if (query_.among == nullptr ||
            std::find(query_.among->begin(), query_.among->end(), r) ==
                query_.among->end()) {
          return false;
        }
        [[fallthrough]];
      case LinkTask::kHe:
      case LinkTask::kShe:
      case LinkTask::kPerson: {
        // Nobody calls himself "he".
        if (r == query_.excluded && query_.task != LinkTask::kSurname) {
          return false;
        }
        const Gender wanted = WantedGender();
        const Gender gender =
            any_pronoun_ ? referent.named_gender() : referent.gender();
        return person && !referent.plural &&
               (wanted == Gender::kUnknown || gender == Gender::kUnknown ||
                gender == wanted);
      }
      case LinkTask::kThey:
        return referent.plural || !person || MayBeOrganization(referent);
      case LinkTask::kPeople:
        return referent.plural || referent.kind == SpeakerKind::kUnnamed;
      case LinkTask::kDocument:
        return !person;
      case LinkTask::kIt:
      case LinkTask::kOrganization:
        return !person || MayBeOrganization(referent);
      case LinkTask::kNoSource:
        return introducer_ < 0 || r == introducer_;
      case LinkTask::kWe:
        return true;
    }
    return true;
  }

  // "A doctor", "one expert", "any leader", "the only witness", but not "Jane
  // Roe, a doctor".
  bool IsBroughtIn(const SourcePhrase& phrase) const {
    const Token& first = tokens_[phrase.begin];
    if (phrase.begin > 0 && tokens_[phrase.begin - 1].folded == ",") {
      return false;
    }
    return phrase.indefinite || first.folded == "any" ||
           (first.folded == "the" && phrase.begin + 1 < phrase.head &&
            tokens_[phrase.begin + 1].folded == "only");
  }

  // "Jane Roe's lawyer", "the victim's mother".
  bool IsOwned(const SourcePhrase& phrase) const {
    return phrase.head > phrase.begin && tokens_[phrase.head - 1].possessive;
  }

  // What rules out a description beyond doubt.
  bool Contradicts(const Referent& referent) const {
    const SourcePhrase& phrase = *query_.phrase;
    // "An eyewitness" is brought in: nobody whom the article had before,
    // unless it has said that he is "a president".
    if (query_.task == LinkTask::kPerson && referent.first < query_.begin &&
        IsBroughtIn(phrase) &&
        (!phrase.head_facts.Has(kStation | kTitle) ||
         FitDescription(tokens_, phrase, referent).head < 3)) {
      return true;
    }
    // "A senior official" stays one; "some analysts" are not the others.
    if (phrase.indefinite && phrase.head_facts.Has(kAnonymous)) return true;
    // "Jane Roe's lawyer" and "the victim's mother" are not whom the article
    // calls something else.
    if (query_.task == LinkTask::kPerson && IsOwned(phrase) &&
        !referent.roles.empty() &&
        FitDescription(tokens_, phrase, referent).head == 0) {
      return true;
    }
    if (query_.task == LinkTask::kPeople && !phrase.definite && !phrase.bare &&
        phrase.description_end - phrase.description_begin > 1) {
      return true;
    }
    // "The Trump campaign" is not the Sanders campaign.
    return (query_.task == LinkTask::kOrganization ||
            query_.task == LinkTask::kPeople) &&
           FitDescription(tokens_, phrase, referent).unknown_capitals > 0;
  }

  // "The singer" is whom the article calls one, if there is somebody.
  void KeepThoseCalledSo() {
    if (query_.task != LinkTask::kPerson || query_.phrase == nullptr ||
        !query_.phrase->definite) {
      return;
    }
    bool called = false;
    for (const Found& f : found_) {
      const auto& x = f.candidate.features;
      called = called ||
               (x[kNoHead] == 0 && x[kBefore] > 0 && x[kUnknownWords] == 0);
    }
    if (!called) return;
    std::erase_if(found_, [](const Found& f) {
      return f.candidate.features[kNoHead] > 0;
    });
  }

  Gender WantedGender() const {
    if (query_.task == LinkTask::kHe) return Gender::kMale;
    if (query_.task == LinkTask::kShe) return Gender::kFemale;
    if (query_.task == LinkTask::kSurname) return query_.gender;
    if (query_.task == LinkTask::kPerson && query_.phrase != nullptr) {
      return query_.phrase->head_facts.gender;
    }
    return Gender::kUnknown;
  }

  bool IsPronoun() const {
    return static_cast<int>(query_.task) <= static_cast<int>(LinkTask::kWe);
  }

  void ConsiderAll() {
    const size_t count = world_.clusters.referents.size();
    for (size_t r = 0; r < count; ++r) {
      if (r == kMaxCandidates && count > 2 * kMaxCandidates) {
        r = count - kMaxCandidates;
      }
      Consider(static_cast<int>(r));
    }
  }

  void Consider(int r) {
    const Referent& referent = world_.clusters.referents[r];
    if (!Fits(r, referent)) return;
    if (query_.phrase != nullptr && Contradicts(referent)) return;
    const std::vector<uint32_t>& mentions = world_.discourse.MentionsOf(r);
    const std::vector<uint32_t>& spoken = world_.discourse.SourcesOf(r);
    const std::vector<DiscourseMention>& all = world_.discourse.mentions();
    // The last mention before the source and the first one behind it.
    auto behind = std::lower_bound(
        mentions.begin(), mentions.end(), query_.begin,
        [&all](uint32_t m, uint32_t w) { return all[m].word < w; });
    const DiscourseMention* named =
        behind == mentions.begin() ? nullptr : &all[*(behind - 1)];
    if (query_.task != LinkTask::kSurname && behind != mentions.end() &&
        all[*behind].word < query_.end) {
      return;  // "Trump" of "Trump's lawyer" is not the lawyer.
    }
    auto source = std::lower_bound(spoken.begin(), spoken.end(), query_.begin);
    const bool speaks_later =
        query_.task == LinkTask::kNoSource && source != spoken.end();
    Found f;
    if (named != nullptr) f.last = named->word;
    if (source != spoken.begin() &&
        (!f.last.has_value() || *(source - 1) >= *f.last)) {
      // A source of this name, or a pronoun or description for it.
      if (!f.last.has_value() || *(source - 1) > *f.last) named = nullptr;
      f.last = *(source - 1);
    }
    const bool special = r == query_.enclosing || r == query_.author ||
                         (!last_.empty() && last_[0].referent == r) ||
                         (query_.task == LinkTask::kWe &&
                          WorksFor(world_.clusters, query_.enclosing, r));
    if (IsPronoun() && !special &&
        (!f.last.has_value() ||
         sentence_ - tokens_.sentence(*f.last) > kMaxSentencesBack)) {
      return;
    }
    if (!f.last.has_value() &&
        ((behind == mentions.end() && !speaks_later) || query_.mine)) {
      return;
    }
    f.first = referent.first;
    f.mentions = std::max<uint32_t>(1, referent.total_mentions);
    f.candidate = New();
    f.candidate.referent = r;
    auto& x = f.candidate.features;
    SetKind(referent, x);
    if (f.last.has_value()) {
      SetDistance(*f.last, x);
      x[kLastQuoted] = tokens_.quoted(*f.last);
    }
    if (named != nullptr) {
      x[kLastSubject] = named->subject;
      x[kLastModifier] = named->modifier;
      x[kLastPossessive] = named->possessive;
      x[kLastObject] = named->object;
      x[kLastFull] = named->full;
    }
    auto full = behind;
    for (int k = 0; k < 24 && full != mentions.begin(); ++k) {
      const DiscourseMention& m = all[*--full];
      if (!m.full) continue;
      f.full = m.word;
      x[kFullBefore] = 1;
      x[kFullSentences] =
          0.5f * Log(static_cast<float>(sentence_ - tokens_.sentence(m.word)));
      break;
    }
    // Its roles in the sentences before.
    auto back = behind;
    for (int k = 0; k < 4 && back != mentions.begin(); ++k) {
      const DiscourseMention& m = all[*--back];
      const uint32_t away = sentence_ - tokens_.sentence(m.word);
      if (away > 2) break;
      if (m.subject) x[kSubjectHere + away] = 1;
    }
    if (behind != mentions.end()) {
      SetBehind(all[*behind].word, x);
    } else if (speaks_later) {
      SetBehind(*source, x);
    }
    x[kMentions] = 0.5f * Log(static_cast<float>(f.mentions));
    x[kFirstInLead] = tokens_.paragraph(referent.first) < 2;
    SetSpeech(r, spoken, x);
    if (query_.phrase != nullptr) SetDescription(referent, x);
    found_.push_back(std::move(f));
  }

  using Features = std::array<float, kLinkFeatures>;

  void SetKind(const Referent& referent, Features& x) const {
    x[kNamedPerson] = referent.kind == SpeakerKind::kPerson;
    x[kNameless] = referent.kind == SpeakerKind::kUnnamed;
    x[kOrganization_] = referent.kind == SpeakerKind::kOrganization;
    x[kDocument_] = referent.kind == SpeakerKind::kDocument;
    x[kPlural] = referent.plural;
    x[kPlace_] = referent.place;
    x[kFullName] = referent.parts.size() > 1;
    if (referent.kind == SpeakerKind::kPerson) {
      x[kSurePerson] = referent.evidence >= 3;
      x[kDoubtfulPerson] = referent.evidence < 2;
    }
    const Gender wanted = WantedGender();
    if (wanted == Gender::kUnknown) return;
    x[kGenderAgrees] = referent.gender() == wanted;
    x[kGenderUnknown] = referent.gender() == Gender::kUnknown;
  }

  void SetDistance(uint32_t at, Features& x) const {
    const uint32_t sentences = sentence_ - tokens_.sentence(at);
    const uint32_t paragraphs = paragraph_ - tokens_.paragraph(at);
    x[kBefore] = 1;
    x[kSameSentence] = sentences == 0;
    x[kOneSentence] = sentences == 1;
    x[kTwoSentences] = sentences == 2;
    x[kFewSentences] = sentences == 3 || sentences == 4;
    x[kSentences] = 0.5f * Log(static_cast<float>(sentences));
    x[kSameParagraph] = paragraphs == 0;
    x[kOneParagraph] = paragraphs == 1;
    x[kParagraphs] = 0.5f * Log(static_cast<float>(paragraphs));
    x[kWords] = 0.25f * Log(static_cast<float>(word_ - std::min(word_, at)));
  }

  void SetBehind(uint32_t at, Features& x) const {
    const uint32_t sentences = tokens_.sentence(at) - sentence_;
    const uint32_t paragraphs = tokens_.paragraph(at) - paragraph_;
    x[kAfter] = 1;
    x[kAfterSameSentence] = sentences == 0;
    x[kAfterSentences] = 0.5f * Log(static_cast<float>(sentences));
    if (x[kBefore] == 0) {
      x[kOnlyAfter] = 1;
      x[kOnlyAfterNear] = paragraphs <= 2;
    }
  }

  void SetSpeech(int r, const std::vector<uint32_t>& spoken,
                 Features& x) const {
    x[kSpoke] = !spoken.empty();
    x[kTimesSpoke] = 0.5f * Log(static_cast<float>(spoken.size()));
    for (size_t k = 0; k < last_.size(); ++k) {
      if (last_[k].referent != r) continue;
      x[kLastSource + k] = 1;
      if (k > 0) continue;
      const uint32_t away = paragraph_ - tokens_.paragraph(last_[0].word);
      x[kLastSourceHere] = away == 0;
      x[kLastSourceNear] = away == 1;
    }
    x[kLastOfLevel] = !level_.empty() && level_[0].referent == r;
    if (!next_.empty() && next_[0].referent == r) {
      x[kNextNamed] = 1;
      x[kNextNamedNear] = tokens_.paragraph(next_[0].word) - paragraph_ <= 1;
    }
    x[kSecondNextNamed] = next_.size() > 1 && next_[1].referent == r;
    for (size_t k = 0; k < next_any_.size(); ++k) {
      if (next_any_[k].referent != r) continue;
      x[k == 0 ? kNextSource : kSecondNextSource] = 1;
      if (k > 0) continue;
      x[kNextSourceNear] =
          tokens_.paragraph(next_any_[0].word) - paragraph_ <= 1;
    }
    x[kOfEnclosing] = WorksFor(world_.clusters, query_.enclosing, r);
    x[kOfLastSource] =
        !last_.empty() && WorksFor(world_.clusters, last_[0].referent, r);
    x[kEnclosing_] = r == query_.enclosing;
    x[kExcluded] = r == query_.excluded;
    x[kAuthor_] = r == query_.author;
    x[kIntroducesQuote] = r == introducer_;
  }

  void SetDescription(const Referent& referent, Features& x) const {
    const DescriptionFit fit =
        FitDescription(tokens_, *query_.phrase, referent);
    x[kHeadEqual] = fit.head == 3;
    x[kHeadSynonym] = fit.head == 2;
    x[kHeadAny] = fit.head == 1;
    x[kNoHead] = fit.head == 0;
    x[kKnownWords] = 0.5f * static_cast<float>(std::min(fit.known, 4));
    x[kUnknownWords] = 0.5f * static_cast<float>(std::min(fit.unknown, 4));
    x[kUnknownCapitals] =
        0.5f * static_cast<float>(std::min(fit.unknown_capitals, 4));
    x[kAllKnown] = fit.known > 0 && fit.unknown == 0;
    x[kPartyKnown] =
        query_.phrase->head_facts.Has(kAdjectiveToo) && fit.head == 3;
    x[kHasRoles] = !referent.roles.empty();
  }

  void SetIntroduction(Features& x) const {
    const std::string_view words = query_.introduction;
    const auto blanks = std::count(words.begin(), words.end(), ' ');
    x[kIntroductionLength] = 0.5f * Log(static_cast<float>(blanks));
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i] >= 'A' && words[i] <= 'Z' && i > 0)
        x[kIntroductionNames] = 1;
    }
    if (query_.phrase == nullptr) return;
    const std::string folded = FoldWord(words);
    x[kIntroductionHead] =
        folded.find(tokens_[query_.phrase->head].folded) != std::string::npos;
  }

  void ConsiderGroups() {
    const std::vector<GroupMention>& groups = world_.groups;
    auto it = std::lower_bound(
        groups.begin(), groups.end(), query_.begin,
        [](const GroupMention& g, uint32_t w) { return g.end <= w; });
    for (uint32_t k = 0; k < kMaxMentionsBack && it != groups.begin(); ++k) {
      --it;
      if (sentence_ - tokens_.sentence(it->begin) > 3) break;
      Found f;
      f.last = it->begin;
      f.first = it->begin;
      f.mentions = 1;
      f.candidate = New();
      f.candidate.group = static_cast<int>(it - groups.begin());
      auto& x = f.candidate.features;
      x[kGroup] = 1;
      x[kPlural] = 1;
      SetDistance(it->begin, x);
      x[kLastQuoted] = tokens_.quoted(it->begin);
      x[kLastSubject] = !it->object;
      x[kLastObject] = it->object;
      x[kFullName] = it->end - it->begin > 1;
      if (query_.phrase != nullptr) {
        const bool same =
            tokens_[it->end - 1].folded == tokens_[query_.phrase->head].folded;
        x[kHeadEqual] = same;
        x[kNoHead] = !same;
      }
      found_.push_back(std::move(f));
    }
  }

  // Two of a kind named side by side, or the two persons named last.
  void ConsiderPairs(SpeakerKind kind) {
    const bool persons = kind == SpeakerKind::kPerson;
    const std::vector<DiscourseMention>& all = world_.discourse.mentions();
    const DiscourseMention* later = nullptr;  // The nearest behind `k`.
    int pairs = 0;
    size_t k = world_.discourse.FirstMentionFrom(query_.begin);
    for (uint32_t n = 0; n < kMaxMentionsBack && k > 0 && pairs < 3; ++n) {
      const DiscourseMention& m = all[--k];
      if (sentence_ - tokens_.sentence(m.word) > 3) break;
      const Referent& one = world_.clusters.referents[m.referent];
      if (one.kind != kind || (persons && one.evidence < 2)) continue;
      if (!persons && (one.place || one.demonym)) continue;
      if (later != nullptr && later->referent != m.referent) {
        const bool joined = world_.discourse.AreJoined(m, *later);
        if (joined || (persons && pairs == 0)) {
          AddPair(m, *later, joined);
          ++pairs;
        }
      }
      later = &m;
    }
  }

  void AddPair(const DiscourseMention& first, const DiscourseMention& second,
               bool joined) {
    Found f;
    f.last = second.word;
    f.first = first.word;
    f.mentions = 1;
    f.candidate = New();
    f.candidate.pair = {first.referent, second.referent};
    Features& x = f.candidate.features;
    x[kPair] = 1;
    x[kPairJoined] = joined;
    x[kPlural] = 1;
    SetDistance(second.word, x);
    x[kLastQuoted] = tokens_.quoted(second.word);
    x[kLastSubject] = first.subject;
    x[kLastObject] = second.object;
    found_.push_back(std::move(f));
  }

  // What can only be said beside the others.
  void Compare() {
    uint32_t total = 1, first = static_cast<uint32_t>(-1);
    std::vector<size_t> by_last, by_mentions;
    for (size_t i = 0; i < found_.size(); ++i) {
      total += found_[i].mentions;
      first = std::min(first, found_[i].first);
      if (found_[i].last.has_value()) by_last.push_back(i);
      by_mentions.push_back(i);
    }
    std::stable_sort(by_last.begin(), by_last.end(),
                     [this](size_t a, size_t b) {
                       return *found_[a].last > *found_[b].last;
                     });
    std::stable_sort(by_mentions.begin(), by_mentions.end(),
                     [this](size_t a, size_t b) {
                       return found_[a].mentions > found_[b].mentions;
                     });
    size_t latest = found_.size();
    for (size_t i = 0; i < found_.size(); ++i) {
      if (!found_[i].full.has_value()) continue;
      if (latest == found_.size() || *found_[latest].full < *found_[i].full) {
        latest = i;
      }
    }
    if (latest < found_.size()) {
      found_[latest].candidate.features[kFullMostRecent] = 1;
    }
    for (size_t k = 0; k < by_last.size(); ++k) {
      auto& x = found_[by_last[k]].candidate.features;
      x[kRecency] = 1.0f / static_cast<float>(1 + k);
      x[kMostRecent] = k == 0;
      x[kSecondRecent] = k == 1;
    }
    if (!by_last.empty()) {
      const uint32_t there = tokens_.sentence(*found_[by_last[0]].last);
      found_[by_last[0]].candidate.features[kOnlyInSentence] =
          by_last.size() == 1 ||
          tokens_.sentence(*found_[by_last[1]].last) != there;
    }
    for (size_t k = 0; k < by_mentions.size(); ++k) {
      Found& f = found_[by_mentions[k]];
      auto& x = f.candidate.features;
      x[kMostMentioned] = k == 0;
      x[kSecondMentioned] = k == 1;
      x[kMentionShare] =
          static_cast<float>(f.mentions) / static_cast<float>(total);
      x[kFirstMentioned] = f.first == first;
    }
  }

  const LinkWorld& world_;
  const LinkQuery& query_;
  const TokenList& tokens_;
  const uint32_t word_;
  const uint32_t sentence_;
  const uint32_t paragraph_;
  const std::vector<SourceEvent> last_;
  const std::vector<SourceEvent> level_;
  const std::vector<SourceEvent> next_;
  std::vector<SourceEvent> next_any_;
  int introducer_ = -1;
  bool any_pronoun_ = false;  // What pronouns tell of genders does not count.
  Features base_{};
  std::vector<Found> found_;
};

}  // namespace

std::vector<LinkCandidate> FindCandidates(const LinkWorld& world,
                                          const LinkQuery& query) {
  return Finder(world, query).Run();
}

}  // namespace quoth
