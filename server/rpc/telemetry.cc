#include "server/rpc/telemetry.h"

#include <algorithm>
#include <string_view>

#include "absl/time/clock.h"

namespace quoth {
namespace {

std::string_view SentRequestId(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(kRequestIdKey);
  if (found == metadata.end()) return {};
  return std::string_view(found->second.data(), found->second.size());
}

// Never negative, though the clock may be set while a call runs.
absl::Duration Since(absl::Time began) {
  return std::max(absl::Now() - began, absl::ZeroDuration());
}

}  // namespace

void FinishItem(Telemetry& telemetry, CallRecord& item) {
  item.total = Since(item.began);
  telemetry.Finish(item);
}

CallTrace::CallTrace(Telemetry& telemetry, Method method,
                     grpc::CallbackServerContext& context)
    : telemetry_(&telemetry) {
  record_.method = method;
  record_.began = absl::Now();
  record_.request_id = RequestIdFor(SentRequestId(context));
  context.AddInitialMetadata(kRequestIdKey, record_.request_id);
  telemetry_->Start(method);
}

CallRecord CallTrace::NewItem(int64_t n) const {
  CallRecord item;
  item.method = record_.method;
  item.item = n;
  item.request_id = record_.request_id;
  item.caller = record_.caller;
  item.began = absl::Now();
  return item;
}

void CallTrace::Finish() {
  record_.total = Since(record_.began);
  telemetry_->Finish(record_);
}

}  // namespace quoth
