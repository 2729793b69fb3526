// Headlines that put a speaker's name before what he says.
//
//   Reed: Bridge will stay closed until May
//
//   FindHeadlineTurn(doc, claims)   // {"Reed", "Bridge will stay ... May"},
//                                   // if Reed is the source of a claim
//
// "Obituary: Ann Reed" and "World Cup: Norway beat Chile" look the same. So the
// name must be one that the article quotes elsewhere, or a word for a source:
// "Poll", "Police".

#ifndef QUOTH_SERVER_CLAIMS_HEADLINE_H_
#define QUOTH_SERVER_CLAIMS_HEADLINE_H_

#include <optional>

#include "absl/types/span.h"
#include "server/claims/decoder.h"
#include "server/claims/transcript.h"
#include "server/text/document.h"

namespace quoth {

// The turn of the first paragraph, if that is a headline of this kind; `claims`
// are those found so far. Its content is the rest of the paragraph, marks
// included.
std::optional<Turn> FindHeadlineTurn(const Document& doc,
                                     absl::Span<const WordClaim> claims);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_HEADLINE_H_
