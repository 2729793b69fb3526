#include "server/speakers/discourse.h"

#include <algorithm>

namespace quoth {
namespace {

const std::vector<uint32_t>& Nothing() {
  static const std::vector<uint32_t>* const nothing =
      new std::vector<uint32_t>();
  return *nothing;
}

// How a name stands in its sentence.
DiscourseMention Place(const TokenList& tokens, const NameMention& m) {
  DiscourseMention mention;
  mention.word = m.begin;
  mention.full = m.parts.size() > 1;
  const uint32_t sentence = tokens.sentence(m.begin);
  mention.possessive = tokens[m.end - 1].possessive;
  const bool noun_behind =
      m.end < tokens.size() && !tokens[m.end].mark && !tokens[m.end].capital &&
      tokens.sentence(m.end) == sentence &&
      LookUp(tokens[m.end].folded)
          .Has(kPersonNoun | kPeopleNoun | kOrganizationNoun | kDocumentNoun);
  const bool hyphen_behind = m.end < tokens.size() &&
                             tokens[m.end].folded == "-" && tokens[m.end].glued;
  const bool hyphen_before =
      m.begin > 0 && tokens[m.begin - 1].folded == "-" && tokens[m.begin].glued;
  mention.modifier =
      !mention.possessive && (noun_behind || hyphen_behind || hyphen_before);
  const uint32_t front = m.role_begin;
  mention.object = front > 0 && tokens.sentence(front - 1) == sentence &&
                   tokens[front - 1].facts.Has(kPreposition);
  return mention;
}

std::vector<SourceEvent> EventsBehind(const std::vector<SourceEvent>& events,
                                      uint32_t word, size_t count) {
  auto it = std::upper_bound(
      events.begin(), events.end(), word,
      [](uint32_t w, const SourceEvent& e) { return w < e.word; });
  std::vector<SourceEvent> next;
  for (; it != events.end() && next.size() < count; ++it) next.push_back(*it);
  return next;
}

}  // namespace

Discourse::Discourse(const TokenList& tokens,
                     const std::vector<NameMention>& names,
                     const NameClusters& clusters)
    : tokens_(tokens), clusters_(clusters) {
  mentions_.reserve(names.size());
  by_referent_.resize(clusters.referents.size());
  uint32_t subject_sentence = static_cast<uint32_t>(-1);
  for (uint32_t n = 0; n < names.size(); ++n) {
    if (clusters.referent_of[n] < 0) continue;
    DiscourseMention mention = Place(tokens, names[n]);
    mention.referent = clusters.referent_of[n];
    const uint32_t sentence = tokens.sentence(mention.word);
    if (!tokens.quoted(mention.word) && sentence != subject_sentence &&
        !mention.modifier && !mention.possessive && !mention.object) {
      mention.subject = true;
      subject_sentence = sentence;
    }
    by_referent_[mention.referent].push_back(
        static_cast<uint32_t>(mentions_.size()));
    mentions_.push_back(mention);
  }
}

void Discourse::AddSource(uint32_t word, int referent, size_t level) {
  std::vector<SourceEvent>& events = sources_[std::min(level, kMaxLevels - 1)];
  events.insert(std::upper_bound(events.begin(), events.end(), word,
                                 [](uint32_t w, const SourceEvent& e) {
                                   return w < e.word;
                                 }),
                {word, referent});
  const size_t r = static_cast<size_t>(referent);
  if (source_words_.size() <= r) source_words_.resize(r + 1);
  std::vector<uint32_t>& words = source_words_[r];
  words.insert(std::upper_bound(words.begin(), words.end(), word), word);
}

void Discourse::AddNamedSource(uint32_t word, int referent) {
  named_sources_.push_back({word, referent});
}

std::vector<SourceEvent> Discourse::LastSources(uint32_t word, size_t level,
                                                size_t count) const {
  const std::vector<SourceEvent>& events =
      sources_[std::min(level, kMaxLevels - 1)];
  auto it = std::lower_bound(
      events.begin(), events.end(), word,
      [](const SourceEvent& e, uint32_t w) { return e.word < w; });
  std::vector<SourceEvent> last;
  while (it != events.begin() && last.size() < count) last.push_back(*--it);
  return last;
}

std::vector<SourceEvent> Discourse::LastSources(uint32_t word,
                                                size_t count) const {
  std::vector<SourceEvent> last;
  for (size_t level = 0; level < kMaxLevels; ++level) {
    const std::vector<SourceEvent> more = LastSources(word, level, count);
    last.insert(last.end(), more.begin(), more.end());
  }
  std::stable_sort(last.begin(), last.end(),
                   [](const SourceEvent& a, const SourceEvent& b) {
                     return a.word > b.word;
                   });
  if (last.size() > count) last.resize(count);
  return last;
}

std::vector<SourceEvent> Discourse::NextNamedSources(uint32_t word,
                                                     size_t count) const {
  return EventsBehind(named_sources_, word, count);
}

std::vector<SourceEvent> Discourse::NextSources(uint32_t word,
                                                size_t count) const {
  return EventsBehind(sources_[0], word, count);
}

const std::vector<uint32_t>& Discourse::MentionsOf(int referent) const {
  const size_t r = static_cast<size_t>(referent);
  return r < by_referent_.size() ? by_referent_[r] : Nothing();
}

const std::vector<uint32_t>& Discourse::SourcesOf(int referent) const {
  const size_t r = static_cast<size_t>(referent);
  return r < source_words_.size() ? source_words_[r] : Nothing();
}

size_t Discourse::FirstMentionFrom(uint32_t word) const {
  auto it = std::lower_bound(
      mentions_.begin(), mentions_.end(), word,
      [](const DiscourseMention& m, uint32_t w) { return m.word < w; });
  return static_cast<size_t>(it - mentions_.begin());
}

std::vector<int> Discourse::LastPersons(uint32_t word, size_t count) const {
  std::vector<int> persons;
  size_t k = FirstMentionFrom(word);
  for (uint32_t looked = 0; looked < kMaxMentionsBack && k > 0; ++looked) {
    const DiscourseMention& m = mentions_[--k];
    if (tokens_.sentence(word) - tokens_.sentence(m.word) > 2) break;
    const Referent& referent = clusters_.referents[m.referent];
    if (referent.kind != SpeakerKind::kPerson || referent.evidence < 2 ||
        std::find(persons.begin(), persons.end(), m.referent) !=
            persons.end()) {
      continue;
    }
    persons.push_back(m.referent);
    if (persons.size() == count) break;
  }
  return persons;
}

std::vector<int> Discourse::LastJoined(uint32_t word) const {
  size_t k = FirstMentionFrom(word);
  for (uint32_t looked = 0; looked < kMaxMentionsBack && k > 1; ++looked) {
    const DiscourseMention& second = mentions_[--k];
    const DiscourseMention& first = mentions_[k - 1];
    if (tokens_.sentence(word) - tokens_.sentence(second.word) > 2) break;
    const auto fits = [this](const DiscourseMention& m) {
      const Referent& referent = clusters_.referents[m.referent];
      return referent.kind == SpeakerKind::kOrganization && !referent.demonym;
    };
    uint32_t joint = second.word - 1;
    if (joint > 0 && tokens_[joint].folded == "the") --joint;
    if (first.referent == second.referent || !fits(first) || !fits(second) ||
        joint <= first.word || tokens_[joint].folded != "and" ||
        !AreJoined(first, second)) {
      continue;
    }
    return {first.referent, second.referent};
  }
  return {};
}

bool Discourse::AreJoined(const DiscourseMention& first,
                          const DiscourseMention& second) const {
  constexpr uint32_t kMostWords = 12;
  if (second.word - first.word >= kMostWords ||
      tokens_.sentence(first.word) != tokens_.sentence(second.word)) {
    return false;
  }
  bool has_and = false;
  for (uint32_t i = first.word; i < second.word; ++i) {
    if (tokens_[i].mark && tokens_[i].folded != ".") return false;
    has_and = has_and || tokens_[i].folded == "and";
  }
  return has_and;
}

int Discourse::SubjectBetween(uint32_t begin, uint32_t end) const {
  const size_t first = FirstMentionFrom(begin);
  const size_t stop =
      std::min<size_t>(mentions_.size(), first + kMaxMentionsBack);
  for (size_t k = first; k < stop && mentions_[k].word < end; ++k) {
    if (mentions_[k].subject) return mentions_[k].referent;
  }
  return -1;
}

}  // namespace quoth
