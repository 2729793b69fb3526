// The time that passes between two points of the code.
//
//   Stopwatch watch;
//   ... read the text ...
//   stats.text = watch.Lap();
//   ... resolve the speakers ...
//   stats.speakers = watch.Lap();

#ifndef QUOTH_SERVER_ENGINE_STOPWATCH_H_
#define QUOTH_SERVER_ENGINE_STOPWATCH_H_

#include <chrono>
#include <utility>

#include "absl/time/time.h"

namespace quoth {

class Stopwatch {
 public:
  // Since it was made, or since the last lap. Never negative: not changed by
  // whoever sets the clock.
  absl::Duration Lap() {
    const auto now = std::chrono::steady_clock::now();
    return absl::FromChrono(now - std::exchange(last_, now));
  }

 private:
  std::chrono::steady_clock::time_point last_ =
      std::chrono::steady_clock::now();
};

}  // namespace quoth

#endif  // QUOTH_SERVER_ENGINE_STOPWATCH_H_
