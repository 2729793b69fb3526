#include "server/claims/circumstances.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/addressee.h"
#include "server/claims/circumstance_candidates.h"
#include "server/claims/circumstance_scorer.h"
#include "server/claims/claim.h"
#include "server/claims/scene.h"
#include "server/text/document.h"
#include "server/text/span.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

// The likeliest of the candidates, if it is likelier than not.
std::optional<SceneRange> Likeliest(
    const Scene& scene, const Claim& claim,
    const std::vector<PhraseCandidate>& candidates) {
  std::optional<SceneRange> best;
  float best_score = 0;
  for (const PhraseCandidate& candidate : candidates) {
    const float score = ScorePhrase(scene, claim, candidate);
    if (score <= best_score) continue;
    best_score = score;
    best = candidate.range;
  }
  return best;
}

bool Overlap(SceneRange a, SceneRange b) {
  return a.begin < b.end && b.begin < a.end;
}

// Whether it says when and nothing else, as far as its kind can tell.
bool IsPlainTime(const PhraseCandidate& candidate) {
  return candidate.kind <= PhraseClass::kRelative;
}

// "says in the morning": what is a plain time is no medium.
void LeaveOutTimes(const std::vector<PhraseCandidate>& times,
                   std::vector<PhraseCandidate>& media) {
  const auto is_time = [&times](const PhraseCandidate& medium) {
    return std::any_of(
        times.begin(), times.end(), [&medium](const PhraseCandidate& time) {
          return IsPlainTime(time) && time.range.begin == medium.range.begin &&
                 time.range.end == medium.range.end;
        });
  };
  media.erase(std::remove_if(media.begin(), media.end(), is_time), media.end());
}

// The time inside the medium: "at Monday's debate", "in a March 2015 meeting".
std::optional<SceneRange> TimeInside(
    SceneRange medium, const std::vector<PhraseCandidate>& times) {
  for (const PhraseCandidate& time : times) {
    const bool inside =
        time.range.begin >= medium.begin && time.range.end <= medium.end;
    if (inside && IsPlainTime(time)) return time.range;
  }
  return std::nullopt;
}

// "Monday" of "Monday's".
Span WithoutGenitive(const Document& doc, Span span) {
  if (span.size() > 2 && doc.text.at(span.end - 1) == U's' &&
      IsApostrophe(RepairC1(doc.text.at(span.end - 2)))) {
    span.end -= 2;
  }
  return span;
}

}  // namespace

Circumstances FindCircumstances(const Document& doc, const Claim& claim,
                                Span sentence,
                                absl::Span<const Claim> neighbours) {
  if (!claim.cue) return {};
  const Scene scene(doc, claim, sentence, neighbours);
  if (scene.cue().begin >= scene.cue().end) return {};
  Circumstances found;
  std::vector<PhraseCandidate> times = FindTimeCandidates(scene);
  std::vector<PhraseCandidate> media = FindMediumCandidates(scene);
  LeaveOutTimes(times, media);
  const auto medium = Likeliest(scene, claim, media);
  if (auto addressee = FindAddressee(scene)) {
    // "told reporters | in Tehran": said once.
    if (medium && medium->begin > addressee->begin &&
        medium->end == addressee->end) {
      addressee->end = medium->begin;
    }
    found.addressee = scene.ToSpan(*addressee);
  }
  std::optional<SceneRange> inside;
  if (medium) {
    found.medium = scene.ToSpan(*medium);
    inside = TimeInside(*medium, times);
    // "during the debate" is where rather than when.
    times.erase(std::remove_if(times.begin(), times.end(),
                               [&](const PhraseCandidate& time) {
                                 return Overlap(time.range, *medium);
                               }),
                times.end());
  }
  auto time = Likeliest(scene, claim, times);
  if (!time) time = inside;
  if (time) found.time = WithoutGenitive(doc, scene.ToSpan(*time));
  return found;
}

}  // namespace quoth
