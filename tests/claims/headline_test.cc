#include "server/claims/headline.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/claim_builder.h"
#include "server/claims/unclaimed_quotations.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kBody[] =
    "\n\nIt snowed, Ann Reed, the mayor of Lulvik, said on Monday.";

// The claims of a headline over kBody, the body's own first.
std::vector<Claim> Claims(const TestDocument& d, bool headlines = true) {
  QuotationOptions options;
  options.headlines = headlines;
  QuotationLedger ledger(d.doc, d.quotations, options);
  ledger.Add(d.Claim("said", "Ann Reed, the mayor of Lulvik", {"It snowed"}));
  ledger.ClaimTheRest();
  return BuildClaims(d.doc, d.quotations, ledger.TakeClaims(), {});
}

TEST(HeadlineTest, ASpeakerBeforeAColon) {
  struct Case {
    const char* headline;
    const char* source;
    const char* content;
    ClaimType type;
  };
  const Case kCases[] = {
      {"Reed: Bridge to stay closed until May", "Reed",
       "Bridge to stay closed until May", ClaimType::kIndirect},
      {"Mayor Reed: ‘We will not pay’", "Mayor Reed", "We will not pay",
       ClaimType::kDirect},
      {"ANN REED: ‘WE WILL NOT PAY’", "ANN REED", "WE WILL NOT PAY",
       ClaimType::kDirect},
      {"Reed: Bridge plan is ‘a waste’ of money", "Reed",
       "Bridge plan is ‘a waste’ of money", ClaimType::kMixed},
      {"Reed on bridge: ‘We will not pay’", "Reed", "We will not pay",
       ClaimType::kDirect},
      {"Study: Night buses cut road deaths", "Study",
       "Night buses cut road deaths", ClaimType::kIndirect},
      {"Lulvik police: Two men held over fire", "Lulvik police",
       "Two men held over fire", ClaimType::kIndirect},
  };
  for (const Case& c : kCases) {
    const TestDocument d(std::string(c.headline) + kBody);
    const auto claims = Claims(d);
    ASSERT_THAT(claims, SizeIs(2)) << c.headline;
    EXPECT_EQ(d.Slice(claims[0].source), c.source) << c.headline;
    EXPECT_THAT(d.Slices(claims[0].content), ElementsAre(c.content));
    EXPECT_EQ(claims[0].type, c.type) << c.headline;
    EXPECT_EQ(claims[0].cue, std::nullopt) << c.headline;
    EXPECT_TRUE(claims[0].context.in_headline) << c.headline;
    EXPECT_THAT(Claims(d, false), SizeIs(1)) << c.headline;
  }
}

TEST(HeadlineTest, OtherColons) {
  for (const char* headline : {
           "Obituary: Dame Edith Crane",
           "World Cup: Norway beat Chile",
           "World Cup 2018 day five: Norway beat Chile",
           "Mayor Lulvik: Not somebody who is quoted",  // A part of a source.
           "Reed and Crane: The story of a bridge",
           "10:30 Reed meets her voters",
           "Reed: No",
           "Reed:",
           "The night in which the bridge that Ann Reed built fell down: Why?",
       }) {
    EXPECT_THAT(Claims(TestDocument(std::string(headline) + kBody)), SizeIs(1))
        << headline;
  }
  // No headline: a text of one paragraph.
  EXPECT_EQ(FindHeadlineTurn(
                ReadTestDocument("Study: Night buses cut road deaths"), {}),
            std::nullopt);
  EXPECT_EQ(FindHeadlineTurn(ReadTestDocument(""), {}), std::nullopt);
}

}  // namespace
}  // namespace quoth
