#include "tests/rpc/fake_extractor.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace quoth {
namespace {

// Not empty. Requires a text that is not.
Span RandomSpan(uint32_t size, std::mt19937& random) {
  std::uniform_int_distribution<uint32_t> at(0, size);
  uint32_t a = at(random);
  uint32_t b = at(random);
  while (a == b) b = at(random);
  return {std::min(a, b), std::max(a, b)};
}

}  // namespace

absl::StatusOr<Extraction> ExtractNothing(std::string_view utf8,
                                          const ExtractOptions&) {
  absl::StatusOr<Text> text = Text::FromUtf8(utf8);
  if (!text.ok()) return text.status();
  Extraction extraction;
  extraction.text = *std::move(text);
  extraction.language_code = "en";
  return extraction;
}

absl::StatusOr<Extraction> ExtractAll(std::string_view utf8,
                                      const ExtractOptions& options) {
  absl::StatusOr<Extraction> extraction = ExtractNothing(utf8, options);
  if (!extraction.ok()) return extraction;
  const Span all{0, extraction->text.size()};
  Claim claim;
  claim.type = ClaimType::kDirect;
  claim.content = {all};
  claim.context.sentence = all;
  claim.context.paragraph = all;
  claim.confidence = 0.5f;
  extraction->claims = {claim};
  Speaker speaker;
  speaker.name = "Everybody";
  speaker.mentions = {all};
  extraction->speakers = {speaker};
  extraction->links = {{0, 0.25f}};
  return extraction;
}

Extraction RandomExtraction(Text text, std::mt19937& random) {
  Extraction extraction;
  extraction.text = std::move(text);
  const uint32_t size = extraction.text.size();
  const auto span = [&] { return RandomSpan(size, random); };
  const auto maybe = [&]() -> std::optional<Span> {
    if (random() % 2 == 0) return std::nullopt;
    return span();
  };
  const int claims = 1 + static_cast<int>(random() % 8);
  const int speakers = 1 + static_cast<int>(random() % 4);
  for (int i = 0; i < claims; ++i) {
    Claim claim;
    claim.type = static_cast<ClaimType>(random() % 3);
    claim.act = static_cast<Act>(random() % 9);
    claim.realis = static_cast<Realis>(random() % 3);
    claim.content = {span()};
    if (claim.content[0].size() > 2) {  // In two pieces.
      const Span whole = claim.content[0];
      claim.content = {{whole.begin, whole.begin + 1},
                       {whole.begin + 2, whole.end}};
    }
    claim.cue = maybe();
    claim.source = maybe();
    claim.context = {span(),  span(),  maybe(), maybe(), random() % 2 == 0,
                     maybe(), maybe(), maybe()};
    claim.confidence = static_cast<float>(random() % 101) / 100;
    if (i > 0 && random() % 2 == 0) {
      claim.parent = static_cast<int>(random() % i);
    }
    extraction.claims.push_back(claim);
    extraction.links.push_back(
        {static_cast<int>(random() % (speakers + 1)) - 1, 0.5f});
  }
  for (int i = 0; i < speakers; ++i) {
    Speaker speaker;
    speaker.name = "Speaker";
    speaker.kind = static_cast<SpeakerKind>(random() % 4);
    speaker.mentions = {span(), span()};
    extraction.speakers.push_back(speaker);
  }
  extraction.notices = {
      {NoticeType::kHtmlMarkup, "markup", maybe()},
      {NoticeType::kUnclosedQuotation, "unclosed", maybe()},
  };
  extraction.language_code = "en";
  return extraction;
}

}  // namespace quoth
