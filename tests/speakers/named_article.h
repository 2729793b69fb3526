// An article with its names and their clusters, which most of the speaker
// layers begin from.
//
//   NamedArticle article("Jane Doe met Ann Poe.");
//   article.clusters.referents[0].name;  // "Jane Doe"

#ifndef QUOTH_TESTS_SPEAKERS_NAMED_ARTICLE_H_
#define QUOTH_TESTS_SPEAKERS_NAMED_ARTICLE_H_

#include <string_view>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/names.h"
#include "server/speakers/tokens.h"
#include "tests/speakers/documents.h"

namespace quoth {

struct NamedArticle {
  explicit NamedArticle(std::string_view text)
      : doc(ReadUtf8(text)),
        tokens(doc),
        names(FindNames(tokens)),
        clusters(ClusterNames(tokens, names)) {}

  const Document doc;
  const TokenList tokens;
  const std::vector<NameMention> names;
  NameClusters clusters;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_SPEAKERS_NAMED_ARTICLE_H_
