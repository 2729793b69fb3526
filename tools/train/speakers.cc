// Says who stands behind claims that are given, without a model that finds
// them: the evaluation of server/speakers alone (tools/evaluate
// --gold-claims).
//
//   quoth_speakers models/quoth-en.qm [--weights=FILE] < articles > speakers
//   quoth_speakers models/quoth-en.qm --queries [--weights=FILE] < articles
//
// The model file gives the vocabulary only; FILE has other weights for the
// learned scorer, as link_weights.inc. Input: per article a frame (all
// numbers little-endian): u32 size in bytes, UTF-8 text; u32 number of claims;
// per claim as i32 begin and end of its source and of its cue in code points,
// -1 twice if there is none, the number of content pieces, and their begins
// and ends. Output: a line a claim, in the order of the input: name, kind (P U
// O D), description, pronoun and confidence, with tabs between; all empty
// where the speaker is unknown.
//
// With --queries the output is what the scorer learns from, as 4-byte numbers:
// per query the index of the article, of the claim (as in the input), the task
// and the number of candidates; then per candidate the size of its name in
// bytes, the name, and its features as floats. tools/train/speakers.py reads
// it.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
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

template <typename Number>
void Write(Number number) {
  std::cout.write(reinterpret_cast<const char*>(&number), sizeof(number));
}

// Writes every query of one article.
class QueryWriter : public LinkObserver {
 public:
  // `given` says which claim of the input the i-th in text order is.
  QueryWriter(int32_t article, const std::vector<size_t>& given)
      : article_(article), given_(given) {}

  void OnQuery(int claim, LinkTask task,
               const std::vector<LinkCandidate>& candidates,
               const std::vector<std::string>& names) override {
    Write(article_);
    Write(static_cast<int32_t>(given_[claim]));
    Write(static_cast<int32_t>(task));
    Write(static_cast<int32_t>(candidates.size()));
    for (size_t i = 0; i < candidates.size(); ++i) {
      Write(static_cast<int32_t>(names[i].size()));
      std::cout << names[i];
      for (const float feature : candidates[i].features) Write(feature);
    }
  }

 private:
  const int32_t article_;
  const std::vector<size_t>& given_;
};

struct Options {
  bool queries = false;
  ResolverOptions resolver;
};

void Print(int32_t article, const Document& doc,
           const std::vector<Claim>& claims, Options options) {
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
  QueryWriter writer(article, order);
  if (options.queries) options.resolver.observer = &writer;
  const SpeakerTable table = ResolveSpeakers(doc, ordered, options.resolver);
  if (options.queries) return;
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

// The numbers of a file of weights, with commas between.
std::vector<float> ReadWeights(const std::string& path) {
  std::ifstream file(path);
  std::vector<float> weights;
  std::string number;
  while (std::getline(file, number, ',')) {
    if (float weight; absl::SimpleAtof(number, &weight)) {
      weights.push_back(weight);
    }
  }
  return weights;
}

int Main(int argc, char** argv) {
  constexpr std::string_view kWeights = "--weights=";
  Options options;
  std::optional<LinkScorer> scorer;
  bool known = argc >= 2;
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--queries") {
      options.queries = true;
    } else if (argument.substr(0, kWeights.size()) == kWeights) {
      std::vector<float> weights =
          ReadWeights(argument.substr(kWeights.size()));
      if (weights.size() != kLinkWeights) {
        std::cerr << argument << ": " << kLinkWeights << " numbers needed\n";
        return 1;
      }
      options.resolver.scorer = &scorer.emplace(std::move(weights));
    } else {
      known = false;
    }
  }
  if (!known) {
    std::cerr << "usage: quoth_speakers MODEL [--queries] [--weights=FILE]\n";
    return 2;
  }
  const absl::StatusOr<std::unique_ptr<Model>> model =
      Model::Load(argv[1], ModelOptions());
  if (!model.ok()) {
    std::cerr << argv[1] << ": " << model.status() << "\n";
    return 1;
  }
  Article article;
  for (int32_t i = 0; ReadArticle(std::cin, article); ++i) {
    absl::StatusOr<Text> text = Text::FromUtf8(article.text);
    if (!text.ok()) {
      std::cerr << text.status() << "\n";
      return 1;
    }
    Print(i, ReadDocument(*std::move(text), (*model)->vocabulary()),
          article.claims, options);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) { return quoth::Main(argc, argv); }
