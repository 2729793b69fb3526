// Any bytes as an item of a stream, and as a call: always an answer, and an
// error whenever the bytes are no request that the contract allows.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "google/rpc/error_details.pb.h"
#include "quoth/v1/attribution.pb.h"
#include "server/rpc/errors.h"
#include "server/rpc/handler.h"
#include "tests/fuzz/silence.h"
#include "tests/fuzz/whole_text.h"

namespace quoth {
namespace {

// Every error has a code, a message and an ErrorInfo of ours.
void CheckError(const google::rpc::Status& error) {
  google::rpc::ErrorInfo info;
  if (error.code() == 0 || error.message().empty() ||
      error.details_size() == 0 || !error.details(0).UnpackTo(&info) ||
      info.domain() != kErrorDomain || info.reason().empty()) {
    __builtin_trap();
  }
}

absl::Status Alive() { return absl::OkStatus(); }

void Run(std::string_view bytes) {
  const Handler handler(WholeText::Get());

  v1::StreamExtractClaimsRequest item;
  const bool parses =
      item.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  v1::StreamExtractClaimsResponse answer;
  if (!answer.ParseFromString(handler.ExtractItem(bytes, Alive))) {
    __builtin_trap();
  }
  if (parses && answer.request_id() != item.request_id()) __builtin_trap();
  if (answer.has_error()) {
    CheckError(answer.error());
  } else if (!parses || !answer.has_response()) {
    __builtin_trap();
  } else {
    for (const v1::Claim& claim : answer.response().claims()) {
      if (claim.text() != item.request().article().text()) __builtin_trap();
    }
  }

  const absl::StatusOr<std::string> response = handler.Extract(bytes, Alive);
  if (!response.ok()) CheckError(ToRpcStatus(response.status()));
}

}  // namespace
}  // namespace quoth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  quoth::SilenceProtobuf();
  quoth::Run(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
