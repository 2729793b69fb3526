#include "server/speakers/query_features.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "server/speakers/link_features.h"

namespace quoth {

void SetQueryFeatures(const TokenList& tokens, const LinkQuery& query,
                      bool nobody_spoke, std::array<float, kLinkFeatures>& x) {
  using namespace link_feature;
  const uint32_t word = std::min(query.begin, tokens.size() - 1);
  const uint32_t sentence = tokens.sentence(word);
  const uint32_t paragraph = tokens.paragraph(word);
  x[kTask + static_cast<size_t>(query.task)] = 1;
  x[kPossessive_] = query.possessive;
  x[kQuotedSource] = tokens.quoted(word);
  x[kOpensSentence] = word == tokens.SentenceBegin(sentence);
  x[kOpensParagraph] = word == 0 || tokens.paragraph(word - 1) != paragraph;
  x[kLead] = paragraph < 3;
  x[kInner] = query.level > 0;
  x[kDirect] = query.direct;
  x[kCued] = query.cued;
  x[kPassive] = query.passive;
  x[kOpening] = query.opening;
  x[kHasIntroduction] = !query.introduction.empty();
  x[kHasEnclosing] = query.enclosing >= 0;
  x[kNobodySpoke] = nobody_spoke;
  if (query.phrase == nullptr) return;
  const SourcePhrase& phrase = *query.phrase;
  x[kIsDefinite] = phrase.definite;
  x[kIsIndefinite] = phrase.indefinite;
  x[kIsBare] = phrase.bare;
  x[kOwned] = tokens[phrase.begin].facts.Has(kPossessive);
  const uint32_t words = phrase.description_end - phrase.description_begin;
  x[kLength] = 0.5f * std::log(1.0f + static_cast<float>(words));
  x[kSingleWord] = words == 1;
  for (uint32_t i = phrase.begin; i <= phrase.head; ++i) {
    for (std::string_view two : {"two", "both", "pair", "duo"}) {
      if (tokens[i].folded == two) x[kTwo] = 1;
    }
  }
  for (uint32_t i = phrase.description_begin; i < phrase.description_end; ++i) {
    if (tokens[i].capital && !tokens[i].opens) x[kNames] = 1;
    if (tokens[i].possessive || (i > phrase.head && tokens[i].capital)) {
      x[kOwnerNamed] = 1;
    }
  }
  x[kStationHead] = phrase.head_facts.Has(kStation);
  x[kAnonymousHead] = phrase.head_facts.Has(kAnonymous);
  x[kPartyHead] = phrase.head_facts.Has(kAdjectiveToo);
  x[kQuantityHead] = phrase.head_facts.Has(kQuantity | kIndefinite);
  x[kTitleHead] = phrase.head_facts.Has(kTitle);
}

}  // namespace quoth
