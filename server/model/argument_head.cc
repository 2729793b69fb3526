#include "server/model/argument_head.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

#include "server/model/argument_rows.h"
#include "server/model/weights.h"

namespace quoth {
namespace {

// The buckets of distance: each begins at one of these numbers of words.
constexpr int kDistanceEdges[] = {1,  2,  3,  4,  5,  7,  9,
                                  13, 17, 25, 33, 49, 65, 97};
constexpr int kBuckets = std::size(kDistanceEdges);
static_assert(kDistanceRows == 1 + 2 * kBuckets);

}  // namespace

int DistanceRow(int distance) {
  if (distance == 0) return 0;
  const int bucket = static_cast<int>(
      std::upper_bound(std::begin(kDistanceEdges), std::end(kDistanceEdges),
                       std::abs(distance)) -
      std::begin(kDistanceEdges));
  return distance < 0 ? bucket : bucket + kBuckets;
}

int RelationRow(int sentences, int paragraphs) {
  return (std::clamp(sentences, -2, 2) + 2) * 3 +
         std::clamp(paragraphs, -1, 1) + 1;
}

ArgumentScratch::ArgumentScratch(const ModelSize& size,
                                 const Products& products)
    : words(size_t(size.max_window_pieces) * 2 * size.argument_hidden),
      cues(size_t{kBlockRows} * 2 * size.argument_hidden),
      cue_input(size_t{kBlockRows} * 2 * size.hidden),
      channels(size_t(size.max_window_pieces) * size.argument_channels),
      ranges(size.max_window_pieces),
      distance_row(size.max_window_pieces),
      relation_row(size.max_window_pieces),
      word_vectors(products.levels(), PaddedRows(size.max_window_pieces),
                   size.hidden),
      cue_vectors(products.levels(), kBlockRows, 2 * size.hidden),
      terms(products.levels(), PaddedRows(size.max_window_pieces),
            size.argument_hidden),
      taps(products.levels(), PaddedRows(size.max_window_pieces),
           kTaps * size.argument_channels) {}

ArgumentHead::ArgumentHead(Linear word, Linear cue, Linear down, Linear near,
                           Linear far, LabelLayer out)
    : word_(std::move(word)),
      cue_(std::move(cue)),
      down_(std::move(down)),
      near_(std::move(near)),
      far_(std::move(far)),
      out_(std::move(out)) {}

absl::StatusOr<ArgumentHead> ArgumentHead::Load(const ModelFile& file,
                                                const std::string& prefix,
                                                const ModelSize& size,
                                                Products& products) {
  const int width = size.argument_hidden;
  const int channels = size.argument_channels;
  absl::StatusOr<Linear> word = Linear::Load(file, prefix + "argument.word",
                                             size.hidden, 2 * width, products);
  if (!word.ok()) return word.status();
  absl::StatusOr<Linear> cue = Linear::Load(
      file, prefix + "argument.cue", 2 * size.hidden, 2 * width, products);
  if (!cue.ok()) return cue.status();
  absl::StatusOr<Linear> down =
      Linear::Load(file, prefix + "argument.down", width, channels, products);
  if (!down.ok()) return down.status();
  absl::StatusOr<Linear> near = Linear::Load(
      file, prefix + "argument.near", kTaps * channels, channels, products);
  if (!near.ok()) return near.status();
  absl::StatusOr<Linear> far = Linear::Load(
      file, prefix + "argument.far", kTaps * channels, channels, products);
  if (!far.ok()) return far.status();
  absl::StatusOr<LabelLayer> out =
      LabelLayer::Load(file, prefix + "argument.out", channels);
  if (!out.ok()) return out.status();
  absl::StatusOr<AlignedBuffer<float>> distance =
      ReadFloats(file, prefix + "argument.distance",
                 {kDistanceRows, static_cast<uint32_t>(width)});
  if (!distance.ok()) return distance.status();
  absl::StatusOr<AlignedBuffer<float>> relation =
      ReadFloats(file, prefix + "argument.relation",
                 {kRelationRows, static_cast<uint32_t>(width)});
  if (!relation.ok()) return relation.status();

  ArgumentHead head(*std::move(word), *std::move(cue), *std::move(down),
                    *std::move(near), *std::move(far), *std::move(out));
  head.hidden_ = size.hidden;
  head.width_ = width;
  head.channels_ = channels;
  head.distance_ = *std::move(distance);
  head.relation_ = *std::move(relation);
  return head;
}

void ArgumentHead::BeginWindow(const float* words, int count,
                               ArgumentScratch& scratch,
                               ProductScratch& products) const {
  const ActivationRows vectors = scratch.word_vectors.rows();
  WriteRows(words, count, vectors);
  products.ForBlocks(count, [&](int begin, int n) {
    FloatRows(word_.Multiply(vectors.From(begin), n, products), n,
              scratch.words.data() + size_t(begin) * 2 * width_);
  });
}

RoleScores ArgumentHead::Read(const WindowInput& input, const float* words,
                              absl::Span<const CueWords> cues,
                              ArgumentScratch& scratch,
                              ProductScratch& products) const {
  RoleScores scores;
  scores.reserve(cues.size());
  const size_t hidden = hidden_;
  products.ForBlocks(static_cast<int>(cues.size()), [&](int begin, int n) {
    // A cue is the mean of its words and its first word.
    for (int i = 0; i < n; ++i) {
      const CueWords cue = cues[begin + i];
      float* to = scratch.cue_input.data() + i * 2 * hidden;
      std::fill_n(to, hidden, 0.0f);
      for (int w = cue.begin; w < cue.end; ++w) {
        AddRow(words + w * hidden, hidden_, to);
      }
      const float share = 1.0f / (cue.end - cue.begin);
      for (size_t k = 0; k < hidden; ++k) to[k] *= share;
      std::copy_n(words + cue.begin * hidden, hidden, to + hidden);
    }
    const ActivationRows vectors = scratch.cue_vectors.rows();
    WriteRows(scratch.cue_input.data(), n, vectors);
    FloatRows(cue_.Multiply(vectors, n, products), n, scratch.cues.data());
    for (int i = 0; i < n; ++i) {
      scores.push_back(ReadCue(input, cues[begin + i],
                               scratch.cues.data() + size_t(i) * 2 * width_,
                               scratch, products));
    }
  });
  return scores;
}

std::vector<LabelRow> ArgumentHead::ReadCue(const WindowInput& input,
                                            CueWords cue,
                                            const float* cue_terms,
                                            ArgumentScratch& scratch,
                                            ProductScratch& products) const {
  const int words = input.words();
  for (int w = 0; w < words; ++w) {
    const int distance = w < cue.begin ? w - cue.begin
                         : w < cue.end ? 0
                                       : w - cue.end + 1;
    scratch.distance_row[w] = static_cast<uint8_t>(DistanceRow(distance));
    scratch.relation_row[w] = static_cast<uint8_t>(
        RelationRow(input.sentence[w] - input.sentence[cue.begin],
                    input.paragraph[w] - input.paragraph[cue.begin]));
  }
  const ArgumentTerms terms = {scratch.words.data(),
                               cue_terms,
                               distance_.data(),
                               relation_.data(),
                               scratch.distance_row.data(),
                               scratch.relation_row.data()};
  const ActivationRows term_rows = scratch.terms.rows();
  ArgumentTermRows(terms, words, term_rows);

  float* x = scratch.channels.data();
  RowRange* ranges = scratch.ranges.data();
  products.ForBlocks(words, [&](int begin, int n) {
    GeluFloatRows(down_.Multiply(term_rows.From(begin), n, products), n,
                  /*add=*/false, x + size_t(begin) * channels_, ranges + begin);
  });
  const ActivationRows taps = scratch.taps.rows();
  const auto convolve = [&](const Linear& linear, int step) {
    TapRows(x, ranges, words, channels_, step, taps);
    products.ForBlocks(words, [&](int begin, int n) {
      GeluFloatRows(linear.Multiply(taps.From(begin), n, products), n,
                    /*add=*/true, x + size_t(begin) * channels_,
                    ranges + begin);
    });
  };
  convolve(near_, 1);
  convolve(far_, 2);

  std::vector<LabelRow> roles(words);
  for (int w = 0; w < words; ++w) {
    roles[w] = LogSoftmax(out_.Logits(x + size_t(w) * channels_));
  }
  return roles;
}

}  // namespace quoth
