#include "server/speakers/author.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct AuthorCase {
  std::string_view text;
  std::string author;  // Empty: not told.
};

TEST(FindAuthorTest, ByTable) {
  const std::vector<AuthorCase> cases = {
      {"A headline here\n\nBy Jane Doe\n\nI believe it will rain.", "Jane Doe"},
      {"A headline here\n\nI believe it will rain.\n\nJane Doe is a professor "
       "of law at Zed.",
       "Jane Doe"},
      {"Questions for Jane Doe\n\nQ: Will it rain?\n\nA: I believe so.\n\n"
       "Q: When?\n\nA: Soon.\n\nQ: Where?\n\nA: In the hills.",
       "Jane Doe"},
      {"A headline here\n\nI believe it will rain.\n\nFrom a book on heavy "
       "rain, by "
       "Jane Doe.",
       "Jane Doe"},
      {"A headline here\n\nJane Doe said it will rain.\n\nIt did.", ""},
      {"", ""},
  };
  for (const AuthorCase& c : cases) {
    const Document doc = ReadUtf8(c.text);
    const TokenList tokens(doc);
    const std::vector<NameMention> names = FindNames(tokens);
    const NameClusters clusters = ClusterNames(tokens, names);
    const int author = FindAuthor(tokens, names, clusters);
    EXPECT_EQ(author < 0 ? "" : clusters.referents[author].name, c.author)
        << c.text;
  }
}

}  // namespace
}  // namespace quoth
