#include "server/claims/decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/types/span.h"
#include "server/claims/contest.h"
#include "server/model/model.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// A cue's own words are neither its source nor its content.
constexpr float kOwnCueCost = 20.0f;

// How far, in words, a quotation is completed beyond its window. A bound for
// "quotations" of a whole article; longer than any in the gold data.
constexpr uint32_t kMaxCompletion = 1024;

// One cue with its roles, on the way to a claim.
struct Candidate {
  CueWords cue;
  float cue_probability = 0;
  std::vector<LabelRow> roles;  // Log-probabilities, adjusted.
  std::vector<uint8_t> path;    // The best RoleLabel per word.
};

// Words [begin, end) of a window.
struct Run {
  int begin = 0;
  int end = 0;
};

float CueProbability(CueWords cue, absl::Span<const LabelRow> probabilities) {
  float least_outside = 1;
  for (int i = cue.begin; i < cue.end; ++i) {
    least_outside = std::min(least_outside, probabilities[i][kCueOutside]);
  }
  return 1 - least_outside;
}

std::vector<LabelRow> AdjustRoles(const Document& doc, WordRange range,
                                  CueWords cue, std::vector<LabelRow> roles,
                                  const DecoderOptions& options) {
  const uint32_t home = doc.words[range.begin + cue.begin].paragraph;
  for (int j = 0; j < static_cast<int>(roles.size()); ++j) {
    float cost = 0;
    if (j >= cue.begin && j < cue.end) cost += kOwnCueCost;
    if (doc.words[range.begin + j].paragraph != home) {
      cost += options.other_paragraph_cost;
    }
    roles[j][kRoleSource] -= cost;
    roles[j][kRoleContent] -= cost;
  }
  return roles;
}

// The likeliest labels, where each change of label from word to word costs
// `switch_cost` (Viterbi).
std::vector<uint8_t> BestPath(absl::Span<const LabelRow> scores,
                              float switch_cost) {
  std::vector<uint8_t> path(scores.size());
  std::vector<std::array<uint8_t, 3>> from(scores.size());
  LabelRow sum = scores[0];
  for (size_t j = 1; j < scores.size(); ++j) {
    LabelRow next;
    for (int to = 0; to < 3; ++to) {
      int best = 0;
      float best_sum = sum[0] - (to == 0 ? 0 : switch_cost);
      for (int k = 1; k < 3; ++k) {
        const float candidate = sum[k] - (to == k ? 0 : switch_cost);
        if (candidate > best_sum) best_sum = candidate, best = k;
      }
      from[j][to] = static_cast<uint8_t>(best);
      next[to] = best_sum + scores[j][to];
    }
    sum = next;
  }
  path.back() = static_cast<uint8_t>(std::max_element(sum.begin(), sum.end()) -
                                     sum.begin());
  for (size_t j = scores.size() - 1; j > 0; --j) {
    path[j - 1] = from[j][path[j]];
  }
  return path;
}

// The run of words with the largest total gain that holds a word of the path's
// source; empty if there is none with a gain above 0. (Kadane's algorithm.)
Run BestSourceRun(const Candidate& candidate) {
  Run best;
  float best_sum = 0, sum = 0;
  int begin = 0, last_source = -1;
  for (int j = 0; j < static_cast<int>(candidate.roles.size()); ++j) {
    const LabelRow& role = candidate.roles[j];
    if (sum <= 0) sum = 0, begin = j;
    sum += role[kRoleSource] - std::max(role[kRoleOther], role[kRoleContent]);
    if (candidate.path[j] == kRoleSource) last_source = j;
    if (sum > best_sum && last_source >= begin) {
      best_sum = sum;
      best = {begin, j + 1};
    }
  }
  return best;
}

// Of a word that may be part of the source.
float SourceProbabilityAt(const Candidate& candidate, int j,
                          const std::vector<uint8_t>& cue_word) {
  if (cue_word[j] || candidate.path[j] == kRoleContent) return 0;
  return std::exp(candidate.roles[j][kRoleSource]);
}

