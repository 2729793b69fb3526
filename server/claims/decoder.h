// From the model's scores for one window to cues, sources and contents, in
// words. The scheme is the prototype's, tuned on dev: runs of cue words,
// Viterbi over roles with a cost for each change, sources as one best run, and
// a word is content of one claim only.
//
//   std::vector<CueWords> cues = FindCues(scores.cue, options);
//   std::vector<WordClaim> claims =
//       DecodeWindow(doc, range, cues, scores.cue, roles, options);

#ifndef QUOTH_SERVER_CLAIMS_DECODER_H_
#define QUOTH_SERVER_CLAIMS_DECODER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "server/model/model.h"
#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {

// Probabilities and log-odds; each default was tuned on dev.
struct DecoderOptions {
  // A run of words is a cue if its likeliest word reaches this ...
  float cue_threshold = 0.6f;
  // ... and it extends over words that reach this.
  float cue_inside_threshold = 0.35f;
  // A word this likely to begin a cue splits a run.
  float cue_split_threshold = 0.5f;
  // Log-odds that a change of role from word to word costs.
  float switch_cost = 1.0f;
  // Log-odds that content or source outside the cue's paragraph costs.
  float other_paragraph_cost = 1.0f;
  // Without a best run: the least probability of a source's likeliest word,
  // and how likely its neighbours must be, relative to that.
  float source_least = 0.25f;
  float source_relative = 0.5f;
  // The same for a content.
  float content_least = 0.3f;
  float content_relative = 0.5f;
  // A quotation is content as a whole if this share of its words is.
  float quotation_share = 0.4f;
  // A claim that loses more than the rest of its words to others is dropped.
  float keep_share = 0.5f;
  // Whether a claim inside another one shares its words with it. Otherwise a
  // word is content of one claim only.
  bool nested = false;
};

// A claim in word indices of the document, each list sorted.
struct WordClaim {
  std::vector<uint32_t> cue;
  std::vector<uint32_t> source;   // May be empty.
  std::vector<uint32_t> content;  // Not empty.
  float confidence = 0;           // In [0, 1].
  bool turn = false;  // The content is a turn of a transcript (transcript.h).
};

std::vector<CueWords> FindCues(absl::Span<const LabelRow> cue_probabilities,
                               const DecoderOptions& options);

// `roles` has one row per cue, as Model::ReadArguments gives it.
std::vector<WordClaim> DecodeWindow(
    const Document& doc, WordRange range, absl::Span<const CueWords> cues,
    absl::Span<const LabelRow> cue_probabilities, const RoleScores& roles,
    const DecoderOptions& options);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_DECODER_H_
