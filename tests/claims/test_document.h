// Documents for tests of the claims, read with a vocabulary of nothing but
// [UNK], and words found in them by what they say.
//
//   TestDocument d("“We are close,” Blinken said.");
//   d.Words("Blinken");          // {6}
//   d.Claim("said", "Blinken", {"We are close"});

#ifndef QUOTH_TESTS_CLAIMS_TEST_DOCUMENT_H_
#define QUOTH_TESTS_CLAIMS_TEST_DOCUMENT_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"
#include "server/text/span.h"
#include "server/text/text.h"
#include "server/text/vocabulary.h"

namespace quoth {

inline Document ReadTestDocument(std::string_view text) {
  const auto vocabulary = Vocabulary::FromLines("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
  return ReadDocument(Text::FromUtf8(text).value(), *vocabulary);
}

struct TestDocument {
  explicit TestDocument(std::string_view text)
      : doc(ReadTestDocument(text)), quotations(doc) {}

  // Where `phrase` stands for the n-th time, in code points.
  Span Find(std::string_view phrase, int n = 0) const {
    size_t at = doc.text.bytes().find(phrase);
    while (n-- > 0) at = doc.text.bytes().find(phrase, at + 1);
    EXPECT_NE(at, std::string::npos) << "no such phrase: " << phrase;
    if (at == std::string::npos) return {};
    const auto begin = static_cast<uint32_t>(at);
    const auto end = static_cast<uint32_t>(at + phrase.size());
    return {doc.text.CodePointAtByte(begin), doc.text.CodePointAtByte(end)};
  }

  // The words of that phrase; none for an empty one.
  std::vector<uint32_t> Words(std::string_view phrase, int n = 0) const {
    std::vector<uint32_t> words;
    if (phrase.empty()) return words;
    const Span span = Find(phrase, n);
    for (uint32_t i = 0; i < doc.words.size(); ++i) {
      if (span.Contains(doc.words[i].span)) words.push_back(i);
    }
    return words;
  }

  WordClaim Claim(std::string_view cue, std::string_view source,
                  const std::vector<std::string>& content) const {
    WordClaim claim;
    claim.cue = Words(cue);
    claim.source = Words(source);
    for (const std::string& piece : content) {
      for (uint32_t w : Words(piece)) claim.content.push_back(w);
    }
    std::sort(claim.content.begin(), claim.content.end());
    claim.confidence = 0.9f;
    return claim;
  }

  std::string Slice(Span span) const {
    return std::string(doc.text.Slice(span));
  }
  std::string Slice(const std::optional<Span>& span) const {
    return span ? Slice(*span) : "";
  }
  std::vector<std::string> Slices(const std::vector<Span>& spans) const {
    std::vector<std::string> out;
    for (Span span : spans) out.push_back(Slice(span));
    return out;
  }

  Document doc;
  QuotationIndex quotations;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_CLAIMS_TEST_DOCUMENT_H_
