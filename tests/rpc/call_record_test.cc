#include "server/rpc/call_record.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/errors.h"

namespace quoth {
namespace {

using ::testing::MatchesRegex;
using ::testing::Ne;

TEST(CallRecordTest, NamesOfMethodsAndCodes) {
  EXPECT_EQ(FullName(Method::kStreamExtractClaims),
            "quoth.v1.AttributionService/StreamExtractClaims");
  EXPECT_EQ(ShortName(Method::kExtractClaims), "ExtractClaims");
  EXPECT_EQ(ShortName(Method::kGetServerInfo), "GetServerInfo");
  EXPECT_EQ(CodeName(absl::StatusCode::kOk), "OK");
  EXPECT_EQ(CodeName(absl::StatusCode::kUnauthenticated), "UNAUTHENTICATED");
  EXPECT_EQ(CodeName(static_cast<absl::StatusCode>(99)), "UNKNOWN");
}

TEST(CallRecordTest, OutcomesHaveTheReasonThatTheCallerIsTold) {
  EXPECT_EQ(OutcomeOf(absl::OkStatus()).reason, "");
  EXPECT_EQ(OutcomeOf(Overloaded("calls")).reason, "OVERLOADED");
  EXPECT_EQ(OutcomeOf(Overloaded("calls")).code,
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(OutcomeOf(InvalidFields({TextTooLong(7)})).reason, "TEXT_TOO_LONG");
  // Whatever comes from below is INTERNAL to the caller.
  const Outcome outcome = OutcomeOf(absl::NotFoundError("a secret"));
  EXPECT_EQ(outcome.code, absl::StatusCode::kInternal);
  EXPECT_EQ(outcome.reason, "INTERNAL");
}

TEST(CallRecordTest, OnlyShortPlainRequestIdsAreKept) {
  const std::string long_enough(kMaxRequestIdBytes, 'a');
  for (const std::string& id :
       {std::string("a"), std::string("0af7651916cd43dd8448eb211c80319c"),
        std::string("123e4567-e89b-12d3-a456-426614174000"),
        std::string("Job_7.part-2"), long_enough}) {
    EXPECT_TRUE(IsSafeRequestId(id)) << id;
    EXPECT_EQ(RequestIdFor(id), id);
  }
  for (const std::string& id :
       {std::string(), long_enough + "a", std::string("two words"),
        std::string("line\nend"), std::string("quo\"te"), std::string("a/b"),
        std::string("\x00", 1), std::string("naïve"), std::string("{}"),
        std::string("qt_AToken"), std::string("Bearer-qt_AToken")}) {
    EXPECT_FALSE(IsSafeRequestId(id)) << id;
    EXPECT_THAT(RequestIdFor(id), Ne(id));
    EXPECT_THAT(RequestIdFor(id), MatchesRegex("[0-9a-f]{16}-[0-9]+"));
  }
}

TEST(CallRecordTest, NewRequestIdsAreSafeAndDifferent) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = RequestIdFor("");
    EXPECT_TRUE(IsSafeRequestId(id)) << id;
    EXPECT_TRUE(ids.insert(id).second) << id;
  }
}

}  // namespace
}  // namespace quoth
