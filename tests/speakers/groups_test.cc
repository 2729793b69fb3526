#include "server/speakers/groups.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct GroupCase {
  std::string_view text;
  std::vector<std::string> groups;  // With "@" in front: an object.
};

TEST(FindGroupsTest, ByTable) {
  const std::vector<GroupCase> cases = {
      {"Several young voters came.", {"young voters"}},
      {"Talks with senior officials failed.", {"@senior officials"}},
      {"It allowed Republicans to win.", {"Republicans"}},
      {"Trump's supporters left.", {"Trump's supporters"}},
      {"The voters poll was wrong.", {}},
      {"A voter came.", {}},
      {"Some of the others came.", {}},
  };
  for (const GroupCase& c : cases) {
    const Document doc = ReadUtf8(c.text);
    const TokenList tokens(doc);
    std::vector<std::string> found;
    for (const GroupMention& g : FindGroups(tokens, FindNames(tokens))) {
      found.push_back(std::string(g.object ? "@" : "") +
                      TextOf(tokens, g.begin, g.end));
    }
    EXPECT_EQ(found, c.groups) << c.text;
  }
}

}  // namespace
}  // namespace quoth
