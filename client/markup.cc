#include "client/markup.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace quoth::client {
namespace {

enum Role { kContent, kSource, kCue, kRoles };

// What begins and ends at one offset.
struct Cut {
  std::vector<std::pair<Role, int>> begins;
  std::vector<std::pair<Role, int>> ends;
};

bool IsBoundary(std::string_view text, size_t byte) {
  return byte >= text.size() ||
         (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
}

bool Fits(std::string_view text, const v1::Span& span) {
  return span.begin() >= 0 && span.begin() < span.end() &&
         span.end() <= text.size() && IsBoundary(text, span.begin()) &&
         IsBoundary(text, span.end());
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  void Add(const v1::Span& span, Role role, int claim) {
    if (!Fits(text_, span)) return;
    cuts_[span.begin()].begins.emplace_back(role, claim);
    cuts_[span.end()].ends.emplace_back(role, claim);
  }

  std::vector<Line> Run() {
    for (size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\n' || text_[i] == '\r') {
        cuts_[i];
        cuts_[i + 1];
      }
    }
    size_t last = 0;
    for (const auto& [byte, cut] : cuts_) {
      Emit(last, byte);
      for (const auto& [role, claim] : cut.ends) open_[role].erase(claim);
      for (const auto& [role, claim] : cut.begins) {
        open_[role].insert(claim);
        // Content in pieces begins once.
        if (role == kContent && begun_.insert(claim).second) {
          begins_.push_back(claim);
        }
      }
      last = byte;
    }
    Emit(last, text_.size());
    return std::move(lines_);
  }

 private:
  void Emit(size_t begin, size_t end) {
    if (begin == end) return;
    if (text_[begin] == '\n') {
      lines_.emplace_back();
      return;
    }
    if (text_[begin] == '\r') return;
    Segment segment;
    segment.text = text_.substr(begin, end - begin);
    segment.content.assign(open_[kContent].begin(), open_[kContent].end());
    segment.source.assign(open_[kSource].begin(), open_[kSource].end());
    segment.cue.assign(open_[kCue].begin(), open_[kCue].end());
    segment.begins = std::exchange(begins_, {});
    lines_.back().push_back(std::move(segment));
  }

  const std::string_view text_;
  std::map<size_t, Cut> cuts_;
  std::set<int> open_[kRoles];
  std::set<int> begun_;
  std::vector<int> begins_;
  std::vector<Line> lines_ = {Line()};
};

}  // namespace

std::vector<Line> CutAtSpans(
    std::string_view text,
    const google::protobuf::RepeatedPtrField<v1::Claim>& claims) {
  Cutter cutter(text);
  for (int i = 0; i < claims.size(); ++i) {
    const v1::Claim& claim = claims[i];
    for (const v1::Span& piece : claim.content()) {
      cutter.Add(piece, kContent, i);
    }
    if (claim.has_source()) cutter.Add(claim.source(), kSource, i);
    if (claim.has_cue()) cutter.Add(claim.cue(), kCue, i);
  }
  return cutter.Run();
}

}  // namespace quoth::client