// Words that no source ends with: it goes on, or has ended before.
bool IsUnfinished(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "a",   "an",  "and",   "as", "at",   "by",  "for", "from",
      "in",  "its", "last",  "my", "next", "of",  "on",  "or",
      "our", "the", "their", "to", "with", "your"};
  return absl::c_linear_search(kWords,
                               absl::AsciiStrToLower(std::string(word)));
}

// Where a source ends: the role of each word by itself fades from the head to
// what follows it ("a report | published by Zed | last week"), so the run with
// the largest gain ends anywhere. The end is where most of the probability is
// lost that the source still goes on, but not in front of a word that is its
// for sure ("the woman at the door, | Jane Roe").
int EndOfSource(const Candidate& candidate, const Document& doc,
                WordRange range, Run source,
                const std::vector<uint8_t>& cue_word) {
  constexpr float kSure = 0.8f;
  constexpr float kLeast = 0.1f;
  const int words = static_cast<int>(candidate.roles.size());
  int end = source.end;
  int sure = source.begin;
  for (int j = source.begin; j < source.end; ++j) {
    if (SourceProbabilityAt(candidate, j, cue_word) >= kSure) sure = j;
  }
  float going_on = 1, most = 0;
  for (int j = sure; j < words && source.begin < source.end; ++j) {
    going_on = std::min(going_on, SourceProbabilityAt(candidate, j, cue_word));
    if (going_on < kLeast) break;
    const float next =
        j + 1 < words ? SourceProbabilityAt(candidate, j + 1, cue_word) : 0;
    const float lost = going_on - std::min(going_on, next);
    if (lost > most &&
        !IsUnfinished(doc.text.Slice(doc.words[range.begin + j].span))) {
      most = lost;
      end = j + 1;
    }
  }
  return end;
}

// The words around the likeliest one that are at least `relative` times as
// likely; empty if that one is below `least`.
Run GrowRun(absl::Span<const float> probabilities, float least,
            float relative) {
  const int n = static_cast<int>(probabilities.size());
  const int top = static_cast<int>(
      std::max_element(probabilities.begin(), probabilities.end()) -
      probabilities.begin());
  if (probabilities[top] < least) return {};
  const float bound = relative * probabilities[top];
  Run run = {top, top + 1};
  while (run.begin > 0 && probabilities[run.begin - 1] >= bound) --run.begin;
  while (run.end < n && probabilities[run.end] >= bound) ++run.end;
  return run;
}

// Relates each two candidates of which one lies inside the other: its cue is
// content of the other, as is nearly all of its content, and not the reverse
// ("X told Y that Z denied W": W belongs to both claims).
Nesting FindNesting(const std::vector<Candidate>& candidates) {
  constexpr float kInsideShare = 0.9f;
  const auto covers_cue = [](const Candidate& a, const Candidate& b) {
    for (int j = b.cue.begin; j < b.cue.end; ++j) {
      if (a.path[j] != kRoleContent) return false;
    }
    return true;
  };
  const auto touches_cue = [](const Candidate& a, const Candidate& b) {
    for (int j = b.cue.begin; j < b.cue.end; ++j) {
      if (a.path[j] == kRoleContent) return true;
    }
    return false;
  };
  Nesting nesting(candidates.size());
  for (size_t outer = 0; outer < candidates.size(); ++outer) {
    for (size_t inner = 0; inner < candidates.size(); ++inner) {
      const Candidate& a = candidates[outer];
      const Candidate& b = candidates[inner];
      if (inner == outer || !covers_cue(a, b) || touches_cue(b, a)) continue;
      int content = 0, inside = 0;
      for (size_t j = 0; j < b.path.size(); ++j) {
        if (b.path[j] != kRoleContent) continue;
        ++content;
        inside += a.path[j] == kRoleContent;
      }
      if (inside > 0 && inside >= kInsideShare * content) {
        nesting.Relate(outer, inner);
      }
    }
  }
  return nesting;
}

