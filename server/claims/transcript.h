// The turns of a transcript: paragraphs that open with a speaker's name in
// capitals and a colon.
//
//   WALLACE: Will you release them?
//   PENCE: I will.
//
//   FindTurns(doc)   // {WALLACE, Will .. them ?}, {PENCE, I will .}

#ifndef QUOTH_SERVER_CLAIMS_TRANSCRIPT_H_
#define QUOTH_SERVER_CLAIMS_TRANSCRIPT_H_

#include <vector>

#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {

struct Turn {
  WordRange speaker;
  WordRange content;  // Not empty; to the end of the paragraph.
};

// In order; none if there are fewer than two: "WASHINGTON: ..." alone is a
// dateline. One linear pass.
std::vector<Turn> FindTurns(const Document& doc);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_TRANSCRIPT_H_
