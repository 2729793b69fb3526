#include "server/claims/circumstance_candidates.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "re2/re2.h"
#include "server/claims/circumstance_patterns.h"
#include "server/claims/scene.h"
#include "server/claims/word_set.h"

namespace quoth {
namespace {

// The most words of a phrase of the kind "after ..." or "when ...".
constexpr int kMostEventWords = 14;
// Of a medium between its preposition and its noun, and behind the noun.
constexpr int kMostWordsToNoun = 7;
constexpr int kMostTailWords = 10;
// Of a place.
constexpr int kMostPlaceWords = 8;

// Marks that a phrase may go on over: quotation marks, hyphens, the stop of an
// abbreviation.
bool IsInnerMark(const Scene& scene, int i) {
  const std::string& mark = scene.lower(i);
  if (mark == "-") {  // A hyphen, not a dash.
    return (i > 0 && scene.word(i - 1).span.end == scene.word(i).span.begin) ||
           (i + 1 < scene.size() &&
            scene.word(i).span.end == scene.word(i + 1).span.begin);
  }
  if (IsOneOf(mark, {"'", "&", "/", "#", "@", "$", "%"})) return true;
  if (IsOneOf(mark, {"\"", "“", "”", "‘", "’", "``", "''"})) return true;
  return mark == "." && i > 0 && i + 1 < scene.size() &&
         scene.word(i - 1).span.end == scene.word(i).span.begin &&
         (scene.word(i).span.end == scene.word(i + 1).span.begin ||
          scene.lower(i - 1).size() <= 3);
}

// The end of the run from `begin` that stays in one zone and crosses no mark
// but inner ones.
int EndOfRun(const Scene& scene, int begin, int most_words) {
  int i = begin;
  for (int words = 0; i < scene.size() && words <= most_words; ++i) {
    if (scene.zone(i) != scene.zone(begin)) break;
    if (scene.IsMark(i)) {
      if (!IsInnerMark(scene, i)) break;
      continue;
    }
    if (++words > most_words) break;
  }
  while (i > begin && scene.IsMark(i - 1)) --i;
  return i;
}

bool IsNewspaper(const std::string& word) {
  return IsOneOf(word, {"times", "telegraph", "mirror", "mail", "express",
                        "herald", "post", "star", "sun", "independent",
                        "chronicle", "standard", "business"});
}

void AddMatches(const Scene& scene, const RE2& pattern, PhraseClass kind,
                std::vector<PhraseCandidate>& out) {
  const std::string_view text = scene.text();
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    const size_t begin = match.data() - text.data();
    SceneRange range = scene.WordsAt(begin, begin + match.size());
    if (range.begin >= range.end) continue;
    const int end = range.end;
    range.end = range.begin;
    while (range.end < end &&
           scene.zone(range.end) == scene.zone(range.begin)) {
      ++range.end;
    }
    if (scene.zone(range.begin) == Zone::kContent) continue;
    const std::string form =
        absl::AsciiStrToLower(absl::string_view(match.data(), match.size()));
    // The verb or the name; "a later meeting"; Super Tuesday.
    if (form == "may" || form == "a later" || form == "an earlier") continue;
    if (range.begin > 0 && scene.lower(range.begin - 1) == "super") continue;
    // "The last time he said so": which time is what it is about.
    if (form.ends_with("last time") || form.ends_with("next time")) continue;
    if (form == "once" &&
        ((range.end < scene.size() && scene.lower(range.end) == "again") ||
         (range.begin > 0 && scene.lower(range.begin - 1) == "at"))) {
      continue;
    }
    if (range.end < scene.size() && IsNewspaper(scene.lower(range.end)) &&
        scene.IsCapitalized(range.end)) {
      continue;  // The Sunday Times.
    }
    const bool known =
        std::any_of(out.begin(), out.end(), [&](const PhraseCandidate& c) {
          return c.range.begin <= range.begin && range.end <= c.range.end;
        });
    if (!known) out.push_back({range, kind});
  }
}

bool BeginsTailTime(const Scene& scene, int i) {
  // ABC's "This Week", NBC's "Today".
  if (scene.IsCapitalized(i) && !scene.lower(i).ends_with("sday") &&
      !IsOneOf(scene.lower(i), {"monday", "friday", "saturday", "sunday"})) {
    return false;
  }
  return IsOneOf(scene.lower(i),
                 {"monday", "tuesday", "wednesday", "thursday", "friday",
                  "saturday", "sunday", "yesterday", "today", "tonight",
                  "earlier", "last", "this", "later", "late", "early"});
}

// Words that no phrase of a medium goes on over.
bool StopsMedium(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "that",   "who",  "which",   "when",    "where", "while", "after",
      "before", "as",   "because", "is",      "are",   "was",   "were",
      "be",     "been", "has",     "have",    "had",   "will",  "would",
      "could",  "can",  "may",     "might",   "he",    "she",   "they",
      "we",     "i",    "you",     "said",    "says",  "say",   "saying",
      "told",   "but",  "if",      "whether", "since", "until", "what",
      "how",    "why",  "not",     "also",    "whose", "it",    "then"};
  return words->contains(word);
}

