#include "server/text/vocabulary.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace quoth {
namespace {

bool IsContinuationByte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

using PieceMap = absl::flat_hash_map<absl::string_view, int32_t>;

// Longest-match lookup over pieces of one kind.
struct PieceTable {
  PieceMap ids;
  size_t longest = 0;  // In bytes.

  bool Add(absl::string_view piece, int32_t id) {
    longest = std::max(longest, piece.size());
    return ids.emplace(piece, id).second;
  }

  // The length of the longest piece that `rest` begins with, or 0.
  size_t Longest(std::string_view rest, int32_t* id) const {
    size_t length = std::min(rest.size(), longest);
    while (length > 0) {
      // Never inside a character.
      if (length == rest.size() || !IsContinuationByte(rest[length])) {
        const auto found = ids.find(absl::string_view(rest.data(), length));
        if (found != ids.end()) {
          *id = found->second;
          return length;
        }
      }
      --length;
    }
    return 0;
  }
};

}  // namespace

struct Vocabulary::Impl {
  std::string storage;  // What the tables' keys refer to.
  PieceTable begins;
  PieceTable continues;  // Without the "##".
  int32_t size = 0;
  int32_t unknown = -1;
  int32_t classifier = -1;
  int32_t separator = -1;
};

Vocabulary::Vocabulary() : impl_(new Impl()) {}
Vocabulary::~Vocabulary() { delete impl_; }
Vocabulary::Vocabulary(Vocabulary&& other) noexcept
    : impl_(std::exchange(other.impl_, nullptr)) {}
Vocabulary& Vocabulary::operator=(Vocabulary&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

absl::StatusOr<Vocabulary> Vocabulary::FromLines(std::string_view lines) {
  auto* impl = new Impl();
  Vocabulary vocabulary;
  delete std::exchange(vocabulary.impl_, impl);
  impl->storage.assign(lines);
  absl::string_view rest(impl->storage);
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    absl::string_view piece = rest.substr(0, end);
    rest.remove_prefix(end == absl::string_view::npos ? rest.size() : end + 1);
    if (!piece.empty() && piece.back() == '\r') piece.remove_suffix(1);
    const int32_t id = impl->size++;
    if (piece == "[UNK]") impl->unknown = id;
    if (piece == "[CLS]") impl->classifier = id;
    if (piece == "[SEP]") impl->separator = id;
    const bool continues = piece.size() > 2 && piece.substr(0, 2) == "##";
    const bool added = continues ? impl->continues.Add(piece.substr(2), id)
                                 : impl->begins.Add(piece, id);
    if (!added) {
      return absl::InvalidArgumentError(
          absl::StrCat("vocabulary: the piece of line ", id + 1,
                       " occurs on an earlier line too"));
    }
  }
  for (const auto& [id, name] :
       {std::pair(impl->unknown, "[UNK]"), std::pair(impl->classifier, "[CLS]"),
        std::pair(impl->separator, "[SEP]")}) {
    if (id < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("vocabulary: no piece ", name));
    }
  }
  return vocabulary;
}

int32_t Vocabulary::size() const { return impl_->size; }
int32_t Vocabulary::unknown() const { return impl_->unknown; }
int32_t Vocabulary::classifier() const { return impl_->classifier; }
int32_t Vocabulary::separator() const { return impl_->separator; }

void Vocabulary::Match(std::string_view pretoken,
                       std::vector<PieceMatch>& out) const {
  const size_t before = out.size();
  const auto unknown = [&] {
    out.resize(before);
    out.push_back({impl_->unknown, 0});
  };
  if (pretoken.size() > kMaxPretokenLength) {
    const auto points =
        std::count_if(pretoken.begin(), pretoken.end(),
                      [](char c) { return !IsContinuationByte(c); });
    if (points > kMaxPretokenLength) return unknown();
  }
  size_t begin = 0;
  while (begin < pretoken.size()) {
    const PieceTable& table = begin == 0 ? impl_->begins : impl_->continues;
    int32_t id = 0;
    const size_t length = table.Longest(pretoken.substr(begin), &id);
    if (length == 0) return unknown();
    out.push_back({id, static_cast<uint32_t>(begin)});
    begin += length;
  }
}

}  // namespace quoth
