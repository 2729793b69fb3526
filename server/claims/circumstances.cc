#include "server/claims/circumstances.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "re2/re2.h"
#include "server/claims/claim.h"
#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {
namespace {

// How far from the cue, in code points, a phrase may stand.
constexpr uint32_t kReach = 240;

// Stand in the searched text for the bytes of content, cue and source, so that
// no phrase runs into them. Patterns never match them.
constexpr char kContentMask = '\x01';
constexpr char kCueMask = '\x02';
constexpr char kSourceMask = '\x03';

// A word of a phrase. It may hold full stops ("U.S.", "Sen."); whoever uses a
// match trims the last one.
#define QUOTH_WORD R"-([^\x00-\x20,;:()"“”]+)-"
#define QUOTH_DAY "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
#define QUOTH_MONTH                                                        \
  "(?:January|February|March|April|May|June|July|August|September|October" \
  "|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\.?)"
#define QUOTH_PART_OF_DAY "(?:morning|afternoon|evening|night)"

// Phrases that tell when.
const RE2& TimePattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)\b((?:)"
      // on Monday, late Tuesday night, Friday
      "(?:(?:on|by|since|until|late on|early on|late|early) )?"
      "(?:last |this |next )?" QUOTH_DAY "(?: " QUOTH_PART_OF_DAY
      ")?(?:,? " QUOTH_MONTH R"( \d{1,2})?)"
      // on 26 January, on Jan. 5, 2016, in March 2015
      R"(|(?:on|in|by|since|until) (?:\d{1,2} )" QUOTH_MONTH
      "|(?:early |late )?" QUOTH_MONTH R"((?: \d{1,2}\b)?)(?:,? \d{4})?)"
      R"(|in (?:19|20)\d\d)"
      // earlier this week, last month, on Monday
      "|(?:(?:earlier|later|late|early) )?(?:this|last|next|that same|that|"
      "the same|the previous|the following) (?:week(?:end)?|month|year|day|"
      "summer|spring|autumn|fall|winter|" QUOTH_PART_OF_DAY "|" QUOTH_MONTH
      ")"
      // two weeks ago, three days later
      "|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|"
      R"(a few|few|many|\d+) (?:minutes?|hours?|days?|weeks?|months?|years?))"
      " (?:ago|later|earlier|before)"
      "|(?:earlier|later) (?:on )?(?:today|yesterday|in the day)"
      "|yesterday(?: " QUOTH_PART_OF_DAY
      ")?|today|tonight|recently|lately"
      "|at the time|in recent (?:days|weeks|months|years)"
      R"(|in the past(?: (?:few )?(?:days|weeks|months|years))?))\b)");
  return *pattern;
}

// Single words that tell when if they stand beside the cue.
const RE2& TimeAdverbPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)\b(later|earlier|previously|afterwards?|now|then|once)\b)");
  return *pattern;
}

// The nouns of phrases that tell where it was said or published ...
const RE2& MediumNounPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b((?:interviews?|statements?|speech|speeches|address|remarks|"
      "comments|briefings?|conferences?|rally|rallies|tweets?|twitter|"
      "facebook|instagram|youtube|reddit|snapchat|letters?|e-?mails?|memos?|"
      "reports?|op-ed|editorial|column|blog|posts?|posting|messages?|article|"
      "essay|book|memoir|debates?|hearings?|testimony|court|filings?|ruling|"
      "lawsuit|complaint|settlement|affidavit|radio|television|tv|show|"
      "programme|program|podcast|broadcast|(?:web ?)?site|magazine|newspaper|"
      "journal|newsletter|release|event|ceremony|forum|town ?hall|convention|"
      "meetings?|call|lecture|study|paper|survey|poll|response|reply|"
      "presentation|conversation|video|documentary|parliament|commons|stop|"
      "appearance|dinner|luncheon|summit|panel|trial))\\b");
  return *pattern;
}

// ... the prepositions in front of them ...
const RE2& MediumPrepositionPattern() {
  static const RE2* const pattern =
      new RE2("(?i)\\b((?:in|at|during|on|via|through|by|using)) ");
  return *pattern;
}

// ... and what may follow the noun: "with CNN", "in Ohio", "to the nation".
const RE2& MediumTailPattern() {
  static const RE2* const pattern = new RE2(
      "(?i) (?:with|to|in|on|at|for|of|from|hosted by|before|by)"
      "(?: " QUOTH_WORD ")+");
  return *pattern;
}

// Verbs that take whom they address as their object, at the end of a cue.
const RE2& AddressingVerbPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)\b(?:t(?:ells?|elling|old)|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|)"
      "inform(?:s|ed|ing)?|warn(?:s|ed|ing)?|remind(?:s|ed|ing)?|"
      "assur(?:e|es|ed|ing)|advis(?:e|es|ed|ing)|order(?:s|ed|ing)?|"
      "promis(?:e|es|ed|ing)|press(?:es|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|"
      "challeng(?:e|es|ed|ing)|instruct(?:s|ed|ing)?|invit(?:e|es|ed|ing)|"
      "encourag(?:e|es|ed|ing)|persuad(?:e|es|ed|ing)|implor(?:e|es|ed|ing)|"
      "convinc(?:e|es|ed|ing)|beg(?:s|ged|ging)?|notif(?:y|ies|ied|ying))"
      R"((?: both| also)?$)");
  return *pattern;
}

