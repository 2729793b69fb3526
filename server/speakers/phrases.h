// The noun phrase that stands for a source: a pronoun, a name with its roles,
// or a description with its head noun.
//
//   SourcePhrase p = ParsePhrase(tokens, names, claim.source);
//   // "Iran's foreign ministry spokesman Nasser Kanani":
//   //   kName, names[0] "Nasser Kanani", role in front of it
//   // "a spokesman for Mr Blair": kDescription, head "spokesman"
//   // "Trump and Sanders": kName, two names

#ifndef QUOTH_SERVER_SPEAKERS_PHRASES_H_
#define QUOTH_SERVER_SPEAKERS_PHRASES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"
#include "server/text/span.h"

namespace quoth {

enum class PhraseForm : uint8_t {
  kEmpty,        // No word at all.
  kPronoun,      // he, their, we
  kRelative,     // who, which, that
  kName,         // One name, or several joined by "and".
  kDescription,  // Anything else.
};

struct SourcePhrase {
  PhraseForm form = PhraseForm::kEmpty;
  PronounKind pronoun = PronounKind::kNone;
  uint32_t begin = 0;  // The words, without marks at the edges.
  uint32_t end = 0;
  // Of kName: one or more; of kPronoun: those joined to it ("he and Brafman").
  std::vector<NameMention> names;
  uint32_t others_begin = 0;  // "other leaders" of "Xi and other leaders";
  uint32_t others_end = 0;    // empty if there are none.
  // The words that describe: of kName the role in front or the apposition
  // behind (empty if there is none), of kDescription the phrase without
  // article and without what follows a comma.
  uint32_t description_begin = 0;
  uint32_t description_end = 0;
  uint32_t head = 0;        // The head noun of the description.
  WordFacts head_facts;     // Of the head, by ClassifyNoun.
  bool definite = false;    // the, this, its: speaks of something known.
  bool bare = false;        // No article or the like in front.
  bool indefinite = false;  // a, another, one: brings in something new.
};

// `names` as FindNames gives them. Looks at the words of `span` and, for
// roles, at the few in front.
SourcePhrase ParsePhrase(const TokenList& tokens,
                         const std::vector<NameMention>& names, Span span);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_PHRASES_H_
