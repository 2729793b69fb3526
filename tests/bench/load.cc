#include "tests/bench/load.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <thread>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "tests/bench/arrivals.h"

namespace quoth {
namespace {

// The longest that a call may take: beyond it, it has failed.
constexpr absl::Duration kDeadline = absl::Seconds(30);

// A caller that was turned away does not come back at once.
constexpr absl::Duration kPauseAfterFailure = absl::Milliseconds(100);

// One call of the open loop. Lives until it is answered.
struct Call {
  grpc::ClientContext context;
  v1::ExtractClaimsResponse response;
  absl::Time due;
};

}  // namespace

double LoadResult::Quantile(double q) const {
  if (seconds.empty()) return 0;
  const auto at =
      static_cast<size_t>(std::ceil(q * static_cast<double>(seconds.size())));
  return seconds[std::clamp<size_t>(at, 1, seconds.size()) - 1];
}

Load::Load(const std::string& address, std::vector<std::string> articles,
           int max_connections) {
  for (std::string& article : articles) {
    requests_.emplace_back().mutable_article()->set_text(std::move(article));
  }
  for (int i = 0; i < max_connections; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetMaxReceiveMessageSize(-1);
    stubs_.push_back(v1::AttributionService::NewStub(grpc::CreateCustomChannel(
        address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

LoadResult Load::Closed(int connections, absl::Duration duration) {
  absl::Mutex mutex;
  LoadResult result;
  std::atomic<size_t> next = 0;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + duration;
  std::vector<std::thread> callers;
  for (int i = 0; i < connections; ++i) {
    callers.emplace_back([&, i] {
      while (absl::Now() < end) {
        grpc::ClientContext context;
        context.set_deadline(absl::ToChronoTime(absl::Now() + kDeadline));
        v1::ExtractClaimsResponse response;
        const absl::Time sent = absl::Now();
        const grpc::Status status = stubs_[i % stubs_.size()]->ExtractClaims(
            &context, requests_[next++ % requests_.size()], &response);
        const double took = absl::ToDoubleSeconds(absl::Now() - sent);
        if (!status.ok()) absl::SleepFor(kPauseAfterFailure);
        absl::MutexLock lock(&mutex);
        if (status.ok()) {
          result.seconds.push_back(took);
        } else {
          ++result.failed;
        }
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  result.per_second = static_cast<double>(result.seconds.size()) /
                      absl::ToDoubleSeconds(absl::Now() - begin);
  std::sort(result.seconds.begin(), result.seconds.end());
  return result;
}

LoadResult Load::Open(double per_second, absl::Duration duration) {
  absl::Mutex mutex;
  LoadResult result;
  int pending = 0;
  const std::vector<absl::Duration> arrivals = Arrivals(per_second, duration);
  const absl::Time begin = absl::Now();
  for (size_t i = 0; i < arrivals.size(); ++i) {
    const absl::Time due = begin + arrivals[i];
    absl::SleepFor(due - absl::Now());
    auto* call = new Call();
    call->due = due;
    call->context.set_deadline(absl::ToChronoTime(due + kDeadline));
    {
      absl::MutexLock lock(&mutex);
      ++pending;
    }
    stubs_[i % stubs_.size()]->async()->ExtractClaims(
        &call->context, &requests_[i % requests_.size()], &call->response,
        [&, call](grpc::Status status) {
          const double took = absl::ToDoubleSeconds(absl::Now() - call->due);
          delete call;
          absl::MutexLock lock(&mutex);
          if (status.ok()) {
            result.seconds.push_back(took);
          } else {
            ++result.failed;
          }
          --pending;
        });
  }
  absl::MutexLock lock(&mutex);
  const auto idle = [&pending] { return pending == 0; };
  mutex.Await(absl::Condition(&idle));
  result.offered_per_second =
      static_cast<double>(arrivals.size()) / absl::ToDoubleSeconds(duration);
  result.per_second = static_cast<double>(result.seconds.size()) /
                      absl::ToDoubleSeconds(absl::Now() - begin);
  std::sort(result.seconds.begin(), result.seconds.end());
  return result;
}

}  // namespace quoth
