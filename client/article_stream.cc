#include "client/article_stream.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/client_context.h"

namespace quoth::client {
namespace {

// How long a refused item rests, where the server does not say.
constexpr absl::Duration kItemPause = absl::Seconds(1);

// How many streams in a row may bring no answer before one article is sent at a
// time.
constexpr int kFruitlessStreams = 2;

// An article of ours, ahead of all others (their numbers begin at 1), asks
// whether a server that owes answers gives any.
constexpr uint64_t kProbe = 0;
constexpr char kProbeText[] = "Yes.";

absl::Status ToAbsl(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

// Whether another stream may do better than one that ended so.
bool MayChange(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return true;
    default:
      return false;
  }
}

// Whether the server went away without a word: what it says itself has details.
bool IsCrash(const grpc::Status& status) {
  return status.error_details().empty() &&
         status.error_code() != grpc::StatusCode::OK &&
         status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED;
}

// The pause that an item's error asks for; nullopt if the error is final.
std::optional<absl::Duration> AskedPause(const google::rpc::Status& error) {
  for (const auto& any : error.details()) {
    google::rpc::RetryInfo info;
    if (any.UnpackTo(&info)) {
      return absl::Seconds(info.retry_delay().seconds()) +
             absl::Nanoseconds(info.retry_delay().nanos());
    }
  }
  if (error.code() == static_cast<int>(absl::StatusCode::kUnavailable)) {
    return kItemPause;
  }
  return std::nullopt;
}

}  // namespace

struct ArticleStream::Item {
  std::string key;
  std::shared_ptr<v1::StreamExtractClaimsRequest> request;
  absl::Time not_before = absl::InfinitePast();
  absl::Time first_refused = absl::InfiniteFuture();
  int sent_alone = 0;  // In vain.
};

ArticleStream::ArticleStream(const Caller& caller,
                             const ArticleStreamOptions& options, Next next,
                             Answered answered)
    : caller_(caller),
      options_(options),
      next_(std::move(next)),
      answered_(std::move(answered)) {}

ArticleStream::~ArticleStream() = default;

bool ArticleStream::IsComplete() const { return all_read_ && pending_.empty(); }

absl::Status ArticleStream::Run() {
  {
    absl::MutexLock lock(&mutex_);
    last_answer_ = absl::Now();
  }
  absl::BitGen random;
  int fruitless = 0;
  while (true) {
    absl::StatusOr<v1::Limits> limits = AwaitServer();
    if (!limits.ok()) return limits.status();
    limits_ = *std::move(limits);
    {
      absl::MutexLock lock(&mutex_);
      full_window_ =
          options_.in_flight > 0
              ? options_.in_flight
              : 2 * std::max(1, limits_.max_stream_items_in_flight());
      const bool alone =
          fruitless >= kFruitlessStreams || pending_.count(kProbe) > 0;
      window_ = alone ? 1 : full_window_;
      first_unsuspected_ = next_number_;
      WidenIfCleared();
    }
    const grpc::Status status = RunStream();
    bool silent;
    bool out_of_patience;
    {
      absl::MutexLock lock(&mutex_);
      if (!failed_.ok()) return failed_;
      if (IsComplete()) return absl::OkStatus();
      fruitless = answers_ > 0 ? 0 : fruitless + 1;
      silent = silent_;
      out_of_patience = absl::Now() - last_answer_ > options_.patience;
    }
    if (silent) {
      if (!Probe()) return NoAnswer();
      continue;
    }
    if (!MayChange(status.error_code())) return ToAbsl(status);
    if (fruitless == 0) continue;
    if (IsCrash(status)) SuspectPending();
    if (out_of_patience) {
      return status.ok() ? absl::UnavailableError(
                               "the server ends its streams without an answer")
                         : ToAbsl(status);
    }
    const absl::Duration pause =
        std::min(options_.max_pause,
                 options_.first_pause * (1 << std::min(fruitless - 1, 16)));
    absl::SleepFor(pause * absl::Uniform(random, 1.0, 1.25));
  }
}

absl::StatusOr<v1::Limits> ArticleStream::AwaitServer() {
  while (true) {
    // Tries some times by itself.
    const absl::StatusOr<v1::GetServerInfoResponse> info = caller_.ServerInfo();
    if (info.ok()) return info->limits();
    if (!MayChange(static_cast<grpc::StatusCode>(info.status().code()))) {
      return info.status();
    }
    {
      absl::MutexLock lock(&mutex_);
      if (absl::Now() - last_answer_ > options_.patience) return info.status();
    }
    absl::SleepFor(options_.first_pause);
  }
}

grpc::Status ArticleStream::RunStream() {
  {
    absl::MutexLock lock(&mutex_);
    stream_over_ = false;
    silent_ = false;
    answers_ = 0;
    to_send_.clear();
    for (const auto& [number, item] : pending_) to_send_.insert(number);
  }
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = caller_.Stream(context);
  std::thread sender([&] { Send(*stream); });
  std::thread receiver([&] { Receive(*stream); });
  AwaitEnd(context);
  receiver.join();
  sender.join();
  return stream->Finish();
}

void ArticleStream::AwaitEnd(grpc::ClientContext& context) {
  const absl::Time begin = absl::Now();
  absl::MutexLock lock(&mutex_);
  const auto ends = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stream_over_ || !failed_.ok();
  };
  while (true) {
    // A server that was sent nothing owes no answer.
    const absl::Time since =
        Owed() == 0 ? absl::Now() : std::max({begin, last_answer_, last_sent_});
    if (mutex_.AwaitWithDeadline(absl::Condition(&ends),
                                 since + options_.patience)) {
      break;
    }
    silent_ = Owed() > 0 &&
              absl::Now() >= std::max({begin, last_answer_, last_sent_}) +
                                 options_.patience;
    if (silent_) break;
  }
  if (!stream_over_) context.TryCancel();
  mutex_.Await(absl::Condition(&stream_over_));
}