bool LeadsToMedium(const std::string& word) {
  return IsOneOf(word, {"in", "at", "on", "during", "via", "through", "by",
                        "using", "over"});
}

// "one of his rallies", "a Society of Physics meeting"
bool JoinsNoun(const Scene& scene, int i) {
  return scene.lower(i) == "of" && i + 1 < scene.size() &&
         (scene.lower(i - 1) == "one" ||
          (scene.IsCapitalized(i - 1) && scene.IsCapitalized(i + 1)));
}

// Behind "at" or "in": no place and no medium.
bool IsNoPlace(const Scene& scene, int i) {
  if (IsOneOf(scene.lower(i),
              {"times", "least", "last", "first", "once", "hearing", "response",
               "reply", "reports", "addition", "part", "fact", "turn"})) {
    return true;
  }
  for (int j = i + 1; j < i + 3 && j < scene.size(); ++j) {
    if (IsOneOf(scene.lower(j), {"time", "moment", "point"})) return true;
  }
  return false;
}

// Whether the noun at `i` is one, with the word in front of it.
bool IsMediumAt(const Scene& scene, int i) {
  if (IsMediumNoun(scene.lower(i))) return true;
  return scene.lower(i) == "ed" && i >= 2 && scene.lower(i - 2) == "op";
}

// What goes on behind the noun of a medium: "with CNN", "in Ohio".
int MediumTailEnd(const Scene& scene, int noun_end) {
  const int limit = EndOfRun(scene, noun_end, kMostTailWords);
  int i = noun_end;
  if (i >= limit ||
      !(IsOneOf(scene.lower(i),
                {"with",      "to",        "in",          "on",
                 "at",        "for",       "of",          "from",
                 "by",        "hosted",    "sponsored",   "before",
                 "about",     "held",      "aired",       "published",
                 "broadcast", "made",      "posted",      "filed",
                 "appearing", "issued",    "released",    "written",
                 "dated",     "marking",   "celebrating", "commemorating",
                 "honoring",  "honouring", "called",      "titled",
                 "entitled",  "sent",      "shared",      "emailed",
                 "delivered", "obtained"}) ||
        BeginsTailTime(scene, i))) {
    return noun_end;
  }
  int end = noun_end;
  while (i < limit) {
    if (BeginsTailTime(scene, i) || (scene.lower(i) == "on" && i + 1 < limit &&
                                     BeginsTailTime(scene, i + 1))) {
      // "at a rally Friday in Ohio" goes on, "at a rally Friday" does not.
      int behind = i + 1;
      while (behind < limit && !IsOneOf(scene.lower(behind), {"in", "at"}) &&
             behind < i + 4) {
        ++behind;
      }
      if (behind >= limit || !IsOneOf(scene.lower(behind), {"in", "at"})) break;
      i = behind;
    }
    if (StopsMedium(scene.lower(i))) break;
    end = ++i;
  }
  while (end > noun_end &&
         (scene.IsMark(end - 1) ||
          IsOneOf(scene.lower(end - 1),
                  {"with", "to", "in", "on", "at", "for", "of", "from", "by",
                   "and", "or", "the", "a", "about"}))) {
    --end;
  }
  // "in Coral Springs, Florida"
  if (end + 1 < scene.size() && scene.lower(end) == "," &&
      scene.IsCapitalized(end + 1) && end > noun_end &&
      scene.IsCapitalized(end - 1) && scene.zone(end + 1) == scene.zone(end) &&
      (end + 2 == scene.size() || scene.IsMark(end + 2))) {
    end += 2;
  }
  return end;
}

