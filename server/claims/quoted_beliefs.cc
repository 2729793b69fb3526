#include "server/claims/quoted_beliefs.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/claims/scene.h"
#include "server/claims/word_set.h"
#include "server/text/document.h"

namespace quoth {
namespace {

constexpr uint32_t kLeastContentWords = 2;
// Of a sentence without end; more than anybody says that he believes.
constexpr uint32_t kMostContentWords = 100;

// Words between pronoun and verb: those that belong to the cue, and others.
bool IsAuxiliary(std::string_view word) {
  return IsOneOf(word, {"do", "don't", "did", "didn't", "would", "wouldn't",
                        "can't", "never", "not"});
}
bool IsAdverb(std::string_view word) {
  return IsOneOf(word, {"still", "really", "just", "certainly", "also",
                        "always", "strongly", "firmly", "truly", "honestly",
                        "sincerely", "personally"});
}

// Whether a verb and the word behind it state a belief. Chosen by which of
// them the annotated training articles have as cues.
bool StatesBelief(std::string_view verb, std::string_view next) {
  if (IsOneOf(verb, {"think", "believe", "suspect", "thought", "believed",
                     "hoped", "felt", "knew"})) {
    return !IsOneOf(
        next, {"about", "of", "so", "in", "for", "to", "with", "through",
               "hard", "twice", "like", "very", "not", "what", "how", "who"});
  }
  if (!IsOneOf(verb, {"know", "feel", "expect", "accept"})) return false;
  return next == "that" ||
         (verb == "know" &&
          IsOneOf(next, {"he", "she", "they", "we", "it", "there", "you"}));
}

// The document's words in the form that the lists have.
class Reader {
 public:
  Reader(const Document& doc, const QuotationIndex& quotations)
      : doc_(doc), quotations_(quotations) {}

  std::string Form(uint32_t i) const { return PlainForm(doc_, doc_.words[i]); }

  // Whether `i` is a word of the sentence and the quotation that `home` is in.
  bool With(uint32_t home, uint32_t i) const {
    return i < doc_.words.size() && quotations_.At(i) == quotations_.At(home) &&
           doc_.words[i].sentence == doc_.words[home].sentence;
  }

  bool IsMark(uint32_t i) const { return doc_.words[i].shape == Shape::kMark; }

  // Behind what is believed, which begins at `begin`: at most
  // kMostContentWords.
  uint32_t ContentEnd(uint32_t begin) const {
    uint32_t i = begin;
    while (i - begin < kMostContentWords && With(begin, i) &&
           !EndsContent(begin, i)) {
      ++i;
    }
    while (i > begin && IsMark(i - 1)) --i;
    return i;
  }

 private:
  bool EndsContent(uint32_t begin, uint32_t i) const {
    const std::string form = Form(i);
    if (IsMark(i)) {
      if (IsOneOf(form, {".", "?", "!", ";", "—", "–"})) return true;
      if (form == "-") {  // A dash, not a hyphen.
        return doc_.words[i - 1].span.end < doc_.words[i].span.begin;
      }
      return form == "," && With(begin, i + 1) &&
             IsOneOf(Form(i + 1), {"and", "but", "so", "because"});
    }
    if (form == "but") return true;
    return form == "and" && With(begin, i + 1) &&
           IsOneOf(Form(i + 1), {"i", "we", "he", "she", "they", "it", "you",
                                 "that's", "i'm", "we're", "it's"});
  }

  const Document& doc_;
  const QuotationIndex& quotations_;
};

}  // namespace

void AddQuotedBeliefs(const Document& doc, const QuotationIndex& quotations,
                      float confidence, std::vector<WordClaim>& claims,
                      LifeCheck* life) {
  constexpr uint32_t kMostBetween = 3;
  std::vector<uint8_t> is_cue(doc.words.size(), 0);
  for (const WordClaim& claim : claims) {
    for (uint32_t w : claim.cue) is_cue[w] = 1;
  }
  const Reader reader(doc, quotations);
  for (uint32_t i = 0; i + 1 < doc.words.size(); ++i) {
    if (quotations.At(i) < 0 || is_cue[i]) continue;
    const Shape shape = doc.words[i].shape;
    if (shape == Shape::kMark || doc.words[i].span.size() > 2) continue;
    if (!IsOneOf(reader.Form(i), {"i", "we"})) continue;
    if (Ended(life)) return;
    WordClaim claim;
    uint32_t verb = i + 1;
    while (reader.With(i, verb) && verb - i <= kMostBetween) {
      const std::string form = reader.Form(verb);
      if (IsAuxiliary(form)) {
        claim.cue.push_back(verb);
      } else if (!IsAdverb(form)) {
        break;
      } else if (!claim.cue.empty()) {
        claim.cue.push_back(verb);
      }
      ++verb;
    }
    if (!reader.With(i, verb) || !reader.With(i, verb + 1) ||
        reader.IsMark(verb + 1) || is_cue[verb] ||
        !StatesBelief(reader.Form(verb), reader.Form(verb + 1))) {
      continue;
    }
    const uint32_t end = reader.ContentEnd(verb + 1);
    if (end < verb + 1 + kLeastContentWords) continue;
    claim.cue.push_back(verb);
    claim.source = {i};
    for (uint32_t w = verb + 1; w < end; ++w) claim.content.push_back(w);
    claim.confidence = confidence;
    claims.push_back(std::move(claim));
  }
}

}  // namespace quoth
