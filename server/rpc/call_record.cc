#include "server/rpc/call_record.h"

#include <algorithm>
#include <atomic>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "server/rpc/api_tokens.h"
#include "server/rpc/errors.h"

namespace quoth {
namespace {

constexpr std::string_view kFullNames[kMethods] = {
    "quoth.v1.AttributionService/ExtractClaims",
    "quoth.v1.AttributionService/StreamExtractClaims",
    "quoth.v1.AttributionService/GetServerInfo",
};

// As gRPC's documents spell them.
constexpr std::string_view kCodeNames[kStatusCodes] = {
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
};

uint64_t RandomNumber() {
  std::random_device device;
  return (uint64_t{device()} << 32) | device();
}

}  // namespace

std::string_view FullName(Method method) {
  return kFullNames[static_cast<int>(method)];
}

std::string_view ShortName(Method method) {
  const std::string_view name = FullName(method);
  return name.substr(name.find('/') + 1);
}

std::string_view CodeName(absl::StatusCode code) {
  const int number = static_cast<int>(code);
  return number >= 0 && number < kStatusCodes ? kCodeNames[number]
                                              : kCodeNames[2];
}

Outcome OutcomeOf(const google::rpc::Status& status) {
  Outcome outcome;
  outcome.code = static_cast<absl::StatusCode>(status.code());
  for (const google::protobuf::Any& detail : status.details()) {
    google::rpc::ErrorInfo info;
    if (detail.Is<google::rpc::ErrorInfo>() && detail.UnpackTo(&info)) {
      outcome.reason = info.reason();
      break;
    }
  }
  return outcome;
}

Outcome OutcomeOf(const absl::Status& status) {
  return status.ok() ? Outcome() : OutcomeOf(ToRpcStatus(status));
}

bool IsSafeRequestId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxRequestIdBytes &&
         !LooksLikeToken(id) && std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '-' || c == '_' || c == '.';
         });
}

std::string RequestIdFor(std::string_view sent) {
  if (IsSafeRequestId(sent)) return std::string(sent);
  static const uint64_t process = RandomNumber();
  static std::atomic<uint64_t> count = 0;
  return absl::StrCat(absl::Hex(process, absl::kZeroPad16), "-", ++count);
}

}  // namespace quoth