bool IsDate(const Scene& scene, int i) {
  static const auto* const months = new absl::flat_hash_set<std::string>{
      "january", "february",  "march",   "april",    "may",      "june", "july",
      "august",  "september", "october", "november", "december", "jan",  "feb",
      "aug",     "sept",      "oct",     "nov",      "dec"};
  return scene.word(i).shape == Shape::kDigits ||
         (scene.IsCapitalized(i) && months->contains(scene.lower(i)));
}

// "in his order", "through a lawyer": a noun phrase of any kind behind the
// preposition at `i`.
void AddAnyPhrase(const Scene& scene, int i,
                  std::vector<PhraseCandidate>& out) {
  if (!IsOneOf(scene.lower(i),
               {"in", "at", "on", "through", "via", "during"})) {
    return;
  }
  int end = i + 1;
  const int limit = EndOfRun(scene, i, kMostPlaceWords);
  while (end < limit && !BeginsTailTime(scene, end) &&
         (!StopsMedium(scene.lower(end)) ||
          (end == i + 1 && scene.lower(end) == "that")) &&
         !IsOneOf(scene.lower(end), {"in", "at", "on", "to", "with", "from",
                                     "for", "by", "about", "and", "or"})) {
    ++end;
  }
  if (end > i + 1) out.push_back({{i, end}, PhraseClass::kAnyPhrase});
}

// Looks for a medium behind the preposition at `i`.
void AddMediumPhrase(const Scene& scene, int i,
                     std::vector<PhraseCandidate>& out) {
  if (i + 1 >= scene.size() || IsNoPlace(scene, i + 1)) return;
  const int limit = EndOfRun(scene, i, kMostWordsToNoun);
  int noun_end = 0;
  for (int j = i + 1; j < limit; ++j) {
    // "at that meeting"
    if (StopsMedium(scene.lower(j)) &&
        (j > i + 1 || scene.lower(j) != "that")) {
      break;
    }
    if (IsMediumAt(scene, j)) {
      noun_end = j + 1;
      while (noun_end < limit && IsMediumAt(scene, noun_end)) ++noun_end;
      break;
    }
    if (!JoinsNoun(scene, j) &&
        IsOneOf(scene.lower(j), {"of", "for", "from", "with", "to", "in", "at",
                                 "during", "on", "via", "by", "and"})) {
      break;
    }
  }
  if (noun_end > 0) {
    const int end = MediumTailEnd(scene, noun_end);
    out.push_back({{i, end}, PhraseClass::kMediumPhrase});
    // What follows may belong to the claim: "confronted him in the debate |
    // about remarks".
    if (end - noun_end > noun_end - i) {
      out.push_back({{i, noun_end}, PhraseClass::kMediumPhrase});
    }
    return;
  }
  if (!IsOneOf(scene.lower(i), {"in", "at", "on"})) {
    AddAnyPhrase(scene, i, out);
    return;
  }
  // A place: something with a capital or in quotation marks soon behind.
  int end = EndOfRun(scene, i, kMostPlaceWords);
  for (int j = i + 1; j < end; ++j) {
    if (StopsMedium(scene.lower(j)) ||
        (j > i + 1 && BeginsTailTime(scene, j))) {
      end = j;
    }
  }
  while (end > i + 1 &&
         IsOneOf(scene.lower(end - 1), {"on", "in", "at", "to"})) {
    --end;
  }
  if (end <= i + 1 || BeginsTailTime(scene, i + 1) || IsDate(scene, i + 1)) {
    return;
  }
  bool proper = false;
  for (int j = i + 1; j < end && j < i + 4; ++j) {
    proper = proper || scene.IsCapitalized(j) ||
             (scene.IsMark(j) && scene.lower(j) != "-");
  }
  if (proper || scene.lower(i) == "at") {
    out.push_back({{i, end}, PhraseClass::kPlacePhrase});
  } else {
    AddAnyPhrase(scene, i, out);
  }
}

bool HandlesMedium(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "issued",   "issue",     "issues",    "issuing",    "released",
      "releases", "release",   "releasing", "wrote",      "writes",
      "write",    "writing",   "sent",      "sends",      "send",
      "sending",  "published", "publishes", "publishing", "posted",
      "posts",    "posting",   "gave",      "gives",      "giving",
      "held",     "holds",     "holding",   "delivered",  "delivers",
      "used",     "uses",      "using",     "unleashed",  "made",
      "tweeted",  "took",      "signed",    "penned",     "circulated"};
  return words->contains(word);
}

