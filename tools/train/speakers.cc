// Says who stands behind claims that are given, without a model that finds
// them: the evaluation of server/speakers alone (tools/evaluate
// --gold-claims).
//
//   quoth_speakers models/quoth-en.qm < articles > speakers
//
// The model file gives the vocabulary only. Input: per article a frame (all
// numbers little-endian): u32 size in bytes, UTF-8 text; u32 number of claims;
// per claim as i32 begin and end of its source and of its cue in code points,
// -1 twice if there is none, the number of content pieces, and their begins
// and ends. Output: a line a claim, in the order of the input: name, kind (P U
// O D), description, pronoun and confidence, with tabs between; all empty
// where the speaker is unknown.

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/model.h"
#include "server/speakers/resolver.h"
#include "server/text/document.h"

namespace quoth {
namespace {

template <typename Number>
bool Read(std::istream& in, Number& number) {
  return static_cast<bool>(
      in.read(reinterpret_cast<char*>(&number), sizeof(number)));
}

bool ReadSpan(std::istream& in, std::optional<Span>& span) {
  int32_t begin = 0, end = 0;
  if (!Read(in, begin) || !Read(in, end)) return false;
  span.reset();
  if (begin >= 0 && end > begin) {
    span = Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  return true;
}

bool ReadClaim(std::istream& in, Claim& claim) {
  int32_t pieces = 0;
  if (!ReadSpan(in, claim.source) || !ReadSpan(in, claim.cue) ||
      !Read(in, pieces)) {
    return false;
  }
  for (int32_t i = 0; i < pieces; ++i) {
    std::optional<Span> piece;
    if (!ReadSpan(in, piece)) return false;
    if (piece.has_value()) claim.content.push_back(*piece);
  }
  std::sort(claim.content.begin(), claim.content.end());
  return true;
}

struct Article {
  std::string text;
  std::vector<Claim> claims;
};

bool ReadArticle(std::istream& in, Article& article) {
  uint32_t size = 0, claims = 0;
  if (!Read(in, size)) return false;
  article.text.resize(size);
  if (!in.read(article.text.data(), size) || !Read(in, claims)) return false;
  article.claims.assign(claims, Claim());
  for (Claim& claim : article.claims) {
    if (!ReadClaim(in, claim)) return false;
  }
  return true;
}

char LetterOf(SpeakerKind kind) {
  switch (kind) {
    case SpeakerKind::kPerson:
      return 'P';
    case SpeakerKind::kUnnamed:
      return 'U';
    case SpeakerKind::kOrganization:
      return 'O';
    case SpeakerKind::kDocument:
      return 'D';
  }
  return 'X';
}

void Print(const Document& doc, const std::vector<Claim>& claims) {
  // In text order, as the extractor gives them.
  std::vector<size_t> order(claims.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&claims](size_t a, size_t b) {
    return claims[a].content < claims[b].content;
  });
  std::vector<Claim> ordered;
  std::vector<size_t> place(claims.size());
  for (size_t i : order) {
    place[i] = ordered.size();
    ordered.push_back(claims[i]);
  }
  const SpeakerTable table = ResolveSpeakers(doc, ordered);
  for (size_t i : place) {
    const SpeakerLink link = table.links[i];
    if (link.speaker < 0) {
      std::cout << "\t\t\t\t\n";
      continue;
    }
    const Speaker& speaker = table.speakers[link.speaker];
    std::cout << speaker.name << '\t' << LetterOf(speaker.kind) << '\t'
              << speaker.description << '\t' << speaker.pronoun << '\t'
              << link.confidence << '\n';
  }
}

int Main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: quoth_speakers MODEL\n";
    return 2;
  }
  const absl::StatusOr<std::unique_ptr<Model>> model =
      Model::Load(argv[1], ModelOptions());
  if (!model.ok()) {
    std::cerr << argv[1] << ": " << model.status() << "\n";
    return 1;
  }
  Article article;
  while (ReadArticle(std::cin, article)) {
    absl::StatusOr<Text> text = Text::FromUtf8(article.text);
    if (!text.ok()) {
      std::cerr << text.status() << "\n";
      return 1;
    }
    Print(ReadDocument(*std::move(text), (*model)->vocabulary()),
          article.claims);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) { return quoth::Main(argc, argv); }
