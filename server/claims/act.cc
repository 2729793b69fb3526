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

// What the noun that opens the content makes of a verb that has no meaning of
// its own: "expressed | their support for her", "voiced | opposition".
std::optional<Act> ExpressedAct(const CueReading& cue) {
  // The most words in front of the noun, and it.
  constexpr size_t kMostWords = 4;
  if (cue.quoted || cue.words.empty()) return std::nullopt;
  const std::optional<CueLemma> verb = FindCueLemma(cue.words.back());
  if (!verb || (verb->lemma != "express" && verb->lemma != "voice" &&
                verb->lemma != "convey")) {
    return std::nullopt;
  }
  for (size_t i = 0; i < cue.content.size() && i < kMostWords; ++i) {
    if (EndsObject(cue.content[i])) return std::nullopt;
    const std::optional<CueLemma> noun = FindCueLemma(cue.content[i]);
    if (!noun || noun->act == Act::kStatement) continue;
    // Joy or sorrow that is shown is no belief.
    return noun->act == Act::kBelief ? Act::kOther : noun->act;
  }
  return std::nullopt;
}

// Whether "question" casts doubt on something rather than asks: "questioned |
// the ruling", unlike "questioned | whether", "questioned | Lee about it".
bool CastsDoubt(const CueReading& cue) {
  if (cue.quoted || cue.words.empty() || cue.content.empty() ||
      IsQuestionWord(Next(cue))) {
    return false;
  }
  const std::string_view verb = cue.words.back();
  if (verb != "questioned" && verb != "questions" && verb != "questioning" &&
      verb != "question") {
    return false;
  }
  for (std::string_view word : cue.words) {
    // "was questioned", "asked a question"
    if (word == "was" || word == "were" || word == "a" || word == "the") {
      return false;
    }
  }
  // In front of its end, the object is somebody.
  for (std::string_view word : cue.content) {
    if (word == "about" || word == "over" || IsQuestionWord(word)) return false;
  }
  return true;
}

// "can be heard | saying": others hear it, the last verb governs.
size_t SkipHeard(const CueReading& cue) {
  for (size_t i = 1; i + 1 < cue.words.size(); ++i) {
    if (cue.words[i] != "heard" && cue.words[i] != "seen") continue;
    const std::string_view before = cue.words[i - 1];
    if ((before == "be" || before == "was" || before == "is" ||
         before == "were" || before == "are" || before == "been") &&
        HasLemma(cue, i + 1)) {
      return i + 1;
    }
  }
  return 0;
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
  // As in an interview.
  if (reading.words.empty() && reading.asks) return Act::kQuestion;
  const CueReading cue = WithInfinitive(reading);
  // "To many, it was": whose opinion it is.
  if (cue.words.size() == 1 && !cue.source.empty() &&
      (cue.words[0] == "to" || cue.words[0] == "for")) {
    return Act::kBelief;
  }
  if (CastsDoubt(cue)) return Act::kCriticism;
  if (const auto act = ExpressedAct(cue)) return *act;
  for (size_t i = cue.words.size(); i-- > 0;) {
    if (const auto act = PhraseActAt(cue, i)) return *act;
  }
  // The verb behind "to" governs ("refused to confirm"); before and behind it,
  // a word with a meaning of its own outweighs a neutral one ("issued a
  // statement praising").
  std::optional<Act> act;
  bool function_words = true;
  bool light = false;  // Whether `act` is that of a verb such as "offer".
  for (size_t i = SkipHeard(cue); i < cue.words.size(); ++i) {
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
