#include "server/text/windows.h"

namespace quoth {

std::vector<WordRange> CutWindows(const Document& doc, uint32_t max_pieces) {
  const std::vector<Word>& words = doc.words;
  const auto size = static_cast<uint32_t>(words.size());
  std::vector<WordRange> windows;
  uint32_t begin = 0;
  while (begin < size) {
    // What fits, and the last good places to cut it.
    uint32_t end = begin;
    uint32_t pieces = 0;
    uint32_t paragraph_cut = begin;
    uint32_t sentence_cut = begin;
    while (end < size) {
      const uint32_t cost = words[end].piece_end - words[end].piece_begin;
      if (pieces + cost > max_pieces) break;
      pieces += cost;
      ++end;
      if (end == size) break;
      if (words[end].paragraph != words[end - 1].paragraph) {
        paragraph_cut = end;
      } else if (words[end].sentence != words[end - 1].sentence) {
        sentence_cut = end;
      }
    }
    if (end < size) {
      if (paragraph_cut > begin) {
        end = paragraph_cut;
      } else if (sentence_cut > begin) {
        end = sentence_cut;
      } else if (end == begin) {
        ++end;  // Only if max_pieces is less than a word may have.
      }
    }
    windows.push_back({begin, end});
    begin = end;
  }
  return windows;
}

}  // namespace quoth