bool IsPreposition(const std::string& word) {
  return IsOneOf(word, {"in", "at", "on", "with", "for", "from", "during",
                        "via", "through", "by", "using", "over", "of", "to",
                        "about", "than", "as"});
}

// The end of the noun phrase from `begin`, if its noun is a medium; else
// `begin`. It may have a comma: "a detailed, six-page letter".
int MediumNounEnd(const Scene& scene, int begin) {
  for (int j = begin; j < scene.size() && j < begin + kMostWordsToNoun; ++j) {
    if (scene.zone(j) != scene.zone(begin) || StopsMedium(scene.lower(j)) ||
        IsPreposition(scene.lower(j))) {
      break;
    }
    if (scene.IsMark(j)) {
      if (!IsInnerMark(scene, j) && scene.lower(j) != ",") break;
      continue;
    }
    if (!IsMediumAt(scene, j)) continue;
    int end = j + 1;
    while (end < scene.size() && scene.zone(end) == scene.zone(begin) &&
           IsMediumAt(scene, end)) {
      ++end;
    }
    return end;
  }
  return begin;
}

bool IsArticle(const std::string& word) {
  return IsOneOf(word, {"a", "an", "the", "his", "her", "its", "their", "this",
                        "another"});
}

// "issued a statement saying": a medium as the object of a verb in front of the
// cue, or inside the cue.
void AddMediumObject(const Scene& scene, int verb,
                     std::vector<PhraseCandidate>& out) {
  int begin = verb + 1;
  if (scene.lower(verb) == "took" && begin < scene.size() &&
      scene.lower(begin) == "to") {
    ++begin;
  }
  const int end = MediumNounEnd(scene, begin);
  if (end > begin) out.push_back({{begin, end}, PhraseClass::kMediumObject});
}

// "a letter from staff, which urged ...": a medium that no preposition and none
// of these verbs leads to. `i` is its article.
void AddMediumNoun(const Scene& scene, int i,
                   std::vector<PhraseCandidate>& out) {
  if (scene.zone(i) == Zone::kSource ||
      (i > 0 && (HandlesMedium(scene.lower(i - 1)) ||
                 IsPreposition(scene.lower(i - 1))))) {
    return;
  }
  const int end = MediumNounEnd(scene, i);
  if (end > i + 1) out.push_back({{i, end}, PhraseClass::kMediumNoun});
}

// "They lost | on Monday |, but Reed said": whether a clause of its own begins
// between the phrase and the cue. Of 140 such phrases of the training articles
// 4 were about the cue.
bool InEarlierClause(const Scene& scene, SceneRange phrase) {
  for (int i = phrase.end; i < scene.cue().begin; ++i) {
    if (scene.zone(i) == Zone::kSource) {
      return i >= phrase.end + 2 && scene.lower(i - 2) == "," &&
             IsOneOf(scene.lower(i - 1),
                     {"but", "and", "while", "though", "although"});
    }
    if (scene.zone(i) == Zone::kOutside && scene.lower(i) == ";") return true;
  }
  return false;
}

void DropEarlierClauses(const Scene& scene,
                        std::vector<PhraseCandidate>& candidates) {
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(),
                                  [&](const PhraseCandidate& candidate) {
                                    return InEarlierClause(scene,
                                                           candidate.range);
                                  }),
                   candidates.end());
}

}  // namespace

