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

// The act that `cue.words[i]` performs together with a word behind it.
std::optional<Act> PhraseActAt(const CueReading& cue, size_t i) {
  for (size_t j = i + 1; j < cue.words.size(); ++j) {
    if (const auto act = FindPhraseAct(cue.words[i], cue.words[j])) return act;
  }
  return FindPhraseAct(cue.words[i], cue.next);
}

}  // namespace

Act ClassifyAct(const CueReading& cue) {
  if (cue.words.empty()) return Act::kStatement;
  for (size_t i = cue.words.size(); i-- > 0;) {
    if (const auto act = PhraseActAt(cue, i)) return *act;
  }
  // The verb behind "to" governs ("refused to confirm"); before and behind it,
  // a word with a meaning of its own outweighs a neutral one ("issued a
  // statement praising").
  std::optional<Act> act;
  for (const std::string& word : cue.words) {
    const std::optional<CueLemma> lemma = FindCueLemma(word);
    if (!lemma) continue;
    const bool infinitive = &word != &cue.words[0] && *(&word - 1) == "to";
    if (!act || infinitive || *act == Act::kStatement) act = lemma->act;
  }
  return act.value_or(Act::kOther);
}

Realis ClassifyRealis(const CueReading& cue) {
  bool hypothetical = false;
  for (size_t i = 0; i < cue.words.size(); ++i) {
    const std::string_view word = cue.words[i];
    const bool before_to = i + 1 < cue.words.size() && cue.words[i + 1] == "to";
    if (IsNegation(word)) return Realis::kNegated;
    if (IsRefusal(word) && i + 1 < cue.words.size()) return Realis::kNegated;
    hypothetical =
        hypothetical || IsModal(word) || (before_to && IsProspect(word));
  }
  return hypothetical ? Realis::kHypothetical : Realis::kActual;
}

}  // namespace quoth
