// Calls in great numbers, each followed to its end: what became of it, how
// long it took, and whether its answer is the one that the same article had
// before.
//
//   Traffic traffic(address, OrdinaryArticles(64), /*connections=*/4);
//   traffic.Learn();                     // The right answers.
//   Tally tally = traffic.Closed(8, absl::Seconds(10));
//   tally = traffic.Open(60, absl::Seconds(10), absl::Seconds(2));
//   tally.answered; tally.lost;          // 0, or the server broke a promise.

#ifndef QUOTH_TESTS_BENCH_TRAFFIC_H_
#define QUOTH_TESTS_BENCH_TRAFFIC_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/support/status.h"
#include "quoth/v1/attribution.grpc.pb.h"

namespace quoth {

// What became of calls.
struct Tally {
  int sent = 0;
  int answered = 0;
  int refused = 0;    // RESOURCE_EXHAUSTED with a time to come back.
  int expired = 0;    // DEADLINE_EXCEEDED.
  int cancelled = 0;  // By the client itself.
  int failed = 0;     // Any other error, and refusals without such a time.
  int wrong = 0;      // Answered, but not as before.
  int lost = 0;       // Never came back.
  // From the beginning until the last was back.
  double seconds = 0;
  std::vector<double> answered_seconds;  // From when each was due. Sorted.
  std::vector<double> refused_seconds;

  double per_second() const { return answered / seconds; }
  // A promise that does not depend on the clock: a server that answers nothing
  // has broken one, however politely it lets calls expire.
  bool broken() const { return failed + wrong + lost > 0 || answered == 0; }
};
// Of sorted numbers; 0 if there are none.
double Quantile(const std::vector<double>& sorted, double q);

class Traffic {
 public:
  Traffic(const std::string& address, const std::vector<std::string>& articles,
          int connections);

  // Calls with every article, one after the other: the right answers, and how
  // long a call takes when there is no other. False if one fails.
  bool Learn();
  double unloaded_seconds() const { return unloaded_seconds_; }

  // As many calls as `callers`, all the time.
  Tally Closed(int callers, absl::Duration duration);
  // Calls that begin at random times (arrivals.h) and have until `deadline`
  // after that, whatever becomes of the others. `at_end` is called when the
  // last was sent, before all are back.
  Tally Open(double per_second, absl::Duration duration,
             absl::Duration deadline,
             const std::function<void()>& at_end = nullptr);
  // As Closed; of the calls, some are cancelled half-way and some are bad, and
  // each caller opens a new connection now and then; streams beside them.
  Tally Mixed(int callers, absl::Duration duration,
              const std::function<void(absl::Duration)>& every_second);

  // One call with an article; how long it took, or a negative number if it was
  // not answered.
  double Probe();

 private:
  using Stub = v1::AttributionService::Stub;
  struct Call;
  class Count;

  std::unique_ptr<Stub> Connect() const;
  void Send(size_t index, Stub& stub, absl::Time due, absl::Duration deadline,
            Count& count, std::function<void()> then);
  void Stream(int items, Count& count);
  bool IsRight(size_t index, const v1::ExtractClaimsResponse& response) const;

  const std::string address_;
  std::vector<v1::ExtractClaimsRequest> requests_;
  std::vector<std::string> answers_;  // Serialised.
  std::vector<std::unique_ptr<Stub>> stubs_;
  double unloaded_seconds_ = 0;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_TRAFFIC_H_
