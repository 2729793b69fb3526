#include "tests/model/reference_model.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

namespace quoth {
namespace {

double Gelu(double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }

Rows GeluOf(Rows rows) {
  for (Row& row : rows) {
    for (double& v : row) v = Gelu(v);
  }
  return rows;
}

void Add(const Rows& from, Rows& to) {
  for (size_t r = 0; r < to.size(); ++r) {
    for (size_t k = 0; k < to[r].size(); ++k) to[r][k] += from[r][k];
  }
}

// y[j] = rows j - 2 step, ..., j + 2 step side by side, zero outside.
Rows Taps(const Rows& x, int step) {
  Rows out(x.size());
  for (int j = 0; j < static_cast<int>(x.size()); ++j) {
    for (int tap = -2; tap <= 2; ++tap) {
      const int from = j + tap * step;
      for (size_t k = 0; k < x[0].size(); ++k) {
        out[j].push_back(
            from < 0 || from >= static_cast<int>(x.size()) ? 0 : x[from][k]);
      }
    }
  }
  return out;
}

Row LogSoftmaxOf(const Row& logits) {
  double sum = 0;
  for (double v : logits) sum += std::exp(v);
  Row out;
  for (double v : logits) out.push_back(v - std::log(sum));
  return out;
}

int Property(const ModelFile& file, const char* key) {
  return file.IntProperty(key, 1, 1 << 20).value();
}

int DistanceBucket(int distance) {
  int bucket = 0;
  for (int edge : {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97}) {
    if (distance >= edge) ++bucket;
  }
  return bucket;
}

}  // namespace

Row ReferenceModel::Floats(const std::string& name) const {
  const TensorView t = file_.Tensor(name).value();
  if (t.type == TensorType::kFloat32) {
    return Row(t.floats(), t.floats() + t.elements());
  }
  const std::string scale =
      name.substr(0, name.size() - std::string("weight").size()) + "scale";
  const Row scales = Floats(scale);
  Row out(t.elements());
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = t.int8s()[i] * scales[i / t.dims[1]];
  }
  return out;
}

Row ReferenceModel::TableRow(const std::string& name, int row) const {
  const Row all = Floats(name);
  const size_t width = file_.Tensor(name)->dims[1];
  return Row(all.begin() + row * width, all.begin() + (row + 1) * width);
}

Rows ReferenceModel::Linear(const std::string& name, const Rows& in) const {
  const Row weight = Floats(name + ".weight");
  const Row bias = Floats(name + ".bias");
  Rows out;
  for (const Row& x : in) {
    Row y = bias;
    for (size_t n = 0; n < y.size(); ++n) {
      for (size_t k = 0; k < x.size(); ++k)
        y[n] += weight[n * x.size() + k] * x[k];
    }
    out.push_back(y);
  }
  return out;
}

void ReferenceModel::Normalize(const std::string& name, Rows& rows) const {
  const Row gain = Floats(name + ".gain");
  const Row bias = Floats(name + ".bias");
  for (Row& row : rows) {
    double mean = 0, variance = 0;
    for (double v : row) mean += v / row.size();
    for (double v : row) variance += (v - mean) * (v - mean) / row.size();
    for (size_t k = 0; k < row.size(); ++k) {
      row[k] =
          (row[k] - mean) / std::sqrt(variance + 1e-12) * gain[k] + bias[k];
    }
  }
}

Rows ReferenceModel::Attend(const Rows& qkv) const {
  const int heads = Property(file_, "heads");
  const int hidden = Property(file_, "hidden");
  const int width = hidden / heads;
  Rows out(qkv.size(), Row(hidden));
  for (int h = 0; h < heads; ++h) {
    for (size_t i = 0; i < qkv.size(); ++i) {
      Row scores;
      for (const Row& other : qkv) {
        double score = 0;
        for (int k = h * width; k < (h + 1) * width; ++k) {
          score += qkv[i][k] * other[hidden + k];
        }
        scores.push_back(score / std::sqrt(static_cast<double>(width)));
      }
      const Row weights = LogSoftmaxOf(scores);
      for (size_t j = 0; j < qkv.size(); ++j) {
        for (int k = h * width; k < (h + 1) * width; ++k) {
          out[i][k] += std::exp(weights[j]) * qkv[j][2 * hidden + k];
        }
      }
    }
  }
  return out;
}

