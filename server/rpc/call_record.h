// What is known of one call, or of one item of a stream, when it is over. The
// metrics count it and the request log writes it; both must have it from here,
// so that nothing reaches them that is not listed here. It has numbers, names
// that the server chose, and the two ids below: nothing of the text, and none
// of the caller's names for an article (article_id, request_id of an item),
// which may well be a headline.
//
//   CallRecord record;
//   record.request_id = RequestIdFor(metadata_value);
//   ...
//   telemetry.Finish(record);

#ifndef QUOTH_SERVER_RPC_CALL_RECORD_H_
#define QUOTH_SERVER_RPC_CALL_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "server/engine/engine.h"

namespace quoth {

enum class Method : uint8_t {
  kExtractClaims,
  kStreamExtractClaims,
  kGetServerInfo,
};
inline constexpr int kMethods = 3;

// "quoth.v1.AttributionService/ExtractClaims".
std::string_view FullName(Method method);
// "ExtractClaims".
std::string_view ShortName(Method method);

// "INVALID_ARGUMENT".
std::string_view CodeName(absl::StatusCode code);
// Codes run from 0 (OK) to 16.
inline constexpr int kStatusCodes = 17;

// What became of a request: OK, or an error and its ErrorInfo's reason.
struct Outcome {
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string reason;  // One of errors.h; empty if OK.
};
// Of a status that ToRpcStatus (errors.h) made.
Outcome OutcomeOf(const google::rpc::Status& status);
Outcome OutcomeOf(const absl::Status& status);

// What the work on one article was: filled by the handler, on a worker.
struct WorkRecord {
  Outcome outcome;
  ExtractStats engine;
  absl::Duration reading;     // The engine's part of the work.
  absl::Duration conversion;  // Parsing the request, writing the answer.
  absl::Duration work;        // All of it.
  int64_t claims = 0;         // In the answer.
  bool read = false;          // Whether the engine was asked.
};

struct CallRecord {
  Method method = Method::kExtractClaims;
  // Of a stream: 0 for the stream itself, n for its nth item. An item has the
  // request_id of its stream.
  int64_t item = 0;
  std::string request_id;
  // The name under which the caller authenticated; empty if it did not.
  std::string caller;
  absl::Time began;
  int64_t bytes_in = 0;  // Of the messages, as they are on the wire.
  int64_t bytes_out = 0;
  absl::Duration queue;  // From its arrival until a worker took it.
  absl::Duration total;  // From its arrival until its end.
  WorkRecord work;       // Of a stream itself: only the outcome.
  int64_t items = 0;     // Of a stream itself: how many it had.
};

// ---- Request ids ----

// The key, in the metadata of a request and of its answer.
inline constexpr char kRequestIdKey[] = "x-request-id";
// Enough for a UUID or a trace id.
inline constexpr size_t kMaxRequestIdBytes = 64;

// Whether an id may go into the log: 1 to kMaxRequestIdBytes of A-Z a-z 0-9
// "-" "_" ".", and no token. That leaves no room for a sentence, a line end or
// a quotation mark.
bool IsSafeRequestId(std::string_view id);

// `sent` if it is a safe id, else a new one, which this process gives only
// once and others with a chance of 1 in 2^64: "6b1f0c92d4e83a75-42".
std::string RequestIdFor(std::string_view sent);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_CALL_RECORD_H_
