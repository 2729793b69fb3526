// Cuts an article where claims, sources and cues begin and end, so that
// nested and overlapping spans can be shown side by side in one text.
//
//   "X said Y denied Z": X's claim is "Y denied Z", Y's is "Z".
//   -> "X" source of 0 | " " | "said" cue of 0 | " " |
//      "Y" content of 0, source of 1 | " " content of 0 | ...

#ifndef QUOTH_CLIENT_MARKUP_H_
#define QUOTH_CLIENT_MARKUP_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

// A stretch of text whose every byte has the same roles. Roles are indices of
// claims, in order.
struct Segment {
  std::string_view text;
  std::vector<int> content;
  std::vector<int> source;
  std::vector<int> cue;
  // The claims whose content begins here.
  std::vector<int> begins;
};

// A line of the text, without its line break. Blank lines have no segments.
using Line = std::vector<Segment>;

// All lines of `text`, which views into it. Spans count bytes; one that does
// not fit the text, or cuts a character, is passed over.
std::vector<Line> CutAtSpans(
    std::string_view text,
    const google::protobuf::RepeatedPtrField<v1::Claim>& claims);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_MARKUP_H_
