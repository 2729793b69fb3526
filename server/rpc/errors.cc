#include "server/rpc/errors.h"

#include <cstdint>
#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "server/rpc/limits.h"

namespace quoth {
namespace {

// Payloads are keyed by the type URLs that their Any will have.
constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";
// In this order, so that equal errors are equal bytes.
constexpr const char* kDetailUrls[] = {kErrorInfoUrl, kBadRequestUrl,
                                       kRetryInfoUrl};

google::rpc::ErrorInfo MakeErrorInfo(std::string_view reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(kErrorDomain);
  return info;
}

void AddDetail(absl::Status& status, const char* url,
               const google::protobuf::Message& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

absl::Status MakeError(absl::StatusCode code, std::string_view message,
                       std::string_view reason) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  AddDetail(status, kErrorInfoUrl, MakeErrorInfo(reason));
  return status;
}

bool IsOurs(const absl::Status& status) {
  return status.GetPayload(kErrorInfoUrl).has_value();
}

// What the caller is told of an error that came from below.
absl::Status Disown(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
      return CallCancelled();
    case absl::StatusCode::kDeadlineExceeded:
      return CallDeadlineExceeded();
    default:
      return MakeError(absl::StatusCode::kInternal, "internal error",
                       kReasonInternal);
  }
}

}  // namespace

FieldViolation TextTooLong(size_t size) {
  return {
      "article.text",
      absl::StrCat("has ", size, " bytes of UTF-8, over the limit of ",
                   kMaxTextBytes),
      kReasonTextTooLong,
      {{"limit", absl::StrCat(kMaxTextBytes)}, {"size", absl::StrCat(size)}}};
}

FieldViolation InvalidUtf8(std::string_view field, size_t offset) {
  return {std::string(field),
          absl::StrCat("is not valid UTF-8 at byte ", offset),
          kReasonInvalidUtf8,
          {{"offset", absl::StrCat(offset)}}};
}

FieldViolation ResponseTooLarge() {
  return {"article.text",
          absl::StrCat("has an answer of more than ", kMaxResponseBytes,
                       " bytes: put line breaks between its paragraphs, ask "
                       "for fewer context_sentences, or send it in parts"),
          kReasonResponseTooLarge,
          {{"limit", absl::StrCat(kMaxResponseBytes)}}};
}

absl::Status InvalidFields(const std::vector<FieldViolation>& violations) {
  const FieldViolation& first = violations.front();
  std::string message = absl::StrCat(first.field, " ", first.description);
  if (violations.size() > 1) {
    absl::StrAppend(&message, " (and ", violations.size() - 1,
                    " more invalid fields)");
  }
  google::rpc::ErrorInfo info = MakeErrorInfo(first.reason);
  for (const auto& [key, value] : first.metadata) {
    (*info.mutable_metadata())[key] = value;
  }
  google::rpc::BadRequest bad_request;
  for (const FieldViolation& violation : violations) {
    if (bad_request.field_violations_size() == kMaxFieldViolations) break;
    auto* out = bad_request.add_field_violations();
    out->set_field(violation.field);
    out->set_description(violation.description);
    out->set_reason(violation.reason);
  }
  absl::Status status = absl::InvalidArgumentError(message);
  AddDetail(status, kErrorInfoUrl, info);
  AddDetail(status, kBadRequestUrl, bad_request);
  return status;
}

absl::Status MalformedMessage(std::string_view message) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      absl::StrCat("the message is not a valid ", std::string(message)),
      kReasonMalformedMessage);
}

absl::Status Overloaded(std::string_view what) {
  absl::Status status =
      MakeError(absl::StatusCode::kResourceExhausted,
                absl::StrCat("too many ", std::string(what), "; try later"),
                kReasonOverloaded);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(kRetryDelay));
  AddDetail(status, kRetryInfoUrl, retry);
  return status;
}

absl::Status Unauthenticated() {
  return MakeError(absl::StatusCode::kUnauthenticated, "not authenticated",
                   kReasonUnauthenticated);
}

absl::Status CallerOverLimit(std::string_view limit, absl::Duration wait) {
  // In whole microseconds, rounded up: not a moment too early.
  const absl::Duration delay = absl::Ceil(wait, absl::Microseconds(1));
  absl::Status status(absl::StatusCode::kResourceExhausted,
                      absl::StrCat("the caller is over its limit, ",
                                   std::string(limit), "; try again in ",
                                   absl::FormatDuration(absl::Ceil(
                                       delay, absl::Milliseconds(1)))));
  google::rpc::ErrorInfo info = MakeErrorInfo(kReasonCallerOverLimit);
  (*info.mutable_metadata())["limit"] = std::string(limit);
  AddDetail(status, kErrorInfoUrl, info);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(delay % absl::Seconds(1))));
  AddDetail(status, kRetryInfoUrl, retry);
  return status;
}

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable,
                   "the server is shutting down", kReasonShuttingDown);
}

absl::Status StreamIdle() {
  return MakeError(absl::StatusCode::kUnavailable,
                   "the stream was idle for too long; open another",
                   kReasonStreamIdle);
}

absl::Status CallCancelled() {
  return MakeError(absl::StatusCode::kCancelled, "the call was cancelled",
                   kReasonCancelled);
}

absl::Status CallDeadlineExceeded() {
  return MakeError(absl::StatusCode::kDeadlineExceeded,
                   "the call's deadline has passed", kReasonDeadlineExceeded);
}

google::rpc::Status ToRpcStatus(const absl::Status& error) {
  const absl::Status ours = IsOurs(error) ? error : Disown(error);
  google::rpc::Status out;
  out.set_code(static_cast<int>(ours.code()));
  out.set_message(std::string(ours.message()));
  for (const char* url : kDetailUrls) {
    if (const auto payload = ours.GetPayload(url)) {
      google::protobuf::Any* detail = out.add_details();
      detail->set_type_url(url);
      detail->set_value(std::string(*payload));
    }
  }
  return out;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status out = ToRpcStatus(status);
  return grpc::Status(static_cast<grpc::StatusCode>(out.code()), out.message(),
                      out.SerializeAsString());
}

}  // namespace quoth
