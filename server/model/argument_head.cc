#include "server/model/argument_head.h"

#include <algorithm>
#include <cmath>
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

// Words are read at least this far from the cue, then further by so many while
// a word of the last so many has a role with this probability.
constexpr int kLeastReach = 24;
constexpr int kEdge = 20;
constexpr float kSomeRole = 0.003f;

// How far the convolutions look to either side.
constexpr int kSteps[] = {1, 2};
constexpr int kHalf = kTaps / 2;

// Words [begin, end) of a window.
struct Reach {
  int begin = 0;
  int end = 0;
};

Reach Wider(Reach reach, int by, int words) {
  return {std::max(0, reach.begin - by), std::min(words, reach.end + by)};
}

// The cue's sentence, and words to either side.
Reach FirstReach(const WindowInput& input, CueWords cue) {
  const int words = input.words();
  Reach reach = Wider({cue.begin, cue.end}, kLeastReach, words);
  const auto in_sentence = [&](int w) {
    return input.sentence[w] == input.sentence[cue.begin];
  };
  while (reach.begin > 0 && in_sentence(reach.begin - 1)) --reach.begin;
  while (reach.end < words && in_sentence(reach.end)) ++reach.end;
  return reach;
}

// What to read when `reach` has been read: the same if that was enough.
Reach NextReach(Reach reach, const std::vector<LabelRow>& roles) {
  const float none = std::log1p(-kSomeRole);
  const auto some_role = [&](int begin, int end) {
    return std::any_of(
        roles.begin() + begin, roles.begin() + end,
        [none](const LabelRow& role) { return role[kRoleOther] < none; });
  };
  const Reach wider = Wider(reach, kEdge, static_cast<int>(roles.size()));
  const int edge = std::min(kEdge, reach.end - reach.begin);
  return {
      some_role(reach.begin, reach.begin + edge) ? wider.begin : reach.begin,
      some_role(reach.end - edge, reach.end) ? wider.end : reach.end};
}

// Calls read(begin, rows) for what `wanted` has and `done` does not, which is
// around the middle of `wanted`, and makes `done` that.
template <typename F>
void Grow(Reach wanted, Reach& done, F read) {
  if (done.begin == done.end) done = {wanted.begin, wanted.begin};
  if (wanted.begin < done.begin) {
    read(wanted.begin, done.begin - wanted.begin);
  }
  if (wanted.end > done.end) read(done.end, wanted.end - done.end);
  done = wanted;
}

// The rows of the two embeddings for each word.
void FindRows(const WindowInput& input, CueWords cue,
              ArgumentScratch& scratch) {
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
}

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
      distance_row(size.max_window_pieces),
      relation_row(size.max_window_pieces),
      word_vectors(products.levels(), PaddedRows(size.max_window_pieces),
                   size.hidden),
      cue_vectors(products.levels(), kBlockRows, 2 * size.hidden),
      terms(products.levels(), PaddedRows(size.max_window_pieces),
            size.argument_hidden),
      taps(products.levels(), PaddedRows(size.max_window_pieces),
           kTaps * size.argument_channels) {
  for (AlignedBuffer<float>& x : channels) {
    x = AlignedBuffer<float>(size_t(size.max_window_pieces) *
                             size.argument_channels);
  }
  for (AlignedBuffer<RowRange>& r : ranges) {
    r = AlignedBuffer<RowRange>(size.max_window_pieces);
  }
}

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

// What the stages of one cue share.
struct ArgumentHead::OneCue {
  int words = 0;
  ArgumentTerms terms;
  ArgumentScratch& scratch;
  ProductScratch& products;
};

void ArgumentHead::MeetCue(const OneCue& cue, int begin, int rows) const {
  const ActivationRows terms = cue.scratch.terms.rows();
  float* x = cue.scratch.channels[0].data() + size_t(begin) * channels_;
  RowRange* ranges = cue.scratch.ranges[0].data() + begin;
  cue.products.ForBlocks(rows, [&](int first, int n) {
    ArgumentTermRows(cue.terms, begin + first, n, terms);
    GeluFloatRows(down_.Multiply(terms, n, cue.products), n, /*add=*/nullptr,
                  x + size_t(first) * channels_, ranges + first);
  });
}

void ArgumentHead::Convolve(const OneCue& cue, int stage, int begin,
                            int rows) const {
  const Linear& linear = stage == 1 ? near_ : far_;
  const ActivationRows taps = cue.scratch.taps.rows();
  const float* from = cue.scratch.channels[stage - 1].data();
  const RowRange* from_ranges = cue.scratch.ranges[stage - 1].data();
  float* x = cue.scratch.channels[stage].data();
  RowRange* ranges = cue.scratch.ranges[stage].data();
  cue.products.ForBlocks(rows, [&](int first, int n) {
    const int at = begin + first;
    TapRows(from, from_ranges, cue.words, channels_, kSteps[stage - 1], at, n,
            taps);
    GeluFloatRows(linear.Multiply(taps, n, cue.products), n,
                  from + size_t(at) * channels_, x + size_t(at) * channels_,
                  ranges + at);
  });
}

void ArgumentHead::Label(const OneCue& cue, int begin, int rows,
                         std::vector<LabelRow>& roles) const {
  Convolve(cue, 2, begin, rows);
  const float* x = cue.scratch.channels[2].data();
  for (int w = begin; w < begin + rows; ++w) {
    roles[w] = LogSoftmax(out_.Logits(x + size_t(w) * channels_));
  }
}

std::vector<LabelRow> ArgumentHead::ReadCue(const WindowInput& input,
                                            CueWords cue,
                                            const float* cue_terms,
                                            ArgumentScratch& scratch,
                                            ProductScratch& products) const {
  const int words = input.words();
  FindRows(input, cue, scratch);
  const OneCue one = {
      words,
      {scratch.words.data(), cue_terms, distance_.data(), relation_.data(),
       scratch.distance_row.data(), scratch.relation_row.data()},
      scratch,
      products};
  std::vector<LabelRow> roles(words, kUnreadRoles);
  Reach met, near, far;
  Reach next = FirstReach(input, cue);
  do {
    const Reach for_far = Wider(next, kHalf * kSteps[1], words);
    const Reach for_near = Wider(for_far, kHalf * kSteps[0], words);
    Grow(for_near, met,
         [&](int begin, int rows) { MeetCue(one, begin, rows); });
    Grow(for_far, near,
         [&](int begin, int rows) { Convolve(one, 1, begin, rows); });
    Grow(next, far,
         [&](int begin, int rows) { Label(one, begin, rows, roles); });
    next = NextReach(far, roles);
  } while (next.begin != far.begin || next.end != far.end);
  return roles;
}

}  // namespace quoth