void ArticleStream::Send(Stream& stream) {
  while (true) {
    const auto request = NextToSend();
    if (request == nullptr) break;
    if (!stream.Write(*request)) return;  // Receive() sees the end too.
  }
  stream.WritesDone();
}

std::shared_ptr<const v1::StreamExtractClaimsRequest>
ArticleStream::NextToSend() {
  while (true) {
    bool read = false;
    {
      absl::MutexLock lock(&mutex_);
      absl::Time wake = absl::InfiniteFuture();
      if (stream_over_ || !failed_.ok() || IsComplete()) return nullptr;
      if (Owed() < window_) {
        for (const uint64_t number : to_send_) {
          const Item& item = pending_.at(number);
          if (item.not_before <= absl::Now()) {
            to_send_.erase(number);
            last_sent_ = absl::Now();
            return item.request;
          }
          wake = std::min(wake, item.not_before);
          if (number == kProbe) break;  // Nothing passes it.
        }
        read = !all_read_ && pending_.size() < window_;
      }
      if (!read) {
        const size_t had = pending_.size();
        const size_t had_to_send = to_send_.size();
        const auto changed = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
          return stream_over_ || !failed_.ok() || pending_.size() != had ||
                 to_send_.size() != had_to_send;
        };
        mutex_.AwaitWithDeadline(absl::Condition(&changed), wake);
      }
    }
    if (read) ReadOne(limits_);
  }
}

void ArticleStream::ReadOne(const v1::Limits& limits) {
  absl::StatusOr<std::optional<Article>> article = next_(limits);
  absl::MutexLock lock(&mutex_);
  if (!article.ok()) {
    failed_ = article.status();
    return;
  }
  if (!article->has_value()) {
    all_read_ = true;
    return;
  }
  if (pending_.empty()) last_answer_ = absl::Now();
  const uint64_t number = next_number_++;
  Item& item = pending_[number];
  item.key = std::move((*article)->key);
  item.request = std::make_shared<v1::StreamExtractClaimsRequest>();
  item.request->set_request_id(absl::StrCat(number));
  *item.request->mutable_request() = std::move((*article)->request);
  to_send_.insert(number);
}

