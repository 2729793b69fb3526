#include "server/claims/cue_lexicon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/claims/claim.h"
#include "server/claims/cue_tables.h"

namespace quoth {
namespace {

using LemmaMap = absl::flat_hash_map<std::string, CueLemma>;

const LemmaMap& Lemmas() {
  static const LemmaMap* const map = [] {
    auto* lemmas = new LemmaMap;
    for (const ActLemmas& entry : kActLemmas) {
      std::string_view rest = entry.lemmas;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view lemma = rest.substr(0, end);
        lemmas->try_emplace(std::string(lemma), CueLemma{lemma, entry.act});
        rest.remove_prefix(std::min(rest.size(), end + 1));
      }
    }
    return lemmas;
  }();
  return *map;
}

const absl::flat_hash_map<std::string, std::string>& Irregular() {
  static const auto* const map = [] {
    auto* forms = new absl::flat_hash_map<std::string, std::string>;
    for (const auto& [form, lemma] : kIrregular) {
      forms->try_emplace(std::string(form), lemma);
    }
    return forms;
  }();
  return *map;
}

// The longest word that is looked up: twice as long as any in the lists.
constexpr size_t kMostBytes = 40;

// What `word` may be an inflection of, likeliest first; itself included.
// Nothing for a word that is too long for any list.
std::vector<std::string> LemmaCandidates(std::string_view word) {
  std::vector<std::string> out;
  if (word.size() > kMostBytes) return out;
  if (const auto it = Irregular().find(std::string(word));
      it != Irregular().end()) {
    out.push_back(it->second);
  }
  out.emplace_back(word);
  const auto strip = [&](std::string_view ending, bool verb_ending) {
    if (word.size() < ending.size() + 2 || !word.ends_with(ending)) return;
    std::string stem(word.substr(0, word.size() - ending.size()));
    out.push_back(stem);
    if (!verb_ending) return;
    out.push_back(stem + "e");
    const size_t n = stem.size();
    if (stem[n - 1] == stem[n - 2]) out.push_back(stem.substr(0, n - 1));
    if (stem.back() == 'i') out.push_back(stem.substr(0, n - 1) + "y");
  };
  strip("s", false);
  strip("es", true);
  strip("ed", true);
  strip("ing", true);
  return out;
}

template <size_t kSize>
bool Contains(const std::string_view (&list)[kSize], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <size_t kSize>
bool ContainsLemmaOf(const std::string_view (&list)[kSize],
                     std::string_view word) {
  for (const std::string& lemma : LemmaCandidates(word)) {
    if (Contains(list, lemma)) return true;
  }
  return false;
}

}  // namespace

std::optional<CueLemma> FindCueLemma(std::string_view word) {
  for (const std::string& lemma : LemmaCandidates(word)) {
    const auto it = Lemmas().find(lemma);
    if (it != Lemmas().end()) return it->second;
  }
  return std::nullopt;
}

std::optional<Act> FindPhraseAct(std::string_view word,
                                 std::string_view follower) {
  const std::vector<std::string> lemmas = LemmaCandidates(word);
  for (const CuePhrase& phrase : kPhrases) {
    if (phrase.follower == follower &&
        std::find(lemmas.begin(), lemmas.end(), phrase.lemma) != lemmas.end()) {
      return phrase.act;
    }
  }
  return std::nullopt;
}

bool AddressesContent(std::string_view word) {
  return ContainsLemmaOf(kAddressing, word);
}

bool EndsObject(std::string_view word) { return Contains(kObjectEnds, word); }

bool IsFunctionWord(std::string_view word) {
  return Contains(kFunctionWords, word);
}

bool IsEmptyNegation(std::string_view negation, std::string_view next) {
  if (negation == "no") return Contains(kNothingBehindNo, next);
  if (negation != "never") return false;
  const std::vector<std::string> lemmas = LemmaCandidates(next);
  return std::any_of(lemmas.begin(), lemmas.end(),
                     [](const std::string& lemma) {
                       return Contains(kNothingBehindNever, lemma);
                     });
}

bool IsQuestionWord(std::string_view word) {
  return Contains(kQuestionWords, word);
}

bool IsNegation(std::string_view word) {
  return Contains(kNegations, word) || word.ends_with("n't");
}

bool IsRefusal(std::string_view word) {
  return ContainsLemmaOf(kRefusals, word);
}

bool IsModal(std::string_view word) { return Contains(kModals, word); }

bool IsProspect(std::string_view word) {
  return ContainsLemmaOf(kProspects, word);
}

bool IsAttempt(std::string_view word) {
  return ContainsLemmaOf(kAttempts, word);
}

}  // namespace quoth
