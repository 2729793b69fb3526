// What a source asks with, before anybody is looked at: the features that all
// candidates of a query share (candidates.h).
//
//   std::array<float, kLinkFeatures> features{};
//   SetQueryFeatures(tokens, query, /*nobody_spoke=*/false, features);

#ifndef QUOTH_SERVER_SPEAKERS_QUERY_FEATURES_H_
#define QUOTH_SERVER_SPEAKERS_QUERY_FEATURES_H_

#include <array>

#include "server/speakers/candidates.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Sets those of kTask to kQueryEnd (link_features.h). `nobody_spoke`: no claim
// before has a source.
void SetQueryFeatures(const TokenList& tokens, const LinkQuery& query,
                      bool nobody_spoke, std::array<float, kLinkFeatures>& x);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_QUERY_FEATURES_H_
