#include "server/claims/addressee.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "server/claims/circumstance_candidates.h"
#include "server/claims/cue_lexicon.h"
#include "server/claims/noun_phrase.h"
#include "server/claims/scene.h"
#include "server/claims/word_set.h"

namespace quoth {
namespace {

// The word lists below are the project's own, from general knowledge.

// Verbs, by their base form, whose object is whom they address.
bool IsAddressingVerb(std::string_view word) {
  static const WordSet* const verbs = NewSet(
      "tell ask urge inform warn remind assure advise order promise press "
      "challenge instruct invite encourage persuade implore convince beg "
      "notify alert question exhort query confront lecture brief thank welcome "
      "guarantee plead beseech quiz grill pressure lobby reassure caution "
      "warning petition command");
  const std::optional<CueLemma> lemma = FindCueLemma(word);
  return lemma && verbs->contains(std::string(lemma->lemma));
}

// Of these, those that ask for a deed: "urged | the council to act".
bool IsDirectiveVerb(std::string_view word) {
  static const WordSet* const verbs = NewSet(
      "tell ask urge advise order press challenge instruct invite encourage "
      "persuade implore convince beg exhort warn beseech pressure lobby "
      "remind caution call warning petition command");
  const std::optional<CueLemma> lemma = FindCueLemma(word);
  return lemma && verbs->contains(std::string(lemma->lemma));
}

// Of these, those whose object may open the content, in front of a clause:
// "asked | Reed about the plan", "assured | the crowd that he would".
bool TakesPersonAndClause(std::string_view word) {
  static const WordSet* const verbs = NewSet(
      "ask tell assure remind inform alert notify convince persuade reassure "
      "advise");
  const std::optional<CueLemma> lemma = FindCueLemma(word);
  return lemma && verbs->contains(std::string(lemma->lemma));
}

// Participles that with an auxiliary say what the subject was told.
bool IsPassiveAddressing(std::string_view word) {
  static const WordSet* const words = NewSet(
      "told asked urged warned informed advised ordered pressed reminded "
      "assured invited instructed promised requested questioned briefed "
      "notified encouraged interviewed quizzed charged banned petitioned "
      "alerted "
      "lobbied cautioned commanded");
  return words->contains(std::string(word));
}

// Whether a phrase behind "to" is somebody rather than a verb.
bool LooksLikeSomebody(const Scene& scene, int i) {
  static const WordSet* const people = NewSet(
      "reporters journalists attendees supporters voters lawmakers delegates "
      "staff members investors clients customers growers parents students "
      "fans police congress parliament donors viewers readers followers "
      "employees workers colleagues friends officials activists shareholders "
      "listeners crowds audiences residents leaders investigators outlets "
      "media consumers lawyers authorities regulators guests teachers "
      "management prosecutors detectives officers soldiers patients families "
      "senators ministers diplomats ambassadors prisoners jurors others "
      "visitors passengers players");
  // Of a noun in front of the name, and of the adjectives.
  constexpr int kMostWords = 3;
  if (i >= scene.size() || scene.IsMark(i)) return false;
  const std::string& word = scene.lower(i);
  if (IsOneOf(word, {"newspaper", "magazine", "broadcaster", "news", "fellow",
                     "radio", "television", "channel", "website"})) {
    return i + 1 < scene.size() && !scene.IsMark(i + 1);
  }
  // "to impeachment investigators", "to various news outlets"
  for (int j = i + 1; j < scene.size() && j <= i + kMostWords; ++j) {
    if (scene.IsMark(j) || EndsNounPhrase(scene.lower(j)) ||
        EndsNounPhrase(scene.lower(j - 1))) {
      break;
    }
    if (people->contains(scene.lower(j))) return true;
  }
  return scene.IsCapitalized(i) || IsPronounObject(word) ||
         IsOneOf(word, {"the", "a", "an", "his", "her", "their", "its", "our",
                        "my", "your", "all", "both", "those", "these",
                        "several", "some"}) ||
         people->contains(word);
}

bool IsPassive(const Scene& scene) {
  const SceneRange cue = scene.cue();
  int last = cue.end - 1;
  while (last > cue.begin && IsFunctionWord(scene.lower(last))) --last;
  if (!IsPassiveAddressing(scene.lower(last))) return false;
  // "was | once asked": the auxiliary may stand in front of the cue.
  const int first =
      cue.begin > 0 && !scene.IsMark(cue.begin - 1) ? cue.begin - 1 : cue.begin;
  for (int i = first; i < last; ++i) {
    const std::string& word = scene.lower(i);
    if (IsOneOf(word, {"was", "were", "be", "been", "being", "is", "are", "got",
                       "re"}) ||
        word.ends_with("'re") || word.ends_with("wasn't") ||
        word.ends_with("weren't") || word == "'re") {
      return true;
    }
  }
  return false;
}

// Who "was asked", "who was asked", "was | once asked".
std::optional<SceneRange> PassiveSubject(const Scene& scene) {
  int end = scene.cue().begin;
  if (end > 0 && IsOneOf(scene.lower(end - 1),
                         {"was", "were", "be", "been", "being", "is", "are"})) {
    --end;
  }
  if (end > 1 && IsOneOf(scene.lower(end - 1), {"who", "which", "that"})) {
    --end;
    if (end > 1 && scene.lower(end - 1) == ",") --end;
  }
  return SubjectBefore(scene, end);
}

// "Asked about the plan, Reed said": who is asked follows the clause, or stands
// in front of it between commas.
std::optional<SceneRange> AskedOne(const Scene& scene) {
  const SceneRange cue = scene.cue();
  if (!IsOneOf(scene.lower(cue.begin), {"asked", "pressed", "questioned"}) ||
      cue.end - cue.begin > 2) {
    return std::nullopt;
  }
  if (cue.begin >= 2 && scene.lower(cue.begin - 1) == ",") {
    // Not "Ann Reed, a reporter, asked Lee whether".
    if (scene.zone(cue.begin - 2) == Zone::kSource) return std::nullopt;
    return SubjectBefore(scene, cue.begin - 1);
  }
  if (cue.begin > 0) return std::nullopt;
  for (int i = cue.end; i + 1 < scene.size(); ++i) {
    if (scene.lower(i) == "," && scene.zone(i + 1) != Zone::kContent) {
      if (IsOneOf(scene.lower(i + 1), {"he", "she", "they", "i", "we"})) {
        return SceneRange{i + 1, i + 2};
      }
      auto asked = NounPhraseAt(scene, i + 1);
      // A name ends where its capitals do: "Reed | smiled".
      for (int j = i + 2; asked && scene.IsCapitalized(i + 1) && j < asked->end;
           ++j) {
        if (!scene.IsCapitalized(j) && !scene.IsMark(j)) asked->end = j;
      }
      return asked;
    }
  }
  return std::nullopt;
}

// "the letter", "the effect": what is no one, though "to" leads to it.
bool IsThing(const Scene& scene, SceneRange phrase) {
  const std::string& last = scene.lower(phrase.end - 1);
  if (scene.IsCapitalized(phrase.end - 1)) return false;
  return IsMediumNoun(last)
             ? !IsOneOf(last,
                        {"media",     "press",      "court",      "parliament",
                         "congress",  "committee",  "panel",      "cabinet",
                         "newspaper", "magazine",   "paper",      "site",
                         "website",   "journal",    "radio",      "television",
                         "summit",    "forum",      "conference", "rally",
                         "meeting",   "convention", "gathering"})
             : IsOneOf(last, {"effect", "allegations", "accusations", "news",
                              "questions", "claims", "criticism", "hands",
                              "extent", "point", "contrary", "accident"});
}

std::optional<SceneRange> SomebodyAt(const Scene& scene, int begin) {
  const auto phrase = NounPhraseAt(scene, begin);
  if (phrase && IsThing(scene, *phrase)) return std::nullopt;
  return phrase;
}

// Whom an earlier verb of the sentence addresses, for a cue in -ing: "told the
// crowd, | adding", "wrote to growers, | saying".
std::optional<SceneRange> EarlierObject(const Scene& scene) {
  const SceneRange cue = scene.cue();
  if (!scene.lower(cue.begin).ends_with("ing")) return std::nullopt;
  for (int i = cue.begin; i-- > 0;) {
    if (scene.zone(i) != Zone::kOutside || scene.IsMark(i)) continue;
    const std::string& word = scene.lower(i);
    if (word == "told" || word == "asked" || word == "urged") {
      return NounPhraseAt(scene, i + 1);
    }
    if (word == "to" && i > 0 &&
        (IsOneOf(scene.lower(i - 1),
                 {"wrote", "written", "spoke", "speaking", "spoken", "sent",
                  "responded", "replied", "writing", "talking", "briefing",
                  "letter", "statement", "message"})) &&
        LooksLikeSomebody(scene, i + 1)) {
      return SomebodyAt(scene, i + 1);
    }
  }
  return std::nullopt;
}

// Whether "to" at `i`, behind a word such as "remarks", leads to somebody whom
// no word list has: "to growers", "to al-Jazeera".
bool LeadsToSomebody(const Scene& scene, int i) {
  if (LooksLikeSomebody(scene, i + 1)) return true;
  if (i + 1 >= scene.size() || scene.IsMark(i + 1)) return false;
  if (scene.lower(i + 1).ends_with("s")) return true;
  return i + 3 < scene.size() && scene.lower(i + 2) == "-" &&
         scene.IsCapitalized(i + 3);
}

// "to reporters" behind the cue, source and content left aside, or behind a
// word of speaking anywhere.
std::optional<SceneRange> Dative(const Scene& scene) {
  const SceneRange cue = scene.cue();
  int i = cue.end;
  while (i < scene.size() &&
         (scene.zone(i) == Zone::kSource || scene.zone(i) == Zone::kContent)) {
    ++i;
  }
  // "pleaded with | the council"
  if (i == cue.end && i < scene.size() && scene.lower(i) == "with" &&
      scene.zone(i) == Zone::kOutside &&
      scene.lower(cue.end - 1).starts_with("plead")) {
    return SomebodyAt(scene, i + 1);
  }
  if (i < scene.size() && scene.lower(i) == "to" &&
      LooksLikeSomebody(scene, i + 1)) {
    return SomebodyAt(scene, i + 1);
  }
  for (i = 1; i + 1 < scene.size(); ++i) {
    if (scene.lower(i) != "to" || scene.zone(i) == Zone::kContent) continue;
    const std::string& before = scene.lower(i - 1);
    if (IsOneOf(before,
                {"speaking", "talking", "remarks", "letter", "email", "mail",
                 "message", "posting", "speech", "memo", "address", "apology",
                 "comments", "apologizing", "apologising", "statement", "note",
                 "sent", "emailed"}) &&
        LeadsToSomebody(scene, i)) {
      return SomebodyAt(scene, i + 1);
    }
  }
  return std::nullopt;
}

// "urged | supporters to vote", and where `clauses` is set "asked | Reed about
// the vote": the object opens the content.
std::optional<SceneRange> ObjectInContent(const Scene& scene, bool clauses) {
  constexpr int kMostWords = 9;
  const SceneRange cue = scene.cue();
  if (cue.end >= scene.size() || scene.zone(cue.end) != Zone::kContent ||
      scene.IsMark(cue.end)) {
    return std::nullopt;
  }
  const int first = cue.end;
  for (int i = first; i < scene.size() && i <= first + kMostWords; ++i) {
    if (scene.zone(i) != Zone::kContent) return std::nullopt;
    const std::string& word = scene.lower(i);
    const bool clause = clauses && (IsQuestionWord(word) || word == "that" ||
                                    word == "about" || word == "for");
    if (i > first && (word == "to" || clause)) {
      const int end = NounPhraseEnd(scene, first);
      if (end <= first || end > i) return std::nullopt;
      return SceneRange{first, end};
    }
    if (EndsObject(word) && word != "on") return std::nullopt;
  }
  return std::nullopt;
}

// "directed | sales people | to rank students": the object of any other demand,
// between the cue and an infinitive.
std::optional<SceneRange> ObjectOfDemand(const Scene& scene) {
  const SceneRange cue = scene.cue();
  const std::optional<CueLemma> lemma = FindCueLemma(scene.lower(cue.end - 1));
  if (!lemma || lemma->act != Act::kDirective || cue.end >= scene.size() ||
      scene.zone(cue.end) != Zone::kOutside) {
    return std::nullopt;
  }
  const auto object = NounPhraseAt(scene, cue.end);
  if (!object || object->end >= scene.size() ||
      scene.zone(object->end) != Zone::kContent ||
      scene.lower(object->end) != "to") {
    return std::nullopt;
  }
  return object;
}

std::optional<SceneRange> Object(const Scene& scene) {
  const SceneRange cue = scene.cue();
  int verb = -1;
  for (int i = cue.begin; i < cue.end; ++i) {
    const bool called_on = IsOneOf(scene.lower(i), {"on", "upon"}) &&
                           i > cue.begin &&
                           scene.lower(i - 1).starts_with("call");
    if (called_on || IsAddressingVerb(scene.lower(i))) verb = i;
  }
  if (verb < 0) return ObjectOfDemand(scene);
  // "had pressed him on"
  if (verb + 1 < cue.end) {
    if (IsPronounObject(scene.lower(verb + 1)) ||
        scene.lower(verb + 1) == "her") {
      return SceneRange{verb + 1, verb + 2};
    }
    for (int i = verb + 1; i < cue.end; ++i) {
      if (!IsFunctionWord(scene.lower(i)) && scene.lower(i) != "both") {
        return std::nullopt;
      }
    }
  }
  if (cue.end < scene.size() && scene.zone(cue.end) == Zone::kContent) {
    const bool clauses = TakesPersonAndClause(scene.lower(verb));
    const bool directive = IsDirectiveVerb(scene.lower(verb)) ||
                           IsOneOf(scene.lower(verb), {"on", "upon"});
    return directive || clauses ? ObjectInContent(scene, clauses)
                                : std::nullopt;
  }
  int begin = cue.end;
  while (begin < scene.size() && scene.zone(begin) == Zone::kOutside &&
         IsOneOf(scene.lower(begin), {"both", "also"})) {
    ++begin;
  }
  if (begin >= scene.size() || scene.zone(begin) != Zone::kOutside) {
    return std::nullopt;
  }
  // "told her on Monday": a pronoun, unless a noun follows.
  if (scene.lower(begin) == "her" &&
      (begin + 1 >= scene.size() || scene.IsMark(begin + 1) ||
       scene.zone(begin + 1) != Zone::kOutside ||
       EndsNounPhrase(scene.lower(begin + 1)))) {
    return SceneRange{begin, begin + 1};
  }
  return NounPhraseAt(scene, begin);
}

}  // namespace

std::optional<SceneRange> FindAddressee(const Scene& scene) {
  if (IsPassive(scene)) return PassiveSubject(scene);
  if (const auto asked = AskedOne(scene)) return asked;
  if (const auto object = Object(scene)) return object;
  if (const auto dative = Dative(scene)) return dative;
  return EarlierObject(scene);
}

}  // namespace quoth
