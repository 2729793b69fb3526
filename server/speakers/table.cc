#include "server/speakers/table.h"

#include <algorithm>
#include <string>
#include <utility>

namespace quoth {
namespace {

// Orders spans and keeps, of those that overlap, the first.
std::vector<Span> OrderedMentions(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Span> kept;
  for (Span span : spans) {
    if (span.empty()) continue;
    if (kept.empty() || kept.back().end <= span.begin) kept.push_back(span);
  }
  return kept;
}

}  // namespace

SpeakerTable MakeTable(std::vector<Referent>& referents,
                       const std::vector<SpeakerLink>& links) {
  SpeakerTable table;
  table.links.resize(links.size());
  std::vector<int> used;
  std::vector<int> index(referents.size(), -1);
  std::vector<std::vector<Span>> mentions(referents.size());
  for (const SpeakerLink& link : links) {
    const int r = link.speaker;
    if (r < 0 || index[r] >= 0 || referents[r].name.empty()) continue;
    mentions[r] = OrderedMentions(std::move(referents[r].mentions));
    if (mentions[r].empty()) continue;
    index[r] = 0;
    used.push_back(r);
  }
  std::sort(used.begin(), used.end(), [&mentions](int a, int b) {
    const Span x = mentions[a].front(), y = mentions[b].front();
    return x == y ? a < b : x < y;
  });
  for (size_t k = 0; k < used.size(); ++k) {
    Referent& referent = referents[used[k]];
    index[used[k]] = static_cast<int>(k);
    Speaker speaker;
    speaker.name = std::move(referent.name);
    speaker.kind = referent.kind;
    speaker.description = std::move(referent.description);
    speaker.pronoun = std::string(referent.pronoun);
    if (speaker.pronoun.empty() && referent.he + referent.she > 0) {
      speaker.pronoun = referent.he >= referent.she ? "he" : "she";
    }
    speaker.mentions = std::move(mentions[used[k]]);
    table.speakers.push_back(std::move(speaker));
  }
  for (size_t i = 0; i < links.size(); ++i) {
    const int r = links[i].speaker;
    if (r < 0 || index[r] < 0) continue;
    table.links[i] = {index[r], std::clamp(links[i].confidence, 0.0f, 1.0f)};
  }
  return table;
}

}  // namespace quoth
