#include "server/rpc/handler.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/stopwatch.h"
#include "server/rpc/errors.h"
#include "server/rpc/limits.h"
#include "server/rpc/request.h"
#include "server/rpc/response.h"
#include "server/rpc/wire.h"
#include "server/text/text.h"

namespace quoth {
namespace {

using google::protobuf::Arena;

// An INVALID_ARGUMENT of the engine is about the text: the rest was checked
// before. Its message is about the text and never of it.
absl::Status AboutText(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  return InvalidFields(
      {{"article.text", absl::StrCat("is refused: ", status.message())}});
}

absl::Status ExtractInto(const Extractor& extractor,
                         const v1::ExtractClaimsRequest& request,
                         const Alive& alive,
                         v1::ExtractClaimsResponse& response,
                         WorkRecord& record) {
  absl::StatusOr<ExtractCall> call = ReadRequest(request);
  if (!call.ok()) return call.status();
  call->extract.alive = alive;
  call->extract.stats = &record.engine;
  record.read = true;
  Stopwatch watch;
  const absl::StatusOr<Extraction> extraction =
      extractor.Extract(call->text, call->extract);
  record.reading = watch.Lap();
  if (!extraction.ok()) return AboutText(extraction.status());
  response.set_model_version(extractor.model_version());
  const absl::Status status =
      WriteResponse(*extraction, call->response, response);
  if (status.ok()) record.claims = response.claims_size();
  return status;
}

// Parses an item. `answer` gets its request_id even if the rest is bad.
absl::Status ParseItem(std::string_view bytes,
                       v1::StreamExtractClaimsRequest& item,
                       v1::StreamExtractClaimsResponse& answer) {
  if (bytes.size() <= kMaxMessageBytes &&
      item.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    answer.set_request_id(item.request_id());
    return absl::OkStatus();
  }
  const std::string_view id =
      FindField(bytes, v1::StreamExtractClaimsRequest::kRequestIdFieldNumber);
  if (!FindInvalidUtf8(id)) answer.set_request_id(std::string(id));
  // The answer is the status that ExtractClaims would have ended with, whose
  // paths begin at the request: so look there first.
  const std::string_view request =
      FindField(bytes, v1::StreamExtractClaimsRequest::kRequestFieldNumber);
  v1::ExtractClaimsRequest inner;
  const absl::Status status = ParseMessage(request, inner);
  if (!status.ok()) return status;
  return ExplainParseFailure(bytes, *item.GetDescriptor());
}

absl::Status ExtractItemInto(const Extractor& extractor, std::string_view bytes,
                             const Alive& alive,
                             v1::StreamExtractClaimsRequest& item,
                             v1::StreamExtractClaimsResponse& answer,
                             WorkRecord& record) {
  absl::Status status = alive();
  if (status.ok()) status = ParseItem(bytes, item, answer);
  if (!status.ok()) return status;
  if (item.request_id().size() > kMaxIdBytes) {
    return InvalidFields(
        {{"request_id",
          absl::StrCat("has ", item.request_id().size(),
                       " bytes, over the limit of ", kMaxIdBytes)}});
  }
  if (!item.has_request()) {
    return InvalidFields({{"request", "is required"}});
  }
  return ExtractInto(extractor, item.request(), alive,
                     *answer.mutable_response(), record);
}

void Close(const absl::Status& status, absl::Duration work,
           WorkRecord& record) {
  record.outcome = OutcomeOf(status);
  record.work = work;
  record.conversion = work - record.reading;
}

}  // namespace

absl::StatusOr<std::string> Handler::Extract(std::string_view bytes,
                                             const Alive& alive,
                                             WorkRecord* asked) const {
  Stopwatch watch;
  WorkRecord unasked;
  WorkRecord& record = asked != nullptr ? *asked : unasked;
  Arena arena;
  auto& request = *Arena::CreateMessage<v1::ExtractClaimsRequest>(&arena);
  auto& response = *Arena::CreateMessage<v1::ExtractClaimsResponse>(&arena);
  absl::Status status = alive();
  if (status.ok()) status = ParseMessage(bytes, request);
  if (status.ok()) {
    status = ExtractInto(extractor_, request, alive, response, record);
  }
  std::string answer;
  if (status.ok()) answer = response.SerializeAsString();
  Close(status, watch.Lap(), record);
  if (!status.ok()) return status;
  return answer;
}

std::string Handler::ExtractItem(std::string_view bytes, const Alive& alive,
                                 WorkRecord* asked) const {
  Stopwatch watch;
  WorkRecord unasked;
  WorkRecord& record = asked != nullptr ? *asked : unasked;
  Arena arena;
  auto& item = *Arena::CreateMessage<v1::StreamExtractClaimsRequest>(&arena);
  auto& answer = *Arena::CreateMessage<v1::StreamExtractClaimsResponse>(&arena);
  const absl::Status status =
      ExtractItemInto(extractor_, bytes, alive, item, answer, record);
  // In place of a response that may be half written.
  if (!status.ok()) *answer.mutable_error() = ToRpcStatus(status);
  std::string serialised = answer.SerializeAsString();
  Close(status, watch.Lap(), record);
  return serialised;
}

std::string Handler::RefuseItem(std::string_view bytes,
                                const absl::Status& error,
                                WorkRecord& record) const {
  Arena arena;
  auto& item = *Arena::CreateMessage<v1::StreamExtractClaimsRequest>(&arena);
  v1::StreamExtractClaimsResponse answer;
  // What cannot be read of it has no id.
  ParseItem(bytes, item, answer).IgnoreError();
  *answer.mutable_error() = ToRpcStatus(error);
  record.outcome = OutcomeOf(error);
  return answer.SerializeAsString();
}

}  // namespace quoth
