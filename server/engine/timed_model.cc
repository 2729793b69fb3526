#include "server/engine/timed_model.h"

#include <utility>

#include "server/engine/stopwatch.h"

namespace quoth {
namespace {

struct TimedScratch : public ModelScratch {
  explicit TimedScratch(std::unique_ptr<ModelScratch> s)
      : scratch(std::move(s)) {}

  std::unique_ptr<ModelScratch> scratch;
  absl::Duration time;
};

TimedScratch& Timed(ModelScratch& scratch) {
  return static_cast<TimedScratch&>(scratch);
}

}  // namespace

std::unique_ptr<ModelScratch> TimedModel::NewScratch() const {
  return std::make_unique<TimedScratch>(model_.NewScratch());
}

WindowScores TimedModel::ReadWindow(const WindowInput& input, Scope scope,
                                    ModelScratch& scratch) const {
  Stopwatch watch;
  WindowScores scores =
      model_.ReadWindow(input, scope, *Timed(scratch).scratch);
  Timed(scratch).time += watch.Lap();
  return scores;
}

RoleScores TimedModel::ReadArguments(const WindowInput& input,
                                     absl::Span<const CueWords> cues,
                                     ModelScratch& scratch) const {
  Stopwatch watch;
  RoleScores roles = model_.ReadArguments(input, cues, *Timed(scratch).scratch);
  Timed(scratch).time += watch.Lap();
  return roles;
}

absl::Duration TimedModel::TakeTime(ModelScratch& scratch) {
  return std::exchange(Timed(scratch).time, absl::ZeroDuration());
}

}  // namespace quoth
