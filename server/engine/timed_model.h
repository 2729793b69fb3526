// A model that keeps account of the time it takes: claims ask the model window
// by window, so nobody around them can tell the two apart.
//
//   TimedModel timed(*model);
//   std::unique_ptr<ModelScratch> scratch = timed.NewScratch();
//   timed.ReadWindow(input, scope, *scratch);
//   absl::Duration took = TimedModel::TakeTime(*scratch);

#ifndef QUOTH_SERVER_ENGINE_TIMED_MODEL_H_
#define QUOTH_SERVER_ENGINE_TIMED_MODEL_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "server/model/model.h"

namespace quoth {

// Refers to `model`, which must outlive it. As thread-safe as that.
class TimedModel : public Model {
 public:
  explicit TimedModel(const Model& model) : model_(model) {}

  const std::string& version() const override { return model_.version(); }
  const Vocabulary& vocabulary() const override { return model_.vocabulary(); }
  int max_window_pieces() const override { return model_.max_window_pieces(); }

  // Every scratch that this model is given must come from here.
  std::unique_ptr<ModelScratch> NewScratch() const override;
  WindowScores ReadWindow(const WindowInput& input, Scope scope,
                          ModelScratch& scratch) const override;
  RoleScores ReadArguments(const WindowInput& input,
                           absl::Span<const CueWords> cues,
                           ModelScratch& scratch) const override;

  // The time that was spent with `scratch` since it was last taken.
  static absl::Duration TakeTime(ModelScratch& scratch);

 private:
  const Model& model_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_ENGINE_TIMED_MODEL_H_
