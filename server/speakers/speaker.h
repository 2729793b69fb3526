// A speaker: somebody or something that stands behind claims. What the fields
// mean is said in protos/quoth/v1/attribution.proto; the names are the same.

#ifndef QUOTH_SERVER_SPEAKERS_SPEAKER_H_
#define QUOTH_SERVER_SPEAKERS_SPEAKER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "server/text/span.h"

namespace quoth {

enum class SpeakerKind : uint8_t {
  kPerson,
  kUnnamed,
  kOrganization,
  kDocument
};

struct Speaker {
  std::string name;  // UTF-8; not empty.
  SpeakerKind kind = SpeakerKind::kUnnamed;
  std::string description;     // Empty if the article gives none.
  std::string pronoun;         // "he", "she", "they", "it" or empty.
  std::vector<Span> mentions;  // Ordered, at least one.
};

// The speaker of one claim.
struct SpeakerLink {
  int speaker = -1;      // Index into SpeakerTable::speakers; -1: unknown.
  float confidence = 0;  // In [0, 1]; 0 if unknown.
};

// Invariants: links has one entry a claim; every speaker has a link; speakers
// are ordered by their first mention.
struct SpeakerTable {
  std::vector<Speaker> speakers;
  std::vector<SpeakerLink> links;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_SPEAKER_H_
