#include "server/text/pieces.h"

#include <utf8proc.h>

#include "server/text/unicode.h"

namespace quoth {
namespace {

// The blocks that BERT sets apart, one character a pretoken.
bool IsCjk(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
         (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

// All ASCII symbols, and Unicode's punctuation: each is a pretoken.
bool IsPretokenMark(char32_t c) {
  if (c < 0x80) {
    return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) ||
           (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
  }
  return ClassOf(c) == CharClass::kPunctuation;
}

}  // namespace

void PieceReader::Add(char32_t c, uint32_t origin) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t n =
      utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
  for (utf8proc_ssize_t i = 0; i < n; ++i) {
    pretoken_.push_back(static_cast<char>(bytes[i]));
    origins_.push_back(origin);
  }
}

void PieceReader::AddDecomposed(char32_t c, uint32_t origin,
                                std::vector<Piece>& out) {
  // The longest canonical decomposition has 4 code points.
  utf8proc_int32_t parts[16];
  int boundary = 0;
  utf8proc_ssize_t n =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 16,
                              UTF8PROC_DECOMPOSE, &boundary);
  if (n < 0 || n > 16) {
    parts[0] = static_cast<utf8proc_int32_t>(c);
    n = 1;
  }
  for (utf8proc_ssize_t i = 0; i < n; ++i) {
    if (utf8proc_category(parts[i]) == UTF8PROC_CATEGORY_MN) continue;
    const auto lower = static_cast<char32_t>(utf8proc_tolower(parts[i]));
    const bool mark = IsPretokenMark(lower);
    if (mark) Flush(out);
    Add(lower, origin);
    if (mark) Flush(out);
  }
}

void PieceReader::Flush(std::vector<Piece>& out) {
  if (pretoken_.empty()) return;
  matches_.clear();
  vocabulary_.Match(pretoken_, matches_);
  for (const PieceMatch& m : matches_) {
    out.push_back({m.id, origins_[m.begin]});
  }
  pretoken_.clear();
  origins_.clear();
}

void PieceReader::Read(const Text& text, Span range, std::vector<Piece>& out) {
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const char32_t c = RepairC1(text.at(i));
    const CharClass kind = ClassOf(c);
    if (kind == CharClass::kSpace) {
      Flush(out);
    } else if (kind == CharClass::kIgnored) {
      continue;
    } else if (c < 0x80) {
      if (IsPretokenMark(c)) {
        Flush(out);
        pretoken_.push_back(static_cast<char>(c));
        origins_.push_back(i);
        Flush(out);
      } else {
        pretoken_.push_back(
            static_cast<char>(c >= U'A' && c <= U'Z' ? c + 32 : c));
        origins_.push_back(i);
      }
    } else if (IsCjk(c)) {
      Flush(out);
      AddDecomposed(c, i, out);
      Flush(out);
    } else {
      AddDecomposed(c, i, out);
    }
  }
  Flush(out);
}

}  // namespace quoth
