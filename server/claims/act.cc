#include "server/claims/act.h"

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

// The act that `cue.words[i]` performs together with a word behind it.
std::optional<Act> PhraseActAt(const CueReading& cue, size_t i) {
  for (size_t j = i + 1; j < cue.words.size(); ++j) {
    if (const auto act = FindPhraseAct(cue.words[i], cue.words[j])) return act;
  }
  if (const auto act = FindPhraseAct(cue.words[i], Next(cue))) return act;
  if (!AddressesContent(cue.words[i]) || IsQuestionWord(Next(cue))) {
    return std::nullopt;
  }
  // "asked | the council to act"
  for (size_t j = 1; j < cue.content.size(); ++j) {
    if (cue.content[j] == "to") return FindPhraseAct(cue.words[i], "to");
  }
  return std::nullopt;
}

// A cue of which the model left the infinitive to the content: "declined | to
// comment".
CueReading WithInfinitive(const CueReading& cue) {
  CueReading longer = cue;
  if (cue.words.empty() || cue.content.size() < 2 || Next(cue) != "to" ||
      !(IsRefusal(cue.words.back()) || IsProspect(cue.words.back())) ||
      !FindCueLemma(cue.content[1])) {
    return longer;
  }
  longer.words.insert(longer.words.end(), cue.content.begin(),
                      cue.content.begin() + 2);
  longer.content.erase(longer.content.begin(), longer.content.begin() + 2);
  return longer;
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
  for (size_t i = 0; i < cue.words.size(); ++i) {
    const bool infinitive = i > 0 && cue.words[i - 1] == "to";
    const std::optional<CueLemma> lemma = FindCueLemma(cue.words[i]);
    if (!lemma) continue;
    if (!act || infinitive || *act == Act::kStatement) act = lemma->act;
  }
  if (act) return *act;
  // What an unknown verb does before an infinitive is hardly speech ("decided |
  // to leave").
  return Next(cue) == "to" ? Act::kOther : Act::kStatement;
}

Realis ClassifyRealis(const CueReading& reading) {
  const CueReading cue = WithInfinitive(reading);
  bool hypothetical = false;
  for (size_t i = 0; i < cue.words.size(); ++i) {
    const std::string_view word = cue.words[i];
    const bool last = i + 1 == cue.words.size();
    if (IsNegation(word) || (IsRefusal(word) && !last)) {
      return Realis::kNegated;
    }
    hypothetical = hypothetical || IsModal(word) ||
                   (!last && cue.words[i + 1] == "to" && IsProspect(word));
  }
  return hypothetical ? Realis::kHypothetical : Realis::kActual;
}

}  // namespace quoth
