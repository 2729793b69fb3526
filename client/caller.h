// Calls the server, again where that may help.
//
//   Caller caller(Connect("127.0.0.1:50051"), CallerOptions());
//   absl::StatusOr<v1::ExtractClaimsResponse> answer =
//       caller.Extract(request);

#ifndef QUOTH_CLIENT_CALLER_H_
#define QUOTH_CLIENT_CALLER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/login.h"
#include "grpcpp/channel.h"
#include "quoth/v1/attribution.grpc.pb.h"

namespace quoth::client {

struct CallerOptions {
  // The longest that a call may take, all attempts together.
  absl::Duration timeout = absl::Seconds(60);
  // How often a call is tried while the server is not there. 1: there are no
  // second attempts, for whatever reason.
  int attempts = 5;
  // The pause before the second attempt; it doubles from attempt to attempt.
  // What the server asks for (google.rpc.RetryInfo) takes its place.
  absl::Duration first_pause = absl::Milliseconds(100);
  // The longest pause. A server that asks for a longer one is not asked again.
  absl::Duration max_pause = absl::Seconds(10);
  // Sent with every call, as `authorization: Bearer <token>`; empty: nothing.
  std::string token = "";
};

// A channel to `address`. It connects when the first call needs it.
std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const TlsOptions& tls = TlsOptions());

// Thread-safe.
class Caller {
 public:
  Caller(std::shared_ptr<grpc::ChannelInterface> channel,
         const CallerOptions& options);

  // The server's status if all attempts fail. Tried again: UNAVAILABLE and
  // CANCELLED, some times; and RESOURCE_EXHAUSTED, within the timeout, where
  // the server says when to come back (without that, the request itself may be
  // what is too large).
  absl::StatusOr<v1::ExtractClaimsResponse> Extract(
      const v1::ExtractClaimsRequest& request) const;
  absl::StatusOr<v1::GetServerInfoResponse> ServerInfo() const;

  // Opens a stream, without a deadline and without retries.
  std::unique_ptr<grpc::ClientReaderWriterInterface<
      v1::StreamExtractClaimsRequest, v1::StreamExtractClaimsResponse>>
  Stream(grpc::ClientContext& context) const;

 private:
  std::unique_ptr<v1::AttributionService::StubInterface> stub_;
  CallerOptions options_;
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_CALLER_H_
