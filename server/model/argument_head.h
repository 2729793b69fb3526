// The argument head: for one cue, whether each word of the window is of its
// source, of its content, or other.
//
// A word and a cue meet in additive and multiplicative terms, with embeddings
// of their distance and of the difference of their sentences and paragraphs;
// two convolutions over the words (the second with every other word) follow.
//
// A cue's source and content are near it, in its sentence for the most part:
// words are read from there outwards, until there is nothing of either for a
// while. On news that leaves out six words of ten, and of 4,000 cues ten where
// a word left out would have had a probability over 5 %.
//
//   head.BeginWindow(words, word_count, scratch, products);
//   RoleScores roles = head.Read(input, words, cues, scratch, products);

#ifndef QUOTH_SERVER_MODEL_ARGUMENT_HEAD_H_
#define QUOTH_SERVER_MODEL_ARGUMENT_HEAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/model/aligned_buffer.h"
#include "server/model/label_layer.h"
#include "server/model/labels.h"
#include "server/model/linear.h"
#include "server/model/model_file.h"
#include "server/model/model_size.h"
#include "server/model/rows.h"
#include "server/model/window_input.h"

namespace quoth {

// Memory for one cue after the other, whatever their number.
struct ArgumentScratch {
  ArgumentScratch(const ModelSize& size, const Products& products);

  AlignedBuffer<float> words;      // [words][2 * argument_hidden]
  AlignedBuffer<float> cues;       // [kBlockRows][2 * argument_hidden]
  AlignedBuffer<float> cue_input;  // [kBlockRows][2 * hidden]
  // [words][argument_channels] each: before the convolutions, after the first
  // and after the second, with their ranges.
  AlignedBuffer<float> channels[3];
  AlignedBuffer<RowRange> ranges[3];
  AlignedBuffer<uint8_t> distance_row;  // [words]
  AlignedBuffer<uint8_t> relation_row;  // [words]
  Activations word_vectors;             // [words][hidden]
  Activations cue_vectors;              // [kBlockRows][2 * hidden]
  Activations terms;                    // [words][argument_hidden]
  Activations taps;                     // [words][5 * argument_channels]
};

// Row of the distance embedding for a word that is `distance` words before
// (negative) or behind (positive) the cue, 0 inside it.
int DistanceRow(int distance);

// Row of the relation embedding for the difference of sentences and of
// paragraphs, word minus cue.
int RelationRow(int sentences, int paragraphs);

// The roles of a word that is too far from the cue to be read: other.
inline constexpr LabelRow kUnreadRoles = {0, -20, -20};

inline constexpr int kDistanceRows = 29;
inline constexpr int kRelationRows = 15;

// Immutable, thread-safe.
class ArgumentHead {
 public:
  // Reads, with a = argument_hidden and c = argument_channels, each name behind
  // `prefix`:
  //   argument.word       linear, hidden -> 2 * a: additive, multiplicative
  //   argument.cue        linear, 2 * hidden -> 2 * a, the same
  //   argument.distance   [29, a]
  //   argument.relation   [15, a]
  //   argument.down       linear, a -> c
  //   argument.near, .far linear, 5 * c -> c: a convolution's taps in order
  //   argument.out        label layer, c -> 3
  // The errors of Linear::Load.
  static absl::StatusOr<ArgumentHead> Load(const ModelFile& file,
                                           const std::string& prefix,
                                           const ModelSize& size,
                                           Products& products);

  // What all cues of a window share. `words` are the vectors of its words,
  // [count][hidden]. Call both under a SingleThread.
  void BeginWindow(const float* words, int count, ArgumentScratch& scratch,
                   ProductScratch& products) const;

  // The same `words`; see Model::ReadArguments.
  RoleScores Read(const WindowInput& input, const float* words,
                  absl::Span<const CueWords> cues, ArgumentScratch& scratch,
                  ProductScratch& products) const;

 private:
  ArgumentHead(Linear word, Linear cue, Linear down, Linear near, Linear far,
               LabelLayer out);
  struct OneCue;
  std::vector<LabelRow> ReadCue(const WindowInput& input, CueWords cue,
                                const float* cue_terms,
                                ArgumentScratch& scratch,
                                ProductScratch& products) const;
  // The three stages, for words [begin, begin + rows).
  void MeetCue(const OneCue& cue, int begin, int rows) const;
  void Convolve(const OneCue& cue, int stage, int begin, int rows) const;
  void Label(const OneCue& cue, int begin, int rows,
             std::vector<LabelRow>& roles) const;

  int hidden_ = 0;
  int width_ = 0;     // argument_hidden.
  int channels_ = 0;  // argument_channels.
  Linear word_;
  Linear cue_;
  AlignedBuffer<float> distance_;
  AlignedBuffer<float> relation_;
  Linear down_;
  Linear near_;
  Linear far_;
  LabelLayer out_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ARGUMENT_HEAD_H_
