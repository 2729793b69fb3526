// Reads claims whose spans are known and writes what the serving code makes of
// them: act, realis, addressee, medium and time. tools/train/context.py feeds
// it gold claims, so that those rules are measured apart from the model.
//
//   quoth_context [--candidates] < articles > contexts
//
// Input, per article: u32 size in bytes, then UTF-8 text; u32 number of claims,
// and per claim for cue, source and content in this order: u32 number of spans,
// then u32 begin and end of each, in code points. Output: a line a claim, in
// order, tab-separated: act and realis as numbers (server/claims/claim.h), then
// begin-end of addressee, medium and time in code points, "-" where there is
// none; a line "-" for a claim that has no words. With --candidates, a claim's
// line is followed by one for every phrase that may be its time or medium: "+",
// the kind, begin-end, and the features of circumstance_scorer.h: what
// tools/train/fit_context.py learns from. All numbers of the input are
// little-endian. The claims of an article are read together, since a phrase of
// one is none of another.

#include "server/claims/context.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_join.h"
#include "server/claims/circumstance_candidates.h"
#include "server/claims/circumstance_scorer.h"
#include "server/claims/claim_builder.h"
#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/claims/scene.h"
#include "server/text/document.h"
#include "server/text/vocabulary.h"

namespace quoth {
namespace {

bool ReadNumber(std::istream& in, uint32_t& number) {
  return static_cast<bool>(
      in.read(reinterpret_cast<char*>(&number), sizeof(number)));
}

bool ReadText(std::istream& in, std::string& text) {
  uint32_t size = 0;
  if (!ReadNumber(in, size)) return false;
  text.resize(size);
  return static_cast<bool>(in.read(text.data(), size));
}

// The words that the next list of spans touches.
std::vector<uint32_t> ReadWords(std::istream& in, const Document& doc) {
  std::vector<uint32_t> words;
  uint32_t spans = 0;
  ReadNumber(in, spans);
  while (spans-- > 0) {
    Span span;
    if (!ReadNumber(in, span.begin) || !ReadNumber(in, span.end)) break;
    for (uint32_t w = 0; w < doc.words.size(); ++w) {
      if (doc.words[w].span.begin < span.end &&
          doc.words[w].span.end > span.begin) {
        words.push_back(w);
      }
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string Show(const std::optional<Span>& span) {
  if (!span) return "-";
  return std::to_string(span->begin) + "-" + std::to_string(span->end);
}

void ShowCandidates(const Claim& claim,
                    const std::vector<PhraseCandidate>& candidates,
                    const Scene& scene, const char* kind) {
  for (const PhraseCandidate& candidate : candidates) {
    const Span span = scene.ToSpan(candidate.range);
    std::cout << "+\t" << kind << '\t' << Show(span) << '\t'
              << absl::StrJoin(PhraseFeatures(scene, claim, candidate), ",")
              << '\n';
  }
}

// That of `built` which was made of `words`; nullptr if none was.
const Claim* FindClaim(const Document& doc, const QuotationIndex& quotations,
                       const std::vector<Claim>& built,
                       const WordClaim& words) {
  const std::vector<Claim> alone = BuildClaims(doc, quotations, {words}, {});
  if (alone.empty()) return nullptr;
  for (const Claim& claim : built) {
    if (claim.cue == alone[0].cue && claim.source == alone[0].source &&
        claim.content == alone[0].content) {
      return &claim;
    }
  }
  return nullptr;
}

int Main(bool candidates) {
  const auto vocabulary = Vocabulary::FromLines("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
  std::string bytes;
  while (ReadText(std::cin, bytes)) {
    absl::StatusOr<Text> text = Text::FromUtf8(bytes);
    if (!text.ok()) {
      std::cerr << text.status() << "\n";
      return 1;
    }
    const Document doc = ReadDocument(*std::move(text), *vocabulary);
    const QuotationIndex quotations(doc);
    uint32_t claims = 0;
    if (!ReadNumber(std::cin, claims)) return 1;
    std::vector<WordClaim> all(claims);
    for (WordClaim& words : all) {
      words.cue = ReadWords(std::cin, doc);
      words.source = ReadWords(std::cin, doc);
      words.content = ReadWords(std::cin, doc);
    }
    const std::vector<Claim> built = BuildClaims(doc, quotations, all, {});
    for (const WordClaim& words : all) {
      const Claim* claim = FindClaim(doc, quotations, built, words);
      if (claim == nullptr) {
        std::cout << "-\n";
        continue;
      }
      std::cout << static_cast<int>(claim->act) << '\t'
                << static_cast<int>(claim->realis) << '\t'
                << Show(claim->context.addressee) << '\t'
                << Show(claim->context.medium) << '\t'
                << Show(claim->context.time) << '\n';
      if (!candidates || !claim->cue) continue;
      const Scene scene(doc, *claim,
                        ContextFinder(doc, 0).SentenceAt(claim->cue->begin),
                        built);
      ShowCandidates(*claim, FindTimeCandidates(scene), scene, "time");
      ShowCandidates(*claim, FindMediumCandidates(scene), scene, "medium");
    }
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) {
  return quoth::Main(argc > 1 && std::string_view(argv[1]) == "--candidates");
}
