#include "server/speakers/name_weight.h"

#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/named_article.h"

namespace quoth {
namespace {

TEST(WeighNameTest, ByTable) {
  struct Case {
    std::string_view text;  // Its last name is looked at.
    bool person;
    bool genus;
  };
  for (const Case& c : std::vector<Case>{
           // By its own words.
           {"We met Jane Zedmund.", true, false},
           {"We met the Zedmund Institute.", false, false},
           {"We met Zedmund & Qux.", false, false},
           // By a title, an age, a relative clause, an apposition.
           {"We met Mr. Zedmund.", true, false},
           {"We met Borz Zedmund, 27, there.", true, false},
           {"We met Zedmund, who left.", true, false},
           {"We met Borz Zedmund, a senior analyst at home.", true, false},
           // By what kind of organisation it is.
           {"We met car maker Borz Zedmund.", false, true},
           {"We met the charity Borz Zedmund.", false, true},
           // A plural in front is another thing, and so is another clause.
           {"In those companies Borz Zedmund left.", true, false},
           {"At the charity, Borz Zedmund left.", true, false},
       }) {
    const NamedArticle article(c.text);
    ASSERT_FALSE(article.names.empty()) << c.text;
    EXPECT_EQ(article.names.back().IsPerson(), c.person) << c.text;
    EXPECT_EQ(article.names.back().genus, c.genus) << c.text;
  }
}

}  // namespace
}  // namespace quoth
