#include "server/claims/circumstances.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "re2/re2.h"
#include "server/claims/circumstance_patterns.h"
#include "server/claims/claim.h"
#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {
namespace {

// How far from the cue, in code points, a phrase may stand.
constexpr uint32_t kReach = 240;

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
    opens_sentence_ = reach.begin == sentence.begin;
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

  // Whether nothing stands between the cue and a part of all() that begins
  // another clause. What opens the sentence may be about all of it.
  bool InClauseOfCue(std::string_view part) const {
    const size_t begin = part.data() - bytes_.data();
    const size_t end = begin + part.size();
    if (opens_sentence_ && begin == 0) return true;
    if (end <= cue_begin_) {
      std::string_view clause = all().substr(0, begin);
      const size_t comma = clause.rfind(',');
      if (comma != std::string_view::npos) clause.remove_prefix(comma);
      if (RE2::PartialMatch(re2::StringPiece(clause.data(), clause.size()),
                            InnerClausePattern())) {
        return false;
      }
    }
    const std::string_view between =
        end <= cue_begin_
            ? all().substr(end, cue_begin_ - end)
            : all().substr(cue_end_, begin > cue_end_ ? begin - cue_end_ : 0);
    return !RE2::PartialMatch(re2::StringPiece(between.data(), between.size()),
                              ClauseBreakPattern());
  }

  std::string_view before_cue() const { return all().substr(0, cue_begin_); }

  Span CuePartToSpan(size_t begin, size_t size) const {
    const uint32_t at = offset_ + static_cast<uint32_t>(cue_begin_ + begin);
    return {text_.CodePointAtByte(at),
            text_.CodePointAtByte(at + static_cast<uint32_t>(size))};
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
  bool opens_sentence_ = false;  // Whether bytes_ begins with the sentence.
  size_t cue_begin_ = 0;
  size_t cue_end_ = 0;
};

// The match of `pattern` that stands nearest to the cue, and in its clause;
// empty if there is none.
std::string_view NearestMatch(const Neighbourhood& around, const RE2& pattern) {
  std::string_view best;
  re2::StringPiece rest(around.all().data(), around.all().size());
  re2::StringPiece match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    const std::string_view found(match.data(), match.size());
    if (around.InClauseOfCue(found) &&
        (best.empty() ||
         around.DistanceToCue(found) < around.DistanceToCue(best))) {
      best = found;
    }
  }
  return best;
}

std::optional<Span> FindTime(const Neighbourhood& around,
                             std::string_view cue) {
  // The farthest that a single word may stand from the cue, in bytes: a space,
  // or a comma and a space.
  constexpr size_t kBeside = 2;
  std::string_view found = NearestMatch(around, TimePattern());
  if (!found.empty()) return around.ToSpan(found);
  found = NearestMatch(around, TimeAdverbPattern());
  if (!found.empty() && around.DistanceToCue(found) <= kBeside) {
    return around.ToSpan(found);
  }
  // "had previously insisted"
  re2::StringPiece match;
  if (RE2::PartialMatch(re2::StringPiece(cue.data(), cue.size()),
                        TimeAdverbPattern(), &match)) {
    return around.CuePartToSpan(match.data() - cue.data(), match.size());
  }
  return std::nullopt;
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
  // The nearest preposition that leads to the noun and nowhere else.
  re2::StringPiece phrase;
  while (RE2::PartialMatch(re2::StringPiece(before.data(), before.size()),
                           MediumPrepositionPattern(), &phrase)) {
    const size_t behind = phrase.find(' ') + 1;
    const re2::StringPiece between(phrase.data() + behind,
                                   phrase.size() - behind);
    if (!RE2::PartialMatch(between, NoMediumPattern())) {
      const size_t begin = phrase.data() - all.data();
      return all.substr(begin, end + noun.size() - begin);
    }
    before.remove_prefix(phrase.data() + behind - before.data());
  }
  return {};
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

// "Reed was told": the subject in front of the cue.
std::optional<Span> FindAddressedSubject(const Neighbourhood& around) {
  const std::string_view before = around.before_cue();
  re2::StringPiece subject;
  if (!RE2::PartialMatch(re2::StringPiece(before.data(), before.size()),
                         SubjectPattern(), &subject)) {
    return std::nullopt;
  }
  std::string_view found(subject.data(), subject.size());
  // The last noun phrase of them.
  for (size_t at = 0; at < found.size();) {
    const std::string_view kept = BeforePhraseEnd(found.substr(at));
    if (at + kept.size() == found.size()) break;
    at = found.find(' ', at + kept.size() + 1);
    if (at == std::string_view::npos) return std::nullopt;
    found.remove_prefix(at + 1);
    at = 0;
  }
  return around.ToSpan(found);
}

std::optional<Span> FindAddressee(const Neighbourhood& around,
                                  std::string_view cue) {
  const re2::StringPiece cue_piece(cue.data(), cue.size());
  if (RE2::PartialMatch(cue_piece, PassiveAddressingPattern())) {
    return FindAddressedSubject(around);
  }
  re2::StringPiece phrase;
  const std::string_view behind = around.behind_cue();
  const re2::StringPiece input(behind.data(), behind.size());
  const bool object = RE2::PartialMatch(cue_piece, AddressingVerbPattern()) &&
                      RE2::PartialMatch(input, ObjectPattern(), &phrase);
  if (!object && !RE2::PartialMatch(input, DativePattern(), &phrase) &&
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

}  // namespace

Circumstances FindCircumstances(const Text& text, const Claim& claim,
                                Span sentence) {
  if (!claim.cue) return {};
  const Neighbourhood around(text, claim, sentence);
  return {FindAddressee(around, text.Slice(*claim.cue)), FindMedium(around),
          FindTime(around, text.Slice(*claim.cue))};
}

}  // namespace quoth
