// What the service does with the bytes of a request, without gRPC: parses,
// checks, asks the engine, writes the answer. Runs on a worker.
//
//   Handler handler(extractor);
//   WorkRecord record;
//   absl::StatusOr<std::string> response =
//       handler.Extract(bytes, alive, &record);
//   record.engine.words;   // 812

#ifndef QUOTH_SERVER_RPC_HANDLER_H_
#define QUOTH_SERVER_RPC_HANDLER_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/engine/engine.h"
#include "server/rpc/call_record.h"

namespace quoth {

// Whether the caller still waits: OK, or CallCancelled or CallDeadlineExceeded
// of errors.h.
using Alive = std::function<absl::Status()>;

// Refers to `extractor`, which must outlive it. Thread-safe.
class Handler {
 public:
  explicit Handler(const Extractor& extractor) : extractor_(extractor) {}

  // From a serialised ExtractClaimsRequest to a serialised
  // ExtractClaimsResponse. All errors are those of errors.h. `record` is told
  // what the work was. Null: nobody asks.
  absl::StatusOr<std::string> Extract(std::string_view request,
                                      const Alive& alive,
                                      WorkRecord* record = nullptr) const;

  // From a serialised StreamExtractClaimsRequest to a serialised
  // StreamExtractClaimsResponse: always an answer, which repeats the
  // request_id if that can be read.
  std::string ExtractItem(std::string_view item, const Alive& alive,
                          WorkRecord* record = nullptr) const;

  // The answer to an item that gets `error` in place of what it would have got.
  std::string RefuseItem(std::string_view item, const absl::Status& error,
                         WorkRecord& record) const;

 private:
  const Extractor& extractor_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_HANDLER_H_
