// From the request message to what the engine is asked and how its answer is
// to be written; the only place that says whether a request is a good one.
//
//   absl::StatusOr<ExtractCall> call = ReadRequest(request);
//   extractor.Extract(call->text, call->extract);

#ifndef QUOTH_SERVER_RPC_REQUEST_H_
#define QUOTH_SERVER_RPC_REQUEST_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/response.h"

namespace quoth {

struct ExtractCall {
  std::string_view text;  // Of the message, which must outlive it.
  ExtractOptions extract;
  ResponseOptions response;
};

// InvalidFields of errors.h, with every field that is wrong. Whether the text
// is blank is the engine's to say: it knows what white space is.
absl::StatusOr<ExtractCall> ReadRequest(
    const v1::ExtractClaimsRequest& request);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_REQUEST_H_