// "told | reporters": the noun phrase behind such a verb.
const RE2& ObjectPattern() {
  static const RE2* const pattern =
      new RE2("^ ?(" QUOTH_WORD "(?: " QUOTH_WORD ")*)");
  return *pattern;
}

// "said to reporters", "speaking to the BBC".
const RE2& DativePattern() {
  static const RE2* const pattern = new RE2(
      "(?i)(?:\\bspeaking to|\\btalking to|^ to) "
      "(" QUOTH_WORD "(?: " QUOTH_WORD ")*)");
  return *pattern;
}

// The first word that cannot go on a noun phrase. It may stand anywhere but in
// the first place.
const RE2& PhraseEndPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)( (?:that|this|on|in|at|during|to|about|whether|via|by|as|when|if|)"
      "while|after|before|for|from|with|who|which|where|why|how|what|he|she|"
      "it|they|we|last|earlier|later|yesterday|today|tonight|over|not|there|"
      "his|her|their|is|are|was|were|has|had|have|will|would|could|"
      "can|" QUOTH_DAY R"()\b))");
  return *pattern;
}

std::string_view BeforePhraseEnd(std::string_view phrase) {
  re2::StringPiece end;
  if (!RE2::PartialMatch(re2::StringPiece(phrase.data(), phrase.size()),
                         PhraseEndPattern(), &end)) {
    return phrase;
  }
  return phrase.substr(0, end.data() - phrase.data());
}

// Whether a phrase begins with a word that goes on no noun phrase.
bool BeginsWithPhraseEnd(std::string_view phrase) {
  // "told | her on Monday": a pronoun, unless a noun follows ("her friends"),
  // which is just as good an addressee.
  if (phrase.starts_with("her ") || phrase == "her" ||
      phrase.starts_with("his ") || phrase.starts_with("their ") ||
      phrase.starts_with("it ") || phrase == "it") {
    return false;
  }
  const std::string spaced = std::string(" ").append(phrase);
  re2::StringPiece input(spaced);
  return RE2::Consume(&input, PhraseEndPattern());
}

// The masked neighbourhood of a cue, in bytes.
class Neighbourhood {
 public:
  Neighbourhood(const Text& text, const Claim& claim, Span sentence)
      : text_(text) {
    const Span cue = *claim.cue;
    const uint32_t reach_begin = cue.begin > kReach ? cue.begin - kReach : 0;
    // The cue may run past its sentence.
    const Span reach = {
        std::min(cue.begin, std::max(sentence.begin, reach_begin)),
        std::max(cue.end, std::min(sentence.end, cue.end + kReach))};
    offset_ = text.ByteOffset(reach.begin);
    bytes_ = text.Slice(reach);
    for (Span piece : claim.content) Mask(reach, piece, kContentMask);
    if (claim.source) Mask(reach, *claim.source, kSourceMask);
    Mask(reach, cue, kCueMask);
    cue_begin_ = text.ByteOffset(cue.begin) - offset_;
    cue_end_ = text.ByteOffset(cue.end) - offset_;
  }

  std::string_view all() const { return bytes_; }
  std::string_view behind_cue() const {
    return std::string_view(bytes_).substr(cue_end_);
  }

  // Bytes between the cue and a part of all().
  size_t DistanceToCue(std::string_view part) const {
    const size_t begin = part.data() - bytes_.data();
    const size_t end = begin + part.size();
    if (end <= cue_begin_) return cue_begin_ - end;
    return begin >= cue_end_ ? begin - cue_end_ : 0;
  }

  Span ToSpan(std::string_view part) const {
    const uint32_t begin =
        offset_ + static_cast<uint32_t>(part.data() - bytes_.data());
    return {text_.CodePointAtByte(begin),
            text_.CodePointAtByte(begin + static_cast<uint32_t>(part.size()))};
  }

 private:
  void Mask(Span reach, Span span, char mask) {
    const uint32_t begin = std::max(span.begin, reach.begin);
    const uint32_t end = std::min(span.end, reach.end);
    if (begin >= end) return;
    const uint32_t first = text_.ByteOffset(begin) - offset_;
    const uint32_t behind = text_.ByteOffset(end) - offset_;
    std::fill(bytes_.begin() + first, bytes_.begin() + behind, mask);
  }

  const Text& text_;
  uint32_t offset_ = 0;  // Of bytes_ in the text.
  std::string bytes_;
  size_t cue_begin_ = 0;
  size_t cue_end_ = 0;
};

// The match of `pattern` that stands nearest to the cue; empty if none.
std::string_view NearestMatch(const Neighbourhood& around, const RE2& pattern) {
  std::string_view best;
  re2::StringPiece rest(around.all().data(), around.all().size());
  re2::StringPiece match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    const std::string_view found(match.data(), match.size());
    if (best.data() == nullptr ||
        around.DistanceToCue(found) < around.DistanceToCue(best)) {
      best = found;
    }
  }
  return best;
}