// The part of the outermost quotation around word `i`, its marks not counted.
WordRange QuotedWords(const Document& doc, WordRange window, uint32_t i) {
  const std::vector<Word>& words = doc.words;
  const uint32_t least =
      window.begin > kMaxCompletion ? window.begin - kMaxCompletion : 0;
  const uint32_t most = static_cast<uint32_t>(
      std::min<size_t>(words.size(), window.end + size_t{kMaxCompletion}));
  const auto inside = [&](uint32_t j) {
    return words[j].quote == QuoteState::kInside &&
           words[j].paragraph == words[i].paragraph;
  };
  WordRange quoted = {i, i + 1};
  while (quoted.begin > least && inside(quoted.begin - 1)) --quoted.begin;
  while (quoted.end < most && inside(quoted.end)) ++quoted.end;
  return quoted;
}

// Whether the closing mark of the quotation around word `i` was lost: where it
// ends is then for the model to say.
bool LostItsMark(const Document& doc, uint32_t i) {
  const std::vector<Quotation>& all = doc.quotations.quotations;
  const uint32_t at = doc.words[i].span.begin;
  auto q = std::upper_bound(
      all.begin(), all.end(), at,
      [](uint32_t point, const Quotation& q) { return point < q.outer.begin; });
  // Those inside it come between: few, or it is no quotation.
  constexpr int kMostInside = 64;
  for (int n = 0; q != all.begin() && n < kMostInside; ++n) {
    --q;
    if (q->depth == 0) return q->end == QuotationEnd::kUnclosed;
  }
  return false;
}

// Makes every quotation content as a whole, of which `share` of the words are
// content and none is `taken`. `taken` is per word of the window.
std::vector<uint32_t> CompleteQuotations(const Document& doc, WordRange window,
                                         const std::vector<uint32_t>& content,
                                         const std::vector<uint8_t>& taken,
                                         float share) {
  std::vector<uint32_t> out;
  size_t next = 0;
  while (next < content.size()) {
    const uint32_t i = content[next];
    if (doc.words[i].quote != QuoteState::kInside) {
      out.push_back(i);
      ++next;
      continue;
    }
    const WordRange quoted = QuotedWords(doc, window, i);
    size_t behind = next;
    while (behind < content.size() && content[behind] < quoted.end) ++behind;
    bool free = behind - next >= share * (quoted.end - quoted.begin) &&
                !LostItsMark(doc, i);
    const uint32_t end = std::min(quoted.end, window.end);
    for (uint32_t j = std::max(quoted.begin, window.begin); free && j < end;
         ++j) {
      free = !taken[j - window.begin];
    }
    if (free) {
      for (uint32_t j = quoted.begin; j < quoted.end; ++j) out.push_back(j);
    } else {
      out.insert(out.end(), content.begin() + next, content.begin() + behind);
    }
    next = behind;
  }
  return out;
}

std::vector<uint32_t> Absolute(WordRange range, Run run) {
  std::vector<uint32_t> out;
  for (int j = run.begin; j < run.end; ++j) out.push_back(range.begin + j);
  return out;
}

float MeanProbability(const Candidate& candidate, WordRange range,
                      const std::vector<uint32_t>& words, RoleLabel role) {
  float sum = 0;
  int n = 0;
  for (uint32_t w : words) {
    if (w < range.begin || w >= range.end) continue;
    sum += std::exp(candidate.roles[w - range.begin][role]);
    ++n;
  }
  return n == 0 ? 0 : std::min(1.0f, sum / n);
}

// How likely the source is, or that there is none.
float SourceProbability(const Candidate& candidate, WordRange range,
                        const std::vector<uint32_t>& source) {
  if (!source.empty()) {
    return MeanProbability(candidate, range, source, kRoleSource);
  }
  float most = 0;
  for (const LabelRow& role : candidate.roles) {
    most = std::max(most, std::exp(role[kRoleSource]));
  }
  return 1 - std::min(most, 1.0f);
}

}  // namespace

