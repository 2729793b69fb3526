#include "client/caller.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace quoth::client {
namespace {

// After a failed connection gRPC refuses calls for a while; no longer than our
// own pauses, or attempts would fail without having been made.
constexpr int kMinReconnectMs = 50;
constexpr int kMaxReconnectMs = 2000;

// What a server may send ahead of our reading: enough for most answers whole.
constexpr int kWindowBytes = 4 << 20;

absl::Status ToAbsl(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

// The pause that the server asks for.
std::optional<absl::Duration> AskedPause(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  for (const auto& any : details.details()) {
    google::rpc::RetryInfo info;
    if (any.UnpackTo(&info) && info.has_retry_delay()) {
      return absl::Seconds(info.retry_delay().seconds()) +
             absl::Nanoseconds(info.retry_delay().nanos());
    }
  }
  return std::nullopt;
}

// The pause before the next attempt; nullopt if there is to be none.
std::optional<absl::Duration> Pause(const grpc::Status& status, int attempt,
                                    const CallerOptions& options) {
  if (options.attempts <= 1) return std::nullopt;
  const std::optional<absl::Duration> asked = AskedPause(status);
  if (asked.has_value() && *asked > options.max_pause) return std::nullopt;
  absl::Duration pause;
  // Nobody here cancels a call: it was a proxy whose server died in the middle
  // of an answer, or a server that closed its connections.
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
      status.error_code() == grpc::StatusCode::CANCELLED) {
    if (attempt + 1 >= options.attempts) return std::nullopt;
    pause = asked.value_or(options.first_pause * (1 << std::min(attempt, 16)));
  } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
             asked.has_value()) {
    pause = *asked;
  } else {
    return std::nullopt;
  }
  pause = std::clamp(pause, options.first_pause, options.max_pause);
  // Callers that failed together should not come back together.
  thread_local absl::BitGen random;
  return pause * absl::Uniform(random, 1.0, 1.25);
}

void AddToken(const CallerOptions& options, grpc::ClientContext& context) {
  if (options.token.empty()) return;
  context.AddMetadata("authorization", absl::StrCat("Bearer ", options.token));
}

absl::Status CallWithRetries(
    const CallerOptions& options,
    const std::function<grpc::Status(grpc::ClientContext&)>& call) {
  const absl::Time deadline = absl::Now() + options.timeout;
  for (int attempt = 0;; ++attempt) {
    grpc::ClientContext context;
    AddToken(options, context);
    context.set_deadline(absl::ToChronoTime(deadline));
    const grpc::Status status = call(context);
    if (status.ok()) return absl::OkStatus();
    const auto pause = Pause(status, attempt, options);
    if (!pause.has_value() || absl::Now() + *pause >= deadline) {
      return ToAbsl(status);
    }
    absl::SleepFor(*pause);
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const TlsOptions& tls) {
  grpc::ChannelArguments arguments;
  // An answer can be many times as long as its article: contexts and mentions
  // repeat the text.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kMinReconnectMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kMinReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  // gRPC 1.51 sizes its window by probing the connection, and now and then
  // waits 10 s for a probe while a large answer stands still. A window of a
  // fixed size needs no probes.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kWindowBytes);
  // Retries are ours, so that one bound holds for all of them.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  // A proxy that the environment names cannot reach this machine's loopback.
  if (IsLocal(address)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (!tls.tls) {
    return grpc::CreateCustomChannel(
        address, grpc::InsecureChannelCredentials(), arguments);
  }
  if (!tls.server_name.empty()) {
    arguments.SetSslTargetNameOverride(tls.server_name);
  }
  return grpc::CreateCustomChannel(
      address, grpc::SslCredentials({tls.ca, tls.key, tls.cert}), arguments);
}

Caller::Caller(std::shared_ptr<grpc::ChannelInterface> channel,
               const CallerOptions& options)
    : stub_(v1::AttributionService::NewStub(std::move(channel))),
      options_(options) {}

absl::StatusOr<v1::ExtractClaimsResponse> Caller::Extract(
    const v1::ExtractClaimsRequest& request) const {
  v1::ExtractClaimsResponse response;
  absl::Status status =
      CallWithRetries(options_, [&](grpc::ClientContext& context) {
        return stub_->ExtractClaims(&context, request, &response);
      });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::GetServerInfoResponse> Caller::ServerInfo() const {
  v1::GetServerInfoResponse response;
  absl::Status status =
      CallWithRetries(options_, [&](grpc::ClientContext& context) {
        return stub_->GetServerInfo(&context, {}, &response);
      });
  if (!status.ok()) return status;
  return response;
}

std::unique_ptr<grpc::ClientReaderWriterInterface<
    v1::StreamExtractClaimsRequest, v1::StreamExtractClaimsResponse>>
Caller::Stream(grpc::ClientContext& context) const {
  AddToken(options_, context);
  return stub_->StreamExtractClaims(&context);
}

}  // namespace quoth::client
