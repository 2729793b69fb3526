#include "server/model/model_size.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/model/attention.h"
#include "server/model/rows.h"

namespace quoth {
namespace {

struct Rule {
  const char* property;
  int ModelSize::*field;
  int least;
  int most;
  int multiple;
};

// An attention row of queries, keys and values is the widest there is.
constexpr int kMostHidden = kWidestRow / 3;

constexpr Rule kRules[] = {
    {"layers", &ModelSize::layers, 1, 48, 1},
    {"hidden", &ModelSize::hidden, 32, kMostHidden, kRowMultiple},
    {"heads", &ModelSize::heads, 1, 64, 1},
    {"feed_forward", &ModelSize::feed_forward, 16, kWidestRow, kRowMultiple},
    // Attention adds up 255 * 127 a piece exactly in int32 and in fp32.
    {"max_window_pieces", &ModelSize::max_window_pieces, 32, 510, 1},
    {"argument_hidden", &ModelSize::argument_hidden, 16, 1024, kRowMultiple},
    {"argument_channels", &ModelSize::argument_channels, 16, 512, kRowMultiple},
};

}  // namespace

absl::StatusOr<ModelSize> ReadModelSize(const ModelFile& file) {
  ModelSize size;
  for (const Rule& rule : kRules) {
    absl::StatusOr<int> value =
        file.IntProperty(rule.property, rule.least, rule.most);
    if (!value.ok()) return value.status();
    if (*value % rule.multiple != 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("the model file's property ", rule.property, " is ",
                       *value, "; it must be a multiple of ", rule.multiple));
    }
    size.*rule.field = *value;
  }
  if (size.hidden % (size.heads * kHeadMultiple) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the model file has ", size.heads, " heads for ", size.hidden,
        " dimensions; each must have a multiple of ", kHeadMultiple));
  }
  return size;
}

}  // namespace quoth