std::vector<CueWords> FindCues(absl::Span<const LabelRow> cue_probabilities,
                               const DecoderOptions& options) {
  const auto in_cue = [&](int i) {
    return cue_probabilities[i][kCueBegin] + cue_probabilities[i][kCueInside];
  };
  const auto splits = [&](int i) {
    return cue_probabilities[i][kCueBegin] > options.cue_split_threshold &&
           cue_probabilities[i][kCueBegin] > cue_probabilities[i][kCueInside];
  };
  const int n = static_cast<int>(cue_probabilities.size());
  std::vector<CueWords> cues;
  for (int i = 0; i < n;) {
    if (in_cue(i) < options.cue_inside_threshold) {
      ++i;
      continue;
    }
    float top = in_cue(i);
    int end = i + 1;
    while (end < n && in_cue(end) >= options.cue_inside_threshold &&
           !splits(end)) {
      top = std::max(top, in_cue(end));
      ++end;
    }
    if (top >= options.cue_threshold) cues.push_back({i, end});
    i = end;
  }
  return cues;
}

std::vector<WordClaim> DecodeWindow(
    const Document& doc, WordRange range, absl::Span<const CueWords> cues,
    absl::Span<const LabelRow> cue_probabilities, const RoleScores& roles,
    const DecoderOptions& options) {
  const size_t words = range.end - range.begin;
  if (words == 0) return {};
  std::vector<Candidate> candidates;
  std::vector<std::vector<float>> strength;  // Of each one's claim to a word.
  candidates.reserve(cues.size());
  for (size_t k = 0; k < cues.size(); ++k) {
    Candidate c;
    c.cue = cues[k];
    c.cue_probability = CueProbability(cues[k], cue_probabilities);
    c.roles = AdjustRoles(doc, range, cues[k], roles[k], options);
    c.path = BestPath(c.roles, options.switch_cost);
    std::vector<float>& row = strength.emplace_back(words, 0.0f);
    for (size_t j = 0; j < words; ++j) {
      if (c.path[j] != kRoleContent) continue;
      row[j] = std::exp(c.roles[j][kRoleContent]) * c.cue_probability;
    }
    candidates.push_back(std::move(c));
  }
  const Contest contest = SettleContest(
      strength,
      options.nested ? FindNesting(candidates) : Nesting(candidates.size()),
      options.keep_share);

  std::vector<uint8_t> cue_word(words, 0);
  for (size_t k : contest.remaining) {
    const Candidate& c = candidates[k];
    for (int j = c.cue.begin; j < c.cue.end; ++j) cue_word[j] = 1;
  }
  std::vector<WordClaim> claims;
  std::vector<float> probability(words);
  for (size_t k : contest.remaining) {
    const Candidate& c = candidates[k];
    WordClaim claim;
    Run source = BestSourceRun(c);
    if (source.begin == source.end) {
      for (size_t j = 0; j < words; ++j) {
        probability[j] =
            c.path[j] == kRoleContent ? 0 : std::exp(c.roles[j][kRoleSource]);
      }
      source =
          GrowRun(probability, options.source_least, options.source_relative);
    }
    source.end = EndOfSource(c, doc, range, source, cue_word);
    for (size_t j = 0; j < words; ++j) {
      if (contest.Owns(k, j)) {
        claim.content.push_back(range.begin + static_cast<uint32_t>(j));
      }
    }
    std::vector<uint8_t> taken = cue_word;
    for (int j = source.begin; j < source.end; ++j) taken[j] = 1;
    claim.content = CompleteQuotations(doc, range, claim.content, taken,
                                       options.quotation_share);
    if (claim.content.empty()) {
      for (size_t j = 0; j < words; ++j) {
        const float p = std::exp(c.roles[j][kRoleContent]);
        probability[j] = p >= contest.strongest[j] ? p : 0;
      }
      claim.content =
          Absolute(range, GrowRun(probability, options.content_least,
                                  options.content_relative));
    }
    if (claim.content.empty()) continue;
    claim.cue = Absolute(range, {c.cue.begin, c.cue.end});
    claim.source = Absolute(range, source);
    claim.confidence = c.cue_probability *
                       MeanProbability(c, range, claim.content, kRoleContent) *
                       SourceProbability(c, range, claim.source);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace quoth
