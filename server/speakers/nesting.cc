#include "server/speakers/nesting.h"

#include <algorithm>
#include <cstddef>

namespace quoth {
namespace {

struct Piece {
  Span span;
  int claim = -1;
};

}  // namespace

Span AnchorOf(const Claim& claim) {
  if (claim.source.has_value()) return *claim.source;
  if (claim.cue.has_value()) return *claim.cue;
  return claim.content.empty() ? Span() : claim.content.front();
}

std::vector<int> FindOuterClaims(const std::vector<Claim>& claims) {
  std::vector<Piece> pieces;
  std::vector<int> order(claims.size());
  for (size_t i = 0; i < claims.size(); ++i) {
    order[i] = static_cast<int>(i);
    for (Span span : claims[i].content) {
      pieces.push_back({span, static_cast<int>(i)});
    }
  }
  // Longer pieces first where several begin together.
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    if (a.span.end != b.span.end) return a.span.end > b.span.end;
    return a.claim < b.claim;
  });
  std::sort(order.begin(), order.end(), [&claims](int a, int b) {
    const Span x = AnchorOf(claims[a]), y = AnchorOf(claims[b]);
    return x == y ? a < b : x < y;
  });

  std::vector<int> outer(claims.size(), -1);
  std::vector<Piece> open;  // Around the current anchor, outermost first.
  size_t next = 0;
  for (const int i : order) {
    const Span anchor = AnchorOf(claims[i]);
    while (next < pieces.size() && pieces[next].span.begin <= anchor.begin) {
      while (!open.empty() && open.back().span.end <= pieces[next].span.begin) {
        open.pop_back();
      }
      open.push_back(pieces[next++]);
    }
    while (!open.empty() && open.back().span.end <= anchor.begin) {
      open.pop_back();
    }
    // The innermost piece of another claim that holds the whole anchor and is
    // more than it. A few levels are enough: text does not nest deeper.
    const size_t stop =
        open.size() > kMaxNesting ? open.size() - kMaxNesting : 0;
    for (size_t k = open.size(); k-- > stop;) {
      if (open[k].claim == i || !open[k].span.Contains(anchor) ||
          open[k].span == anchor) {
        continue;
      }
      outer[i] = open[k].claim;
      break;
    }
  }
  // Overlapping claims could hold each other: break every cycle.
  std::vector<int> seen(claims.size(), -1);
  for (size_t i = 0; i < outer.size(); ++i) {
    int at = static_cast<int>(i);
    while (at >= 0 && seen[at] < 0) {
      seen[at] = static_cast<int>(i);
      if (outer[at] >= 0 && seen[outer[at]] == static_cast<int>(i)) {
        outer[at] = -1;
      }
      at = outer[at];
    }
  }
  return outer;
}

std::vector<int> NestingDepths(const std::vector<int>& outer) {
  std::vector<int> depths(outer.size(), 0);
  for (size_t i = 0; i < outer.size(); ++i) {
    int at = outer[i];
    while (at >= 0 && depths[i] < kMaxNesting) {
      ++depths[i];
      at = outer[at];
    }
  }
  return depths;
}

}  // namespace quoth
