#include "server/claims/act.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/claims/claim.h"
#include "server/claims/cue_lexicon.h"

namespace quoth {
namespace {

std::string_view Next(const CueReading& cue) {
  return cue.content.empty() ? std::string_view() : cue.content[0];
}

bool HasLemma(const CueReading& cue, size_t begin) {
  for (size_t i = begin; i < cue.words.size(); ++i) {
    if (FindCueLemma(cue.words[i])) return true;
  }
  return false;
}

// Whether the object of an addressing verb opens the content, with an
// infinitive behind it: "asked | the council to act".
bool AddressesToAct(const CueReading& cue) {
  // The longest object, in words.
  constexpr size_t kMostWords = 7;
  for (size_t j = 0; j < cue.content.size() && j <= kMostWords; ++j) {
    if (cue.content[j] == "to") return j > 0;
    if (EndsObject(cue.content[j])) return false;
  }
  return false;
}

// The act that `cue.words[i]` performs together with a word behind it.
std::optional<Act> PhraseActAt(const CueReading& cue, size_t i) {
  const std::string_view word = cue.words[i];
  for (size_t j = i + 1; j < cue.words.size(); ++j) {
    // In "wanted to say", "declined to comment" the infinitive governs.
    if (cue.words[j] == "to" && (IsProspect(word) || IsRefusal(word)) &&
        HasLemma(cue, j + 1)) {
      continue;
    }
    if (const auto act = FindPhraseAct(word, cue.words[j])) return act;
  }
  if (const auto act = FindPhraseAct(word, Next(cue))) return act;
  if (AddressesContent(word) && AddressesToAct(cue)) {
    return FindPhraseAct(word, "to");
  }
  return std::nullopt;
}

// A refusal of which the model left the infinitive to the content: "declined |
// to comment". A wish is one by itself: "wants | to declare".
CueReading WithInfinitive(const CueReading& cue) {
  CueReading longer = cue;
  if (cue.words.empty() || cue.content.size() < 2 || Next(cue) != "to" ||
      !IsRefusal(cue.words.back()) || !FindCueLemma(cue.content[1])) {
    return longer;
  }
  longer.words.insert(longer.words.end(), cue.content.begin(),
                      cue.content.begin() + 2);
  longer.content.erase(longer.content.begin(), longer.content.begin() + 2);
  return longer;
}

// Whether somebody introduces his own words with it: "I want to say", "must
// admit". That is as good as saying so.
bool IntroducesOwnWords(const CueReading& cue) {
  if (cue.words.size() < 2) return false;
  const std::optional<CueLemma> last = FindCueLemma(cue.words.back());
  if (!last || last->act != Act::kStatement) return false;
  const std::string_view first = cue.words.front();
  const bool own = !cue.source.empty() &&
                   (cue.source.back() == "i" || cue.source.back() == "we");
  for (size_t i = 0; i + 1 < cue.words.size(); ++i) {
    if (IsNegation(cue.words[i])) return false;
    if (own && FindCueLemma(cue.words[i]) &&
        FindCueLemma(cue.words[i])->lemma == "want") {
      return true;
    }
    if (own && cue.words[i] == "like") return true;
  }
  return own && first == "must";
}

// Whether what `cue.words[i]` refuses is a deed rather than a word: "refused |
// to reconsider the ruling". Then the refusal itself is the act.
bool RefusesDeed(const CueReading& cue, size_t i) {
  const std::optional<CueLemma> lemma = FindCueLemma(cue.words[i]);
  if (!lemma || lemma->act != Act::kDenial) return false;
  const auto deed = [](std::string_view to, std::string_view verb) {
    const std::optional<CueLemma> said = FindCueLemma(verb);
    return to == "to" && (!said || said->act == Act::kOther);
  };
  if (i + 2 < cue.words.size()) {
    return deed(cue.words[i + 1], cue.words[i + 2]);
  }
  return i + 1 == cue.words.size() && cue.content.size() > 1 &&
         deed(cue.content[0], cue.content[1]);
}

bool IsNegated(const CueReading& cue) {
  for (size_t i = 0; i < cue.words.size(); ++i) {
    const std::string_view word = cue.words[i];
    const bool last = i + 1 == cue.words.size();
    if (IsRefusal(word) && (!last || Next(cue) == "to") &&
        !RefusesDeed(cue, i)) {
      return true;
    }
    if (!IsNegation(word)) continue;
    const std::string_view next = last ? Next(cue) : cue.words[i + 1];
    // "no doubt", "never failed to mention": two negations make none.
    if (IsEmptyNegation(word, next)) continue;
    // "may not say" is no refusal, unlike "would not say".
    if (i > 0 && (cue.words[i - 1] == "may" || cue.words[i - 1] == "might")) {
      return false;
    }
    // "should not have said" was said.
    if (i > 0 && cue.words[i - 1] == "should" && next == "have") return false;
    return true;
  }
  // "nor did they | note"
  if (std::find(cue.before.begin(), cue.before.end(), "nor") !=
      cue.before.end()) {
    return true;
  }
  return !cue.source.empty() && IsNegation(cue.source.front());
}

bool IsHypothetical(const CueReading& cue) {
  if (IntroducesOwnWords(cue)) return false;
  for (size_t i = 0; i < cue.words.size(); ++i) {
    const std::string_view word = cue.words[i];
    const bool last = i + 1 == cue.words.size();
    if (word == "should" && !last && cue.words[i + 1] == "not") return false;
    if (IsModal(word)) return true;
    if (!last && cue.words[i + 1] == "to" && IsProspect(word) &&
        !IsAttempt(word)) {
      return true;
    }
  }
  if (cue.before.empty() || cue.words.empty()) return false;
  const std::string_view before = cue.before.back();
  return before == "if" || before == "unless";
}

}  // namespace

Act ClassifyAct(const CueReading& reading) {
  const CueReading cue = WithInfinitive(reading);
  for (size_t i = cue.words.size(); i-- > 0;) {
    if (const auto act = PhraseActAt(cue, i)) return *act;
  }
  // The verb behind "to" governs ("refused to confirm"); before and behind it,
  // a word with a meaning of its own outweighs a neutral one ("issued a
  // statement praising").
  std::optional<Act> act;
  bool function_words = true;
  bool light = false;  // Whether `act` is that of a verb such as "offer".
  for (size_t i = 0; i < cue.words.size(); ++i) {
    function_words = function_words && IsFunctionWord(cue.words[i]);
    const bool infinitive = i > 0 && cue.words[i - 1] == "to";
    const std::optional<CueLemma> lemma = FindCueLemma(cue.words[i]);
    if (!lemma) continue;
    if (!act || infinitive || *act == Act::kStatement || light) {
      act = lemma->act;
      light = lemma->lemma == "offer";
    }
  }
  if (act) return *act;
  return function_words || cue.quoted ? Act::kStatement : Act::kOther;
}

Realis ClassifyRealis(const CueReading& reading) {
  const CueReading cue = WithInfinitive(reading);
  if (IsNegated(cue)) return Realis::kNegated;
  return IsHypothetical(cue) ? Realis::kHypothetical : Realis::kActual;
}

}  // namespace quoth
