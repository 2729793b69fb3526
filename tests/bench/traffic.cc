#include "tests/bench/traffic.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/bench/arrivals.h"

namespace quoth {
namespace {

// Of calls that may take as long as they like; and, beyond a call's deadline,
// how long it may take to come back before it counts as lost.
constexpr absl::Duration kLong = absl::Seconds(120);

bool SaysWhenToComeBack(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return false;
  return std::any_of(details.details().begin(), details.details().end(),
                     [](const google::protobuf::Any& detail) {
                       return detail.Is<google::rpc::RetryInfo>();
                     });
}

}  // namespace

double Quantile(const std::vector<double>& sorted, double q) {
  if (sorted.empty()) return 0;
  const auto at =
      static_cast<size_t>(std::ceil(q * static_cast<double>(sorted.size())));
  return sorted[std::clamp<size_t>(at, 1, sorted.size()) - 1];
}

// A tally that is being made.
class Traffic::Count {
 public:
  void Sent() {
    absl::MutexLock lock(&mutex_);
    ++tally_.sent;
    ++pending_;
  }
  // `right`: the answer, if there is one.
  void Back(const grpc::Status& status, bool right, double seconds,
            bool cancelled) {
    absl::MutexLock lock(&mutex_);
    --pending_;
    if (status.ok()) {
      ++tally_.answered;
      if (!right) ++tally_.wrong;
      tally_.answered_seconds.push_back(seconds);
    } else if (cancelled) {
      ++tally_.cancelled;
    } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
               SaysWhenToComeBack(status)) {
      ++tally_.refused;
      tally_.refused_seconds.push_back(seconds);
    } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
      ++tally_.expired;
    } else {
      ++tally_.failed;
    }
  }
  // What is not back by then is lost.
  Tally Close(absl::Time began) {
    absl::MutexLock lock(&mutex_);
    const auto idle = [this] { return pending_ == 0; };
    mutex_.AwaitWithTimeout(absl::Condition(&idle), 2 * kLong);
    tally_.lost = pending_;
    tally_.seconds = absl::ToDoubleSeconds(absl::Now() - began);
    std::sort(tally_.answered_seconds.begin(), tally_.answered_seconds.end());
    std::sort(tally_.refused_seconds.begin(), tally_.refused_seconds.end());
    return tally_;
  }

 private:
  absl::Mutex mutex_;
  Tally tally_ ABSL_GUARDED_BY(mutex_);
  int pending_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Lives until it is back.
struct Traffic::Call {
  grpc::ClientContext context;
  v1::ExtractClaimsResponse response;
};

Traffic::Traffic(const std::string& address,
                 const std::vector<std::string>& articles, int connections)
    : address_(address) {
  for (const std::string& article : articles) {
    requests_.emplace_back().mutable_article()->set_text(article);
  }
  for (int i = 0; i < connections; ++i) stubs_.push_back(Connect());
}

std::unique_ptr<Traffic::Stub> Traffic::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(-1);
  return v1::AttributionService::NewStub(grpc::CreateCustomChannel(
      address_, grpc::InsecureChannelCredentials(), arguments));
}

bool Traffic::IsRight(size_t index,
                      const v1::ExtractClaimsResponse& response) const {
  return response.SerializeAsString() == answers_[index];
}

bool Traffic::Learn() {
  std::vector<double> seconds;
  for (const v1::ExtractClaimsRequest& request : requests_) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kLong));
    context.set_wait_for_ready(true);
    v1::ExtractClaimsResponse response;
    const absl::Time began = absl::Now();
    if (!stubs_[0]->ExtractClaims(&context, request, &response).ok()) {
      return false;
    }
    seconds.push_back(absl::ToDoubleSeconds(absl::Now() - began));
    answers_.push_back(response.SerializeAsString());
  }
  std::sort(seconds.begin(), seconds.end());
  unloaded_seconds_ = Quantile(seconds, 0.5);
  return true;
}

double Traffic::Probe() {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kLong));
  v1::ExtractClaimsResponse response;
  const absl::Time began = absl::Now();
  const bool ok =
      stubs_[0]->ExtractClaims(&context, requests_[0], &response).ok();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
  return ok ? seconds : -seconds;
}

void Traffic::Send(size_t index, Stub& stub, absl::Time due,
                   absl::Duration deadline, Count& count,
                   std::function<void()> then) {
  auto call = std::make_shared<Call>();
  call->context.set_deadline(absl::ToChronoTime(due + deadline));
  count.Sent();
  stub.async()->ExtractClaims(
      &call->context, &requests_[index], &call->response,
      [this, index, due, &count, call,
       then = std::move(then)](grpc::Status status) {
        const double seconds = absl::ToDoubleSeconds(absl::Now() - due);
        const bool right = status.ok() && IsRight(index, call->response);
        // Before this one is back: the count must not come to rest between.
        if (then) then();
        count.Back(status, right, seconds, /*cancelled=*/false);
      });
}

