// Where a claim stands: its sentences, its paragraphs, what surrounds them,
// and whether that is the headline.
//
//   ContextFinder finder(doc, /*context_sentences=*/1);
//   ClaimContext context = finder.Find(claim.content, claim.cue);
//   doc.text.Slice(context.sentence);

#ifndef QUOTH_SERVER_CLAIMS_CONTEXT_H_
#define QUOTH_SERVER_CLAIMS_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

// Refers to `doc`, which must outlive it.
class ContextFinder {
 public:
  ContextFinder(const Document& doc, int context_sentences);

  // Everything of a ClaimContext but addressee, medium and time
  // (circumstances.h). `content` is not empty and ordered.
  ClaimContext Find(absl::Span<const Span> content,
                    const std::optional<Span>& cue) const;

  // The sentence that holds a code point which is not white space.
  Span SentenceAt(uint32_t code_point) const;

 private:
  const Document& doc_;
  int context_sentences_;
  // The code point behind the headline; 0 if the text has none.
  uint32_t headline_end_ = 0;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CONTEXT_H_
