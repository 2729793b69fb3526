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
           {"We met fifteen-year-old Zedmund.", true, false},
           {"We met a student named Zedmund.", true, false},
           {"We met Borz bin Zedmund Qux Zed.", true, false},
           // A given name alone may be a club's.
           {"We met Zoe.", false, false},
           {"We met Al Jazeera.", false, false},
           {"We met Saudi Zedmund.", false, false},
           // A document.
           {"We met the Zedmund Rule.", false, false},
           {"We met Vince Cable.", true, false},
           {"We met Paul Sun-Hyung Lee.", true, false},
           // By capital letters inside.
           {"We met JPMorgan Zedmund.", false, false},
           {"We met ZedmundPost Live.", false, false},
           {"We met Borz McZedmund.", true, false},
           // The article of another noun.
           {"We met the Borz Zedmund supporters.", true, false},
           {"We met the Borz Zedmund.", false, false},
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
