// Half-open ranges of code points: the one coordinate of everything inside
// Quoth. Conversion to the caller's unit happens once, at the edge
// (text/offsets.h).
//
//   Span s{4, 9};
//   s.size();               // 5 code points
//   text.Slice(s);          // the words themselves (text/text.h)

#ifndef QUOTH_SERVER_TEXT_SPAN_H_
#define QUOTH_SERVER_TEXT_SPAN_H_

#include <cstdint>

namespace quoth {

struct Span {
  uint32_t begin = 0;  // The first code point.
  uint32_t end = 0;    // The code point behind the last. Invariant: >= begin.

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(Span other) const {
    return begin <= other.begin && other.end <= end;
  }

  friend bool operator==(Span a, Span b) {
    return a.begin == b.begin && a.end == b.end;
  }
  friend bool operator<(Span a, Span b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  }
};

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_SPAN_H_
