#include "server/model/encoder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/model/cpu.h"

namespace quoth {
namespace {

constexpr uint32_t kShapes = 8;
constexpr uint32_t kQuoteStates = 8;  // Four, each with kParagraphStart too.

}  // namespace

EncoderScratch::EncoderScratch(const ModelSize& size, const Products& products)
    : x(size_t(PaddedRows(size.max_pieces())) * size.hidden),
      attended(x.size()),
      input(products.levels(), PaddedRows(size.max_pieces()), size.hidden),
      inner(products.levels(), PaddedRows(size.max_pieces()),
            size.feed_forward),
      attention(NewAttention(size.heads, size.hidden / size.heads,
                             size.max_pieces(),
                             products.integer() && HasVnni512())) {}

absl::StatusOr<Encoder::Norm> Encoder::LoadNorm(const ModelFile& file,
                                                const std::string& name,
                                                int width) {
  const auto dim = static_cast<uint32_t>(width);
  absl::StatusOr<AlignedBuffer<float>> gain =
      ReadFloats(file, name + ".gain", {dim});
  if (!gain.ok()) return gain.status();
  absl::StatusOr<AlignedBuffer<float>> bias =
      ReadFloats(file, name + ".bias", {dim});
  if (!bias.ok()) return bias.status();
  return Norm{*std::move(gain), *std::move(bias)};
}

absl::StatusOr<Encoder::Layer> Encoder::LoadLayer(const ModelFile& file,
                                                  const std::string& name,
                                                  const ModelSize& size,
                                                  Products& products) {
  const int hidden = size.hidden;
  absl::StatusOr<Linear> qkv =
      Linear::Load(file, name + "qkv", hidden, 3 * hidden, products);
  if (!qkv.ok()) return qkv.status();
  absl::StatusOr<Linear> attention_out =
      Linear::Load(file, name + "attention_out", hidden, hidden, products);
  if (!attention_out.ok()) return attention_out.status();
  absl::StatusOr<Norm> attention_norm =
      LoadNorm(file, name + "attention_norm", hidden);
  if (!attention_norm.ok()) return attention_norm.status();
  absl::StatusOr<Linear> feed_forward_in = Linear::Load(
      file, name + "feed_forward_in", hidden, size.feed_forward, products);
  if (!feed_forward_in.ok()) return feed_forward_in.status();
  absl::StatusOr<Linear> feed_forward_out = Linear::Load(
      file, name + "feed_forward_out", size.feed_forward, hidden, products);
  if (!feed_forward_out.ok()) return feed_forward_out.status();
  absl::StatusOr<Norm> feed_forward_norm =
      LoadNorm(file, name + "feed_forward_norm", hidden);
  if (!feed_forward_norm.ok()) return feed_forward_norm.status();
  return Layer{*std::move(qkv),
               *std::move(attention_out),
               *std::move(attention_norm),
               *std::move(feed_forward_in),
               *std::move(feed_forward_out),
               *std::move(feed_forward_norm)};
}

absl::StatusOr<Encoder> Encoder::Load(const ModelFile& file,
                                      const ModelSize& size,
                                      Products& products) {
  Encoder encoder;
  encoder.hidden_ = size.hidden;
  absl::StatusOr<Matrix> word =
      ReadMatrix(file, "embedding.word", size.vocabulary, size.hidden);
  if (!word.ok()) return word.status();
  encoder.word_ = *std::move(word);
  const auto hidden = static_cast<uint32_t>(size.hidden);
  const struct {
    const char* name;
    uint32_t rows;
    AlignedBuffer<float>* to;
  } tables[] = {
      {"embedding.position", static_cast<uint32_t>(size.max_pieces()),
       &encoder.position_},
      {"embedding.shape", kShapes, &encoder.shape_},
      {"embedding.quote", kQuoteStates, &encoder.quote_},
  };
  for (const auto& table : tables) {
    absl::StatusOr<AlignedBuffer<float>> values =
        ReadFloats(file, table.name, {table.rows, hidden});
    if (!values.ok()) return values.status();
    *table.to = *std::move(values);
  }
  absl::StatusOr<Norm> norm = LoadNorm(file, "embedding.norm", size.hidden);
  if (!norm.ok()) return norm.status();
  encoder.norm_ = *std::move(norm);
  for (int i = 0; i < size.layers; ++i) {
    absl::StatusOr<Layer> layer =
        LoadLayer(file, absl::StrCat("encoder.", i, "."), size, products);
    if (!layer.ok()) return layer.status();
    encoder.layers_.push_back(*std::move(layer));
  }
  Linear* last = nullptr;
  for (Layer& layer : encoder.layers_) {
    for (Linear* linear : {&layer.qkv, &layer.attention_out,
                           &layer.feed_forward_in, &layer.feed_forward_out}) {
      if (last != nullptr) last->SetNext(*linear);
      last = linear;
    }
  }
  return encoder;
}

void Encoder::Embed(const WindowInput& input, float* x) const {
  const size_t hidden = hidden_;
  for (size_t i = 0; i < input.pieces.size(); ++i, x += hidden) {
    std::copy_n(position_.data() + i * hidden, hidden, x);
    const size_t piece = input.pieces[i];
    if (word_.codes != nullptr) {
      AddScaledCodes(word_.codes + piece * hidden, word_.scales[piece], hidden_,
                     x);
    } else {
      AddRow(word_.values + piece * hidden, hidden_, x);
    }
    AddRow(shape_.data() + input.shapes[i] * hidden, hidden_, x);
    AddRow(quote_.data() + input.quotes[i] * hidden, hidden_, x);
  }
}

void Encoder::Encode(const WindowInput& input, EncoderScratch& scratch,
                     ProductScratch& products) const {
  int rows = static_cast<int>(input.pieces.size());
  const size_t hidden = hidden_;
  float* x = scratch.x.data();
  const ActivationRows in = scratch.input.rows();
  const ActivationRows inner = scratch.inner.rows();
  Embed(input, x);
  NormalizeRows(x, rows, norm_.view(), in);

  // Layer by layer and product by product, so that weights stay in the cache
  // from block to block.
  for (const Layer& layer : layers_) {
    scratch.attention->Begin(rows);
    products.ForBlocks(rows, [&](int begin, int n) {
      scratch.attention->Add(layer.qkv.Multiply(in.From(begin), n, products),
                             begin, n);
    });
    scratch.attention->Finish(scratch.attended.data());
    if (&layer == &layers_.back()) {
      // The heads read words, that is first pieces (nine in ten of English
      // news), and from here on a row depends on itself alone.
      rows = input.words();
      for (int w = 0; w < rows; ++w) {
        const size_t from = input.first[w] * hidden;
        std::copy_n(x + from, hidden, x + w * hidden);
        std::copy_n(scratch.attended.data() + from, hidden,
                    scratch.attended.data() + w * hidden);
      }
    }
    WriteRows(scratch.attended.data(), rows, in);
    products.ForBlocks(rows, [&](int begin, int n) {
      AddNormalizeRows(
          layer.attention_out.Multiply(in.From(begin), n, products), n,
          x + begin * hidden, layer.attention_norm.view(), in.From(begin));
    });
    products.ForBlocks(rows, [&](int begin, int n) {
      GeluRows(layer.feed_forward_in.Multiply(in.From(begin), n, products), n,
               inner.From(begin));
    });
    products.ForBlocks(rows, [&](int begin, int n) {
      AddNormalizeRows(
          layer.feed_forward_out.Multiply(inner.From(begin), n, products), n,
          x + begin * hidden, layer.feed_forward_norm.view(), in.From(begin));
    });
  }
}

}  // namespace quoth
