// The errors of the service. Inside, an error is an absl::Status whose details
// (google.rpc.ErrorInfo, BadRequest, RetryInfo) are payloads; at the edge it
// becomes a grpc::Status or, in a stream, a google.rpc.Status.
//
//   absl::Status error = InvalidFields({{"article.text", "is required"}});
//   return ToGrpcStatus(error);
//   // INVALID_ARGUMENT: article.text is required
//   //   ErrorInfo{reason: "INVALID_FIELD", domain: "quoth.v1"}
//   //   BadRequest{field_violations: {field: "article.text", ...}}
//
// Reasons are part of the contract: callers switch on them. No message and no
// detail ever holds article text, or anything else that the caller sent but
// numbers.

#ifndef QUOTH_SERVER_RPC_ERRORS_H_
#define QUOTH_SERVER_RPC_ERRORS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace quoth {

// The domain of every ErrorInfo.
inline constexpr char kErrorDomain[] = "quoth.v1";

// ---- Reasons, with their codes ----

// INVALID_ARGUMENT. A field is missing or has a value that it cannot have.
inline constexpr char kReasonInvalidField[] = "INVALID_FIELD";
// INVALID_ARGUMENT. Metadata: "limit" and "size", in bytes of UTF-8.
inline constexpr char kReasonTextTooLong[] = "TEXT_TOO_LONG";
// INVALID_ARGUMENT. Metadata: "offset", the first bad byte of the field.
inline constexpr char kReasonInvalidUtf8[] = "INVALID_UTF8";
// INVALID_ARGUMENT. The bytes are no message of the type that was due.
inline constexpr char kReasonMalformedMessage[] = "MALFORMED_MESSAGE";
// INVALID_ARGUMENT. The answer would be larger than "limit" bytes.
inline constexpr char kReasonResponseTooLarge[] = "RESPONSE_TOO_LARGE";
// RESOURCE_EXHAUSTED, with RetryInfo.
inline constexpr char kReasonOverloaded[] = "OVERLOADED";
// UNAUTHENTICATED. Says no more: not even whether there was a token.
inline constexpr char kReasonUnauthenticated[] = "UNAUTHENTICATED";
// RESOURCE_EXHAUSTED, with RetryInfo. Metadata: "limit", the one that the
// caller has used up: "max_calls" or "rate".
inline constexpr char kReasonCallerOverLimit[] = "CALLER_OVER_LIMIT";
// UNAVAILABLE. Another server may take the call.
inline constexpr char kReasonShuttingDown[] = "SHUTTING_DOWN";
// UNAVAILABLE. Nothing was under way on a stream for too long; another may be
// opened.
inline constexpr char kReasonStreamIdle[] = "STREAM_IDLE";
// DEADLINE_EXCEEDED, CANCELLED, INTERNAL.
inline constexpr char kReasonDeadlineExceeded[] = "DEADLINE_EXCEEDED";
inline constexpr char kReasonCancelled[] = "CANCELLED";
inline constexpr char kReasonInternal[] = "INTERNAL";

// What is wrong with one field. `field` is its path from the request, as in
// "claim_types[1]"; `description` is said of it: "is required".
struct FieldViolation {
  std::string field;
  std::string description;
  std::string reason = kReasonInvalidField;
  // Of the ErrorInfo.
  std::vector<std::pair<std::string, std::string>> metadata = {};
};

FieldViolation TextTooLong(size_t size);
FieldViolation InvalidUtf8(std::string_view field, size_t offset);
FieldViolation ResponseTooLarge();

// Names all of them, up to kMaxFieldViolations; the message, the reason and
// the metadata are the first's. Requires at least one.
absl::Status InvalidFields(const std::vector<FieldViolation>& violations);

// `message` is the full name of the type.
absl::Status MalformedMessage(std::string_view message);
// `what` there is too much of: "calls wait for a worker".
absl::Status Overloaded(std::string_view what);
absl::Status Unauthenticated();
// `limit` is kLimitMaxCalls or kLimitRate; `wait`, when to come back.
inline constexpr char kLimitMaxCalls[] = "max_calls";
inline constexpr char kLimitRate[] = "rate";
absl::Status CallerOverLimit(std::string_view limit, absl::Duration wait);
absl::Status ShuttingDown();
absl::Status StreamIdle();
absl::Status CallCancelled();
absl::Status CallDeadlineExceeded();

// Requires !error.ok(). An error that none of the above made keeps its code
// if that is CANCELLED or DEADLINE_EXCEEDED and becomes INTERNAL otherwise,
// without its message: nobody vouches for what that holds.
google::rpc::Status ToRpcStatus(const absl::Status& error);

// OK becomes OK. The details are the serialised ToRpcStatus(status).
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_ERRORS_H_
