// The schemes that the heads follow, the labels that they give to words, and
// the cues that they speak of.

#ifndef QUOTH_SERVER_MODEL_LABELS_H_
#define QUOTH_SERVER_MODEL_LABELS_H_

#include <array>
#include <cstdint>
#include <vector>

namespace quoth {

// How much counts as a claim. Each scope is an annotation scheme with heads of
// its own.
enum class Scope : uint8_t { kReported, kAllAttributions };

// A cue within a window: words [begin, end).
struct CueWords {
  int begin = 0;
  int end = 0;
};

// Labels of the cue head (BIO) and of the argument head.
enum CueLabel { kCueOutside = 0, kCueBegin = 1, kCueInside = 2 };
enum RoleLabel { kRoleOther = 0, kRoleSource = 1, kRoleContent = 2 };

// Three values a word.
using LabelRow = std::array<float, 3>;

// Log-probabilities by RoleLabel, one row of words per cue.
using RoleScores = std::vector<std::vector<LabelRow>>;

// Log-probabilities of three logits.
LabelRow LogSoftmax(const LabelRow& logits);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_LABELS_H_
