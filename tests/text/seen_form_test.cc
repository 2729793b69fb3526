#include "server/text/seen_form.h"

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(SeenFormTest, ByTable) {
  struct Case {
    const char* word;
    const char* seen;
  };
  const Case kCases[] = {
      {"", ""},
      {"Blinken", "Blinken"},
      {"Jos\u00e9", "Jos\u00e9"},
      {"don\u2019t", "don\u2019t"},
      {"don\xC2\x92t", "don\u2019t"},
      {"\xC2\x97", "\u2014"},
      {"Blin\u00adken", "Blinken"},  // A soft hyphen.
      {"Blin\u200bken", "Blinken"},  // A space of no width.
      {"Blin\ufffdken", "Blinken"},  // What could not be decoded.
      {"\U0001F642", "\U0001F642"},
  };
  for (const Case& c : kCases) EXPECT_EQ(SeenForm(c.word), c.seen) << c.word;
}

}  // namespace
}  // namespace quoth