std::optional<Span> FindTime(const Neighbourhood& around) {
  // The farthest that a single word may stand from the cue, in bytes: a space,
  // or a comma and a space.
  constexpr size_t kBeside = 2;
  std::string_view found = NearestMatch(around, TimePattern());
  if (found.empty()) {
    found = NearestMatch(around, TimeAdverbPattern());
    if (found.empty() || around.DistanceToCue(found) > kBeside) {
      return std::nullopt;
    }
  }
  return around.ToSpan(found);
}

// The phrase of a medium that ends with `noun`: back to the nearest
// preposition, if that is not far and nothing else comes between.
std::string_view FromPreposition(std::string_view all, std::string_view noun) {
  constexpr size_t kMostBytes = 60;
  constexpr char kStops[] = {',', ';',          ':',      '(',        ')',
                             '"', kContentMask, kCueMask, kSourceMask};
  const size_t end = noun.data() - all.data();
  std::string_view before = all.substr(0, end);
  if (before.size() > kMostBytes) before.remove_prefix(end - kMostBytes);
  const size_t stop =
      before.find_last_of(std::string_view(kStops, sizeof(kStops)));
  if (stop != std::string_view::npos) before.remove_prefix(stop + 1);
  re2::StringPiece rest(before.data(), before.size());
  re2::StringPiece preposition, last;
  while (RE2::FindAndConsume(&rest, MediumPrepositionPattern(), &preposition)) {
    last = preposition;
  }
  if (last.empty()) return {};
  const size_t begin = last.data() - all.data();
  return all.substr(begin, end + noun.size() - begin);
}

// What goes on behind the noun of a medium: "with CNN", "in Ohio".
std::string_view MediumTail(std::string_view rest) {
  re2::StringPiece input(rest.data(), rest.size());
  if (!RE2::Consume(&input, MediumTailPattern())) return {};
  std::string_view tail = rest.substr(0, rest.size() - input.size());
  re2::StringPiece time;
  if (RE2::PartialMatch(re2::StringPiece(tail.data(), tail.size()),
                        TimePattern(), &time)) {
    tail = tail.substr(0, time.data() - tail.data());
  }
  while (!tail.empty() && (tail.back() == ' ' || tail.back() == '.')) {
    tail.remove_suffix(1);
  }
  // Behind its own preposition, the tail ends as any phrase.
  const size_t word = tail.find(' ', 1);
  if (word == std::string_view::npos) return {};
  return tail.substr(0, word + BeforePhraseEnd(tail.substr(word)).size());
}

std::optional<Span> FindMedium(const Neighbourhood& around) {
  const std::string_view all = around.all();
  std::string_view best;
  re2::StringPiece rest(all.data(), all.size());
  re2::StringPiece noun;
  while (RE2::FindAndConsume(&rest, MediumNounPattern(), &noun)) {
    const std::string_view found =
        FromPreposition(all, std::string_view(noun.data(), noun.size()));
    if (!found.empty() && (best.empty() || around.DistanceToCue(found) <
                                               around.DistanceToCue(best))) {
      best = found;
    }
  }
  if (best.empty()) return std::nullopt;
  const size_t begin = best.data() - all.data();
  const std::string_view tail = MediumTail(all.substr(begin + best.size()));
  return around.ToSpan(all.substr(begin, best.size() + tail.size()));
}

std::optional<Span> FindAddressee(const Neighbourhood& around,
                                  std::string_view cue) {
  re2::StringPiece phrase;
  const std::string_view behind = around.behind_cue();
  const re2::StringPiece input(behind.data(), behind.size());
  if (!(RE2::PartialMatch(re2::StringPiece(cue.data(), cue.size()),
                          AddressingVerbPattern()) &&
        RE2::PartialMatch(input, ObjectPattern(), &phrase)) &&
      !RE2::PartialMatch(input, DativePattern(), &phrase) &&
      !RE2::PartialMatch(
          re2::StringPiece(around.all().data(), around.all().size()),
          DativePattern(), &phrase)) {
    return std::nullopt;
  }
  std::string_view found(phrase.data(), phrase.size());
  // A phrase that begins like the next clause is none ("told | that ...").
  if (BeginsWithPhraseEnd(found)) return std::nullopt;
  found = BeforePhraseEnd(found);
  while (!found.empty() && (found.back() == '.' || found.back() == ' ')) {
    found.remove_suffix(1);
  }
  if (found.empty()) return std::nullopt;
  return around.ToSpan(found);
}

#undef QUOTH_WORD
#undef QUOTH_DAY
#undef QUOTH_MONTH
#undef QUOTH_PART_OF_DAY

}  // namespace

Circumstances FindCircumstances(const Text& text, const Claim& claim,
                                Span sentence) {
  if (!claim.cue) return {};
  const Neighbourhood around(text, claim, sentence);
  return {FindAddressee(around, text.Slice(*claim.cue)), FindMedium(around),
          FindTime(around)};
}

}  // namespace quoth