void ArticleStream::Receive(Stream& stream) {
  v1::StreamExtractClaimsResponse answer;
  while (stream.Read(&answer)) Take(answer);
  absl::MutexLock lock(&mutex_);
  stream_over_ = true;
}

void ArticleStream::Take(const v1::StreamExtractClaimsResponse& answer) {
  uint64_t number;
  std::string key;
  {
    absl::MutexLock lock(&mutex_);
    if (!absl::SimpleAtoi(answer.request_id(), &number)) return;
    const auto found = pending_.find(number);
    if (found == pending_.end() || to_send_.count(number) > 0) return;
    Item& item = found->second;
    const absl::Time now = absl::Now();
    const auto pause =
        answer.has_error() ? AskedPause(answer.error()) : std::nullopt;
    item.first_refused = std::min(item.first_refused, now);
    if (pause.has_value() &&
        now + *pause < item.first_refused + options_.patience) {
      item.not_before = now + *pause;
      to_send_.insert(number);
      return;
    }
    if (number == kProbe) {
      last_answer_ = now;
    } else {
      key = item.key;
    }
  }
  if (number == kProbe) {
    PassSlow();
    return;
  }
  const absl::Status status = answered_(
      key, answer.has_response()
               ? Response(answer.response())
               : Response(absl::Status(
                     static_cast<absl::StatusCode>(answer.error().code()),
                     answer.error().message())));
  absl::MutexLock lock(&mutex_);
  ++answers_;
  last_answer_ = absl::Now();
  if (status.ok()) {
    pending_.erase(number);
    WidenIfCleared();
  } else {
    failed_ = status;
  }
}

void ArticleStream::WidenIfCleared() {
  if (pending_.empty() || pending_.begin()->first >= first_unsuspected_) {
    window_ = full_window_;
  }
}

size_t ArticleStream::Owed() const { return pending_.size() - to_send_.size(); }

absl::Status ArticleStream::NoAnswer() const {
  return absl::DeadlineExceededError(absl::StrCat(
      "no answer within ", absl::FormatDuration(options_.patience)));
}

bool ArticleStream::Probe() {
  absl::MutexLock lock(&mutex_);
  last_answer_ = absl::Now();
  // Meanwhile they may have come.
  if (Owed() == 0) return true;
  if (pending_.count(kProbe) > 0) return false;
  slow_.reset();
  if (Owed() == 1) {
    for (const auto& [number, item] : pending_) {
      if (to_send_.count(number) == 0) slow_ = number;
    }
  }
  auto request = std::make_shared<v1::StreamExtractClaimsRequest>();
  request->set_request_id(absl::StrCat(kProbe));
  request->mutable_request()->mutable_article()->set_text(kProbeText);
  pending_[kProbe].request = std::move(request);
  return true;
}

void ArticleStream::PassSlow() {
  std::optional<std::string> key;
  {
    absl::MutexLock lock(&mutex_);
    if (slow_.has_value()) key = pending_.at(*slow_).key;
  }
  const absl::Status status =
      key.has_value() ? answered_(*key, NoAnswer()) : absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  if (slow_.has_value()) {
    pending_.erase(*slow_);
    to_send_.erase(*slow_);
    slow_.reset();
  }
  pending_.erase(kProbe);
  if (!status.ok()) failed_ = status;
  WidenIfCleared();
}

void ArticleStream::SuspectPending() {
  std::string key;
  uint64_t number;
  {
    absl::MutexLock lock(&mutex_);
    if (window_ > 1 || pending_.empty()) return;
    const auto first = pending_.begin();
    if (first->first == kProbe) return;
    if (to_send_.count(first->first) > 0) return;
    if (++first->second.sent_alone < options_.attempts_alone) return;
    number = first->first;
    key = first->second.key;
  }
  const absl::Status status = answered_(
      key, absl::UnavailableError(absl::StrCat(
               "the server went away each of the ", options_.attempts_alone,
               " times that it was sent this article alone")));
  absl::MutexLock lock(&mutex_);
  pending_.erase(number);
  if (!status.ok()) failed_ = status;
}

}  // namespace quoth::client
