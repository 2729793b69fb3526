#include "server/claims/nesting.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/claims/claim.h"
#include "server/text/span.h"

namespace quoth {
namespace {

struct Piece {
  Span span;
  int claim = -1;
};

// The pieces of content around places of the text, which must come in order.
class PieceSweep {
 public:
  explicit PieceSweep(const std::vector<Claim>& claims) {
    for (size_t i = 0; i < claims.size(); ++i) {
      for (Span span : claims[i].content) {
        pieces_.push_back({span, static_cast<int>(i)});
      }
    }
    // Longer pieces first where several begin together.
    std::sort(pieces_.begin(), pieces_.end(),
              [](const Piece& a, const Piece& b) {
                if (a.span.begin != b.span.begin) {
                  return a.span.begin < b.span.begin;
                }
                if (a.span.end != b.span.end) return a.span.end > b.span.end;
                return a.claim < b.claim;
              });
  }

  // Shows `visit` the pieces that hold `place`, the innermost first, until it
  // returns true.
  template <typename Visit>
  void Around(Span place, Visit visit) {
    while (next_ < pieces_.size() && pieces_[next_].span.begin <= place.begin) {
      Close(pieces_[next_].span.begin);
      open_.push_back(pieces_[next_++]);
    }
    Close(place.begin);
    const size_t stop =
        open_.size() > 2 * kMaxAround ? open_.size() - 2 * kMaxAround : 0;
    for (size_t k = open_.size(); k-- > stop;) {
      if (open_[k].span.Contains(place) && visit(open_[k])) return;
    }
  }

 private:
  // Forgets pieces that end at or before `at`: all at the end of the list, and
  // those between others, which began before them and reach further, as soon as
  // they may be half of it.
  void Close(uint32_t at) {
    const auto ended = [at](const Piece& piece) {
      return piece.span.end <= at;
    };
    while (!open_.empty() && ended(open_.back())) open_.pop_back();
    if (open_.size() < crowd_) return;
    open_.erase(std::remove_if(open_.begin(), open_.end(), ended), open_.end());
    crowd_ = std::max(kMaxAround, 2 * open_.size());
  }

  std::vector<Piece> pieces_;  // By begin.
  size_t next_ = 0;            // The first that has not begun yet.
  std::vector<Piece> open_;    // By begin; some may have ended.
  size_t crowd_ = kMaxAround;
};

bool Holds(const Claim& outer, Span inner) {
  const auto behind = std::upper_bound(
      outer.content.begin(), outer.content.end(), inner.begin,
      [](uint32_t begin, Span piece) { return begin < piece.begin; });
  return behind != outer.content.begin() && (behind - 1)->Contains(inner);
}

bool HoldsContent(const Claim& outer, const Claim& inner) {
  return std::all_of(inner.content.begin(), inner.content.end(),
                     [&outer](Span piece) { return Holds(outer, piece); });
}

// The claims in the order of their places.
template <typename Place>
std::vector<int> OrderBy(const std::vector<Claim>& claims, Place place) {
  std::vector<int> order(claims.size());
  for (size_t i = 0; i < claims.size(); ++i) order[i] = static_cast<int>(i);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    const Span x = place(claims[a]), y = place(claims[b]);
    return x == y ? a < b : x < y;
  });
  return order;
}

}  // namespace

void FindParents(std::vector<Claim>& claims) {
  std::vector<uint32_t> sizes(claims.size(), 0);
  for (size_t i = 0; i < claims.size(); ++i) {
    for (Span piece : claims[i].content) sizes[i] += piece.size();
  }
  PieceSweep sweep(claims);
  for (const int i : OrderBy(claims, [](const Claim& claim) {
         return claim.cue.value_or(Span());
       })) {
    Claim& claim = claims[i];
    if (!claim.cue) continue;
    std::optional<int>& parent = claim.parent;
    sweep.Around(*claim.cue, [&](const Piece& piece) {
      const int k = piece.claim;
      const bool smaller = !parent || sizes[k] < sizes[*parent] ||
                           (sizes[k] == sizes[*parent] && k < *parent);
      if (k != i && smaller && HoldsContent(claims[k], claim)) parent = k;
      return false;
    });
  }
}

Span AnchorOf(const Claim& claim) {
  if (claim.source.has_value()) return *claim.source;
  if (claim.cue.has_value()) return *claim.cue;
  return claim.content.empty() ? Span() : claim.content.front();
}

std::vector<int> FindOuterClaims(const std::vector<Claim>& claims) {
  std::vector<int> outer(claims.size(), -1);
  PieceSweep sweep(claims);
  for (const int i : OrderBy(claims, AnchorOf)) {
    const Span anchor = AnchorOf(claims[i]);
    // Of another claim, and more than the anchor.
    sweep.Around(anchor, [&](const Piece& piece) {
      if (piece.claim == i || piece.span == anchor) return false;
      outer[i] = piece.claim;
      return true;
    });
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
