#include "server/claims/noun_phrase.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "server/claims/cue_lexicon.h"
#include "server/claims/scene.h"
#include "server/claims/word_set.h"

namespace quoth {
namespace {

// The word lists below are the project's own, from general knowledge.

bool IsDay(const std::string& word) { return word.ends_with("day"); }

bool IsMonth(const std::string& word) {
  static const WordSet* const words = NewSet(
      "january february march april may june july august september october "
      "november december jan feb aug sept oct nov dec");
  return words->contains(word);
}

bool IsOpeningMark(const std::string& mark) {
  return IsOneOf(mark, {"“", "\"", "``", "''", "‘"});
}

// Whether the comma at `i` goes on a place ("Green Bay, Wisconsin") or a list
// ("authors, illustrators and agents").
bool CommaGoesOn(const Scene& scene, int i) {
  if (scene.lower(i) != "," || i + 2 >= scene.size() || i == 0) return false;
  if (scene.zone(i + 1) != scene.zone(i - 1)) return false;
  if (scene.lower(i + 2) == "and" && !scene.IsMark(i + 1)) return true;
  return scene.IsCapitalized(i - 1) && scene.IsCapitalized(i + 1) &&
         (IsOneOf(scene.lower(i + 2), {",", "."}) ||
          scene.zone(i + 2) != scene.zone(i + 1));
}

// “Fox and Friends”: what stands between the marks, the first at `mark`.
std::optional<SceneRange> QuotedNameAt(const Scene& scene, int mark) {
  constexpr int kMostWords = 8;
  int end = mark + 1;
  while (end < scene.size() && end <= mark + kMostWords && !scene.IsMark(end) &&
         scene.zone(end) == scene.zone(mark)) {
    ++end;
  }
  const bool closed = end < scene.size() && scene.IsMark(end) &&
                      scene.lower(end) != "." && end > mark + 1;
  if (!closed || !scene.IsCapitalized(mark + 1)) return std::nullopt;
  return SceneRange{mark + 1, end};
}

}  // namespace

bool EndsNounPhrase(const std::string& word) {
  if (word.ends_with("n't")) return true;
  static const WordSet* const words = NewSet(
      "that this on in at during to about whether via by as when if while "
      "after before for from with who whom which where why how what he she it "
      "they we i you last earlier later yesterday today tonight over not there "
      "is are was were has had have will would could can should may might said "
      "says say saying and but or because than during following monday tuesday "
      "wednesday thursday friday saturday sunday recently repeatedly once "
      "again afterwards then now");
  return words->contains(word);
}

bool IsPronounObject(const std::string& word) {
  return IsOneOf(word, {"him", "them", "us", "me", "you", "it", "everyone",
                        "everybody", "himself", "herself", "themselves"});
}

int NounPhraseEnd(const Scene& scene, int begin) {
  constexpr int kMostWords = 14;
  if (begin >= scene.size() || scene.IsMark(begin)) return begin;
  const std::string& first = scene.lower(begin);
  if (IsPronounObject(first)) return begin + 1;
  const bool name = scene.IsCapitalized(begin) && first != "i";  // "told May"
  if (EndsNounPhrase(first) && !IsDay(first) && !name) return begin;
  if (first == "of") return begin;  // "told | of being forced"
  int i = begin;
  while (i < scene.size() && i < begin + kMostWords &&
         scene.zone(i) == scene.zone(begin)) {
    const std::string& word = scene.lower(i);
    const bool more = i + 1 < scene.size() &&
                      scene.zone(i + 1) == scene.zone(begin) &&
                      !scene.IsMark(i + 1);
    if (scene.IsMark(i)) {
      const bool joined =
          i > begin && scene.word(i - 1).span.end == scene.word(i).span.begin;
      if (IsOneOf(word, {"-", "'", "&", "/", "."}) && joined && more) {
        ++i;
        continue;
      }
      // ABC's “Good Morning America”
      if (IsOpeningMark(word) && i > begin &&
          (scene.lower(i - 1).ends_with("'s") || scene.lower(i - 1) == "'")) {
        ++i;
        while (i < scene.size() && i < begin + kMostWords && !scene.IsMark(i)) {
          ++i;
        }
        return i;
      }
      if (!CommaGoesOn(scene, i)) break;
      ++i;
      continue;
    }
    if (i > begin && EndsNounPhrase(word)) {
      const bool proper_follows = more && scene.IsCapitalized(i + 1) &&
                                  !IsDay(scene.lower(i + 1)) &&
                                  !IsMonth(scene.lower(i + 1));
      const bool goes_on = (IsOneOf(word, {"in", "at", "from", "on", "for"}) &&
                            proper_follows) ||
                           (word == "and" && more &&
                            (!EndsNounPhrase(scene.lower(i + 1)) ||
                             IsOneOf(scene.lower(i + 1), {"i", "me"})) &&
                            !FindCueLemma(scene.lower(i + 1))) ||
                           (word == "i" && scene.lower(i - 1) == "and") ||
                           (IsDay(word) && scene.lower(i - 1) == "the" &&
                            more && scene.IsCapitalized(i + 1)) ||
                           (word == "for" && scene.IsCapitalized(i - 1) &&
                            more && scene.lower(i + 1) == "the");
      if (!goes_on) break;
    }
    ++i;
  }
  const auto trimmed = [&](int last) {
    if (scene.IsMark(last)) return true;
    const std::string& word = scene.lower(last);
    if (!EndsNounPhrase(word) || IsDay(word)) return false;
    if (last == begin && name) return false;
    return !(word == "i" && last > begin && scene.lower(last - 1) == "and");
  };
  while (i > begin && trimmed(i - 1)) --i;
  // "promised | Friday", "urged | an “end”": no noun phrase.
  if (i == begin + 1 &&
      (IsDay(first) || IsOneOf(first, {"a", "an", "the", "his", "their"}))) {
    return begin;
  }
  return i;
}

std::optional<SceneRange> NounPhraseAt(const Scene& scene, int begin) {
  if (begin < scene.size() && IsOpeningMark(scene.lower(begin))) {
    return QuotedNameAt(scene, begin);
  }
  const int end = NounPhraseEnd(scene, begin);
  if (end <= begin) return std::nullopt;
  return SceneRange{begin, end};
}

std::optional<SceneRange> SubjectBefore(const Scene& scene, int end) {
  constexpr int kMostWords = 10;
  if (end > 0 && IsOneOf(scene.lower(end - 1),
                         {"i", "he", "she", "we", "they", "you", "it"})) {
    return SceneRange{end - 1, end};
  }
  int begin = end;
  while (begin > 0 && end - begin < kMostWords && !scene.IsMark(begin - 1) &&
         scene.zone(begin - 1) == scene.zone(end - 1)) {
    const std::string& word = scene.lower(begin - 1);
    // "Ann Reed and Lee were asked"
    const bool names = word == "and" && begin >= 2 && begin < end &&
                       scene.IsCapitalized(begin) &&
                       scene.IsCapitalized(begin - 2);
    if (EndsNounPhrase(word) && !names &&
        !(IsOneOf(word, {"in", "on", "for", "from", "at"}) && begin < end)) {
      break;
    }
    --begin;
  }
  while (begin < end && (EndsNounPhrase(scene.lower(begin)))) ++begin;
  if (begin == end) return std::nullopt;
  return SceneRange{begin, end};
}

}  // namespace quoth