Tally Traffic::Closed(int callers, absl::Duration duration) {
  Count count;
  std::atomic<size_t> next = 0;
  const absl::Time began = absl::Now();
  std::function<void()> send = [&] {
    if (absl::Now() >= began + duration) return;
    const size_t n = next++;
    Send(n % requests_.size(), *stubs_[n % stubs_.size()], absl::Now(), kLong,
         count, send);
  };
  for (int i = 0; i < callers; ++i) send();
  absl::SleepFor(duration);
  return count.Close(began);
}

Tally Traffic::Open(double per_second, absl::Duration duration,
                    absl::Duration deadline,
                    const std::function<void()>& at_end) {
  Count count;
  const std::vector<absl::Duration> arrivals = Arrivals(per_second, duration);
  const absl::Time began = absl::Now();
  for (size_t n = 0; n < arrivals.size(); ++n) {
    const absl::Time due = began + arrivals[n];
    absl::SleepFor(due - absl::Now());
    Send(n % requests_.size(), *stubs_[n % stubs_.size()], due, deadline, count,
         nullptr);
  }
  if (at_end) at_end();
  // Until the last is back: what waits at the end is answered after it, and a
  // rate over less time would be more than the server can do.
  return count.Close(began);
}

void Traffic::Stream(int items, Count& count) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kLong));
  const std::unique_ptr<Stub> stub = Connect();
  const auto stream = stub->StreamExtractClaims(&context);
  for (int i = 0; i < items; ++i) count.Sent();
  std::atomic<bool> whole = true;
  std::thread writer([&] {
    for (int i = 0; i < items && whole; ++i) {
      v1::StreamExtractClaimsRequest item;
      item.set_request_id(absl::StrCat(i % requests_.size()));
      *item.mutable_request() = requests_[i % requests_.size()];
      whole = stream->Write(item);
    }
    stream->WritesDone();
  });
  int back = 0;
  v1::StreamExtractClaimsResponse answer;
  const absl::Time began = absl::Now();
  while (stream->Read(&answer)) {
    const size_t index = std::stoul(answer.request_id());
    count.Back(answer.has_response()
                   ? grpc::Status::OK
                   : grpc::Status(grpc::StatusCode::INTERNAL, ""),
               answer.has_response() && IsRight(index, answer.response()),
               absl::ToDoubleSeconds(absl::Now() - began), false);
    ++back;
  }
  writer.join();
  const grpc::Status status = stream->Finish();
  // What a stream that broke off left unanswered.
  for (; back < items; ++back) count.Back(status, false, 0, false);
}

Tally Traffic::Mixed(int callers, absl::Duration duration,
                     const std::function<void(absl::Duration)>& every_second) {
  Count count;
  const absl::Time began = absl::Now();
  const auto over = [&] { return absl::Now() >= began + duration; };
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i) {
    threads.emplace_back([&, i] {
      std::mt19937 random(i);
      std::unique_ptr<Stub> stub = Connect();
      while (!over()) {
        if (random() % 50 == 0) stub = Connect();
        const size_t index = random() % requests_.size();
        const bool bad = random() % 20 == 0;
        const bool cancel = random() % 10 == 0;
        v1::ExtractClaimsRequest request = requests_[index];
        if (bad) request.mutable_article()->clear_text();
        grpc::ClientContext context;
        context.set_deadline(absl::ToChronoTime(absl::Now() + kLong));
        v1::ExtractClaimsResponse response;
        std::thread canceller;
        if (cancel) {
          const double part =
              static_cast<double>(random() % 100) / 100 * unloaded_seconds_;
          canceller = std::thread([&context, part] {
            absl::SleepFor(absl::Seconds(part));
            context.TryCancel();
          });
        }
        count.Sent();
        const absl::Time sent = absl::Now();
        grpc::Status status = stub->ExtractClaims(&context, request, &response);
        if (canceller.joinable()) canceller.join();
        const bool as_asked =
            bad ? status.error_code() == grpc::StatusCode::INVALID_ARGUMENT ||
                      (cancel && !status.ok())
                : status.ok() && IsRight(index, response);
        if (bad && as_asked) status = grpc::Status::OK;
        count.Back(
            status, as_asked, absl::ToDoubleSeconds(absl::Now() - sent),
            cancel && status.error_code() == grpc::StatusCode::CANCELLED);
      }
    });
  }
  threads.emplace_back([&] {
    while (!over()) Stream(20, count);
  });
  while (!over()) {
    absl::SleepFor(absl::Seconds(1));
    if (every_second) every_second(absl::Now() - began);
  }
  for (std::thread& thread : threads) thread.join();
  return count.Close(began);
}

}  // namespace quoth