bool IsMediumNoun(const std::string& word) {
  static const auto* const words = [] {
    const absl::flat_hash_set<std::string> set = absl::StrSplit(
        "interview interviews statement statements speech speeches address "
        "remarks comments briefing briefings conference conferences rally "
        "rallies tweet tweets twitter facebook instagram youtube reddit "
        "snapchat letter letters email emails mail mails memo memos report "
        "reports editorial column blog blogs post posts posting postings "
        "message messages article articles essay book memoir debate debates "
        "hearing hearings testimony court filing filings ruling lawsuit "
        "complaint settlement affidavit radio television tv show programme "
        "program podcast broadcast site sites website websites magazine "
        "newspaper journal newsletter release event events ceremony forum "
        "hall convention meeting meetings call lecture study paper survey "
        "poll response reply presentation conversation conversations video "
        "documentary parliament commons appearance appearances dinner "
        "luncheon breakfast summit panel trial gathering excerpt segment "
        "piece diatribe gaggle talks press account chat text "
        "question-and-answer session stage stand tweetstorm livestream "
        "monologue sermon toast eulogy obituary brochure leaflet manifesto "
        "declaration indictment transcript recording tape cookout fundraiser "
        "inauguration congress senate committee telephone phone "
        "settlements segments account accounts forums cabinet webcast "
        "newscast keynote deposition seminar symposium workshop tweeting media "
        "discussion discussions plea suit lawsuits ad ads dissent opinion "
        "brief note notes advisory teleconference telecon phonecall phonecalls "
        "findings document documents stream bulletin communique dispatch "
        "wechat weibo tiktok caption newsletters editorials columns",
        ' ');
    return new absl::flat_hash_set<std::string>(set);
  }();
  return words->contains(word);
}

std::vector<PhraseCandidate> FindTimeCandidates(const Scene& scene) {
  std::vector<PhraseCandidate> out;
  if (scene.size() == 0) return out;
  AddMatches(scene, DayPattern(), PhraseClass::kDay, out);
  AddMatches(scene, RelativeTimePattern(), PhraseClass::kRelative, out);
  AddMatches(scene, DatePattern(), PhraseClass::kDate, out);
  AddMatches(scene, YearPattern(), PhraseClass::kYear, out);
  AddMatches(scene, TimeAdverbPattern(), PhraseClass::kAdverb, out);
  AddMatches(scene, StageAdverbPattern(), PhraseClass::kStage, out);
  for (int i = 0; i < scene.size(); ++i) {
    if (scene.zone(i) == Zone::kContent || scene.zone(i) == Zone::kSource) {
      continue;
    }
    const std::string& word = scene.lower(i);
    PhraseClass kind;
    if (IsOneOf(word, {"during", "following", "amid", "throughout"})) {
      kind = PhraseClass::kDuring;
    } else if (IsOneOf(word, {"since", "once"}) &&
               scene.zone(i) == Zone::kCue) {
      continue;  // "has since said"
    } else if (IsOneOf(word, {"after", "before", "since", "until", "ahead",
                              "within", "upon"})) {
      kind = PhraseClass::kAfter;
    } else if (word == "once" && i + 1 < scene.size() &&
               scene.lower(i + 1) == "again") {
      continue;
    } else if (IsOneOf(word, {"when", "while", "once"})) {
      kind = PhraseClass::kWhen;
    } else if (word == "as" && scene.zone(i) != Zone::kCue) {
      kind = PhraseClass::kAs;
    } else {
      continue;
    }
    int begin = i;
    // "soon after", "three days before", "shortly before"
    while (begin > 0 && begin > i - 2 &&
           scene.zone(begin - 1) == scene.zone(i) &&
           kind == PhraseClass::kAfter &&
           IsOneOf(scene.lower(begin - 1),
                   {"soon", "shortly", "just", "months", "days", "hours",
                    "minutes", "weeks", "immediately", "ever", "moments"})) {
      --begin;
    }
    const int end = EndOfRun(scene, begin, kMostEventWords);
    if (end > i + 1) out.push_back({{begin, end}, kind});
  }
  // "ABC's “This Week”"
  std::erase_if(out, [&scene](const PhraseCandidate& candidate) {
    const int begin = candidate.range.begin;
    return begin > 0 && IsOneOf(scene.lower(begin - 1), {"\"", "“", "‘", "``"});
  });
  DropEarlierClauses(scene, out);
  return out;
}

std::vector<PhraseCandidate> FindMediumCandidates(const Scene& scene) {
  std::vector<PhraseCandidate> out;
  for (int i = 0; i + 1 < scene.size(); ++i) {
    if (scene.zone(i) == Zone::kContent) continue;
    if (LeadsToMedium(scene.lower(i))) AddMediumPhrase(scene, i, out);
    if (i < scene.cue().end && HandlesMedium(scene.lower(i))) {
      AddMediumObject(scene, i, out);
    }
    if (i < scene.cue().end && IsArticle(scene.lower(i))) {
      AddMediumNoun(scene, i, out);
    }
  }
  DropEarlierClauses(scene, out);
  return out;
}

}  // namespace quoth
