// The encoder: BERT's layers (Devlin et al. 2019) over the pieces of one
// window, with embeddings of letter shape and quotation state beside those of
// piece and position.
//
//   absl::StatusOr<Encoder> encoder = Encoder::Load(file, size, products);
//   encoder->Encode(input, scratch, product_scratch);
//   scratch.x;   // [words][hidden]

#ifndef QUOTH_SERVER_MODEL_ENCODER_H_
#define QUOTH_SERVER_MODEL_ENCODER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/aligned_buffer.h"
#include "server/model/attention.h"
#include "server/model/linear.h"
#include "server/model/model_file.h"
#include "server/model/model_size.h"
#include "server/model/rows.h"
#include "server/model/weights.h"
#include "server/model/window_input.h"

namespace quoth {

struct EncoderScratch {
  EncoderScratch(const ModelSize& size, const Products& products);

  AlignedBuffer<float> x;         // [pieces][hidden]; in the end [words].
  AlignedBuffer<float> attended;  // [pieces][hidden]
  Activations input;              // [pieces][hidden]
  Activations inner;              // [pieces][feed_forward]
  std::unique_ptr<Attention> attention;
};

// Immutable, thread-safe. Refers to the file and to the products.
class Encoder {
 public:
  // Reads, for each layer N from 0:
  //   embedding.word.weight        [vocabulary, hidden] (int8: with .scale)
  //   embedding.position           [max_window_pieces + 2, hidden]
  //   embedding.shape, .quote      [8, hidden]
  //   embedding.norm.gain, .bias   [hidden]
  //   encoder.N.qkv                linear, hidden -> 3 * hidden
  //   encoder.N.attention_out      linear, hidden -> hidden
  //   encoder.N.feed_forward_in    linear, hidden -> feed_forward
  //   encoder.N.feed_forward_out   linear, feed_forward -> hidden
  //   encoder.N.attention_norm, encoder.N.feed_forward_norm
  //                                .gain, .bias [hidden]
  // The errors of Linear::Load.
  static absl::StatusOr<Encoder> Load(const ModelFile& file,
                                      const ModelSize& size,
                                      Products& products);

  // Leaves the vectors of the window's words in scratch.x: those of their first
  // pieces. Call it under a SingleThread.
  void Encode(const WindowInput& input, EncoderScratch& scratch,
              ProductScratch& products) const;

 private:
  struct Norm {
    AlignedBuffer<float> gain;
    AlignedBuffer<float> bias;
    LayerNorm view() const { return {gain.data(), bias.data()}; }
  };
  struct Layer {
    Linear qkv;
    Linear attention_out;
    Norm attention_norm;
    Linear feed_forward_in;
    Linear feed_forward_out;
    Norm feed_forward_norm;
  };

  static absl::StatusOr<Norm> LoadNorm(const ModelFile& file,
                                       const std::string& name, int width);
  static absl::StatusOr<Layer> LoadLayer(const ModelFile& file,
                                         const std::string& name,
                                         const ModelSize& size,
                                         Products& products);
  Encoder() = default;
  void Embed(const WindowInput& input, float* x) const;

  int hidden_ = 0;
  Matrix word_;
  AlignedBuffer<float> position_;
  AlignedBuffer<float> shape_;
  AlignedBuffer<float> quote_;
  Norm norm_;
  std::vector<Layer> layers_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ENCODER_H_
