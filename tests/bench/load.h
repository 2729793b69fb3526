// Load on a running server, from outside: what a client sees.
//
//   std::vector<std::string> articles = OrdinaryArticles(64);
//   Load load("127.0.0.1:50051", articles);
//   LoadResult r = load.Closed(/*connections=*/4, absl::Seconds(10));
//   r.per_second; r.Quantile(0.99);
//   r = load.Open(/*per_second=*/20, absl::Seconds(10));

#ifndef QUOTH_TESTS_BENCH_LOAD_H_
#define QUOTH_TESTS_BENCH_LOAD_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "quoth/v1/attribution.grpc.pb.h"

namespace quoth {

struct LoadResult {
  double offered_per_second = 0;  // Of the open loop: calls that were due.
  double per_second = 0;          // Articles answered, over the time measured.
  int failed = 0;                 // Calls that ended with an error.
  std::vector<double> seconds;    // Of each answered call, sorted.

  // 0 if there are none.
  double Quantile(double q) const;
};

class Load {
 public:
  // Sends the articles in turn, over and over. A connection each for the first
  // `max_connections` callers.
  Load(const std::string& address, std::vector<std::string> articles,
       int max_connections);

  // Closed loop: `connections` callers, each of which calls again when it has
  // its answer.
  LoadResult Closed(int connections, absl::Duration duration);

  // Open loop: calls begin at times that do not depend on the answers, at
  // random, but as many as `per_second` says (arrivals.h). A call's time counts
  // from when it was due, so that a server that stands still is not spared the
  // calls of that time.
  LoadResult Open(double per_second, absl::Duration duration);

 private:
  using Stub = quoth::v1::AttributionService::Stub;

  std::vector<quoth::v1::ExtractClaimsRequest> requests_;
  std::vector<std::unique_ptr<Stub>> stubs_;  // A connection each.
};

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_LOAD_H_
