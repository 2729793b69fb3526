// From the engine's extraction to the response message: filters, ids, and
// offsets in the caller's unit.
//
//   v1::ExtractClaimsResponse response;
//   absl::Status status = WriteResponse(extraction, options, response);
//   response.claims(0).cue().text();   // "said"

#ifndef QUOTH_SERVER_RPC_RESPONSE_H_
#define QUOTH_SERVER_RPC_RESPONSE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/limits.h"
#include "server/text/offsets.h"

namespace quoth {

v1::ClaimType ToProto(ClaimType type);
v1::Act ToProto(Act act);
v1::Realis ToProto(Realis realis);
v1::SpeakerKind ToProto(SpeakerKind kind);
v1::NoticeType ToProto(NoticeType type);

// Which claims the caller wants.
struct ClaimFilter {
  uint32_t types = 0;  // Bit n for value n of v1::ClaimType; 0: all.
  uint32_t acts = 0;   // Bit n for value n of v1::Act; 0: all.
  float min_confidence = 0;

  bool Passes(const Claim& claim) const;
};

struct ResponseOptions {
  OffsetUnit unit = OffsetUnit::kUtf32;
  ClaimFilter filter;
  std::string article_id;
  size_t max_bytes = kMaxResponseBytes;  // Of the serialised response.
};

// Writes all fields but model_version. Claims that the filter drops take with
// them the speakers that have no other claim; a claim inside a dropped one
// names as its parent the nearest claim around that one that is left. Ids
// count what is left.
//
// ResponseTooLarge of errors.h, in an InvalidFields, if the response would be;
// stops as soon as that is certain.
absl::Status WriteResponse(const Extraction& extraction,
                           const ResponseOptions& options,
                           v1::ExtractClaimsResponse& response);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_RESPONSE_H_