Rows ReferenceModel::Words(const WindowInput& input) const {
  Rows x;
  for (size_t i = 0; i < input.pieces.size(); ++i) {
    Rows row = {TableRow("embedding.word.weight", input.pieces[i])};
    Add({TableRow("embedding.position", i)}, row);
    Add({TableRow("embedding.shape", input.shapes[i])}, row);
    Add({TableRow("embedding.quote", input.quotes[i])}, row);
    x.push_back(row[0]);
  }
  Normalize("embedding.norm", x);
  for (int i = 0; i < Property(file_, "layers"); ++i) {
    const std::string layer = absl::StrCat("encoder.", i, ".");
    Add(Linear(layer + "attention_out", Attend(Linear(layer + "qkv", x))), x);
    Normalize(layer + "attention_norm", x);
    Add(Linear(layer + "feed_forward_out",
               GeluOf(Linear(layer + "feed_forward_in", x))),
        x);
    Normalize(layer + "feed_forward_norm", x);
  }
  Rows words;
  for (int32_t first : input.first) words.push_back(x[first]);
  return words;
}

Rows ReferenceModel::CueProbabilities(const Rows& words) const {
  Rows out = Linear(prefix_ + "cue", words);
  for (Row& row : out) {
    row = LogSoftmaxOf(row);
    for (double& v : row) v = std::exp(v);
  }
  return out;
}

Rows ReferenceModel::Roles(const WindowInput& input, const Rows& words,
                           CueWords cue) const {
  Row cue_vector(words[0].size());
  for (int w = cue.begin; w < cue.end; ++w) {
    for (size_t k = 0; k < cue_vector.size(); ++k) {
      cue_vector[k] += words[w][k] / (cue.end - cue.begin);
    }
  }
  cue_vector.insert(cue_vector.end(), words[cue.begin].begin(),
                    words[cue.begin].end());
  const Row cue_terms = Linear(prefix_ + "argument.cue", {cue_vector})[0];
  const Rows word_terms = Linear(prefix_ + "argument.word", words);
  const int width = Property(file_, "argument_hidden");
  Rows x;
  for (int w = 0; w < input.words(); ++w) {
    const int distance = w < cue.begin  ? DistanceBucket(cue.begin - w)
                         : w >= cue.end ? 14 + DistanceBucket(w - cue.end + 1)
                                        : 0;
    const int sentences =
        std::clamp(input.sentence[w] - input.sentence[cue.begin], -2, 2);
    const int paragraphs =
        std::clamp(input.paragraph[w] - input.paragraph[cue.begin], -1, 1);
    const Row by_distance = TableRow(prefix_ + "argument.distance", distance);
    const Row by_relation = TableRow(prefix_ + "argument.relation",
                                     (sentences + 2) * 3 + paragraphs + 1);
    Row row;
    for (int k = 0; k < width; ++k) {
      row.push_back(Gelu(word_terms[w][k] + cue_terms[k] +
                         word_terms[w][width + k] * cue_terms[width + k] +
                         by_distance[k] + by_relation[k]));
    }
    x.push_back(row);
  }
  x = GeluOf(Linear(prefix_ + "argument.down", x));
  Add(GeluOf(Linear(prefix_ + "argument.near", Taps(x, 1))), x);
  Add(GeluOf(Linear(prefix_ + "argument.far", Taps(x, 2))), x);
  x = Linear(prefix_ + "argument.out", x);
  for (Row& row : x) row = LogSoftmaxOf(row);
  return x;
}

}  // namespace quoth
