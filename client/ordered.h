// Work on many items at a time, with the results in the items' order.
//
//   ForEachInOrder<std::string>(
//       files.size(), /*jobs=*/4,
//       [&](size_t i) { return Read(files[i]); },
//       [&](size_t i, std::string text) { std::cout << text; });

#ifndef QUOTH_CLIENT_ORDERED_H_
#define QUOTH_CLIENT_ORDERED_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"

namespace quoth::client {

// Results that may wait for an earlier one, per job: a slow item must not make
// the rest pile up.
inline constexpr size_t kWaitingPerJob = 4;

// Calls work(i) for each i < items on `jobs` >= 1 threads, and take(i, result)
// on the calling thread, in order.
template <typename T>
void ForEachInOrder(size_t items, size_t jobs,
                    const std::function<T(size_t)>& work,
                    const std::function<void(size_t, T)>& take) {
  absl::Mutex mutex;
  std::map<size_t, T> waiting;
  size_t started = 0;
  size_t taken = 0;
  const size_t window = jobs * kWaitingPerJob;

  const auto run = [&] {
    while (true) {
      size_t i;
      {
        absl::MutexLock lock(&mutex);
        const auto has_room = [&] {
          return started >= items || started < taken + window;
        };
        mutex.Await(absl::Condition(&has_room));
        if (started >= items) return;
        i = started++;
      }
      T result = work(i);
      absl::MutexLock lock(&mutex);
      waiting.emplace(i, std::move(result));
    }
  };

  std::vector<std::thread> threads;
  for (size_t i = 0; i < std::min(jobs, items); ++i) threads.emplace_back(run);
  for (size_t i = 0; i < items; ++i) {
    mutex.Lock();
    const auto is_ready = [&] { return waiting.count(i) > 0; };
    mutex.Await(absl::Condition(&is_ready));
    T result = std::move(waiting.extract(i).mapped());
    ++taken;
    mutex.Unlock();
    take(i, std::move(result));
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_ORDERED_H_
