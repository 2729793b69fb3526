// Parses messages, and finds out why one does not parse. A proto3 string that
// is not valid UTF-8 makes protobuf refuse the whole message without saying
// which field it was; callers are told.
//
//   v1::ExtractClaimsRequest request;
//   absl::Status status = ParseMessage(bytes, request);
//   // INVALID_ARGUMENT: article.text is not valid UTF-8 at byte 17

#ifndef QUOTH_SERVER_RPC_WIRE_H_
#define QUOTH_SERVER_RPC_WIRE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace quoth {

// InvalidFields (INVALID_UTF8) or MalformedMessage of errors.h.
absl::Status ParseMessage(std::string_view bytes,
                          google::protobuf::Message& message);

// Why `bytes` is no message of this type. Requires that it is none.
absl::Status ExplainParseFailure(
    std::string_view bytes, const google::protobuf::Descriptor& descriptor);

// The bytes of the length-delimited field `number` of the message, or an empty
// view if it has none before its first flaw. If there are several, the last:
// that is the one that a parser keeps.
std::string_view FindField(std::string_view bytes, int number);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_WIRE_H_
