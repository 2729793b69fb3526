#include "client/enum_words.h"

#include "gtest/gtest.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {
namespace {

TEST(EnumWordsTest, EveryValueHasAWordThatIsReadBack) {
  for (const auto* type :
       {v1::Act_descriptor(), v1::ClaimType_descriptor(),
        v1::EncodingType_descriptor(), v1::SpeakerKind_descriptor()}) {
    for (int i = 1; i < type->value_count(); ++i) {
      const int value = type->value(i)->number();
      EXPECT_EQ(ParseEnumWord(*type, EnumWord(*type, value)), value)
          << type->value(i)->name();
    }
  }
}

TEST(EnumWordsTest, WordsAreTheNamesWithoutTheirPrefix) {
  EXPECT_EQ(EnumWord(v1::ACT_STATEMENT), "statement");
  EXPECT_EQ(EnumWord(v1::CLAIM_TYPE_MIXED), "mixed");
  EXPECT_EQ(EnumWord(v1::ENCODING_TYPE_UTF16), "utf16");
  EXPECT_EQ(EnumWord(v1::SPEAKER_KIND_ORGANIZATION), "organization");
}

TEST(EnumWordsTest, UnknownValuesAreNumbers) {
  EXPECT_EQ(EnumWord(static_cast<v1::Act>(77)), "77");
}

TEST(EnumWordsTest, OtherWordsAreRefused) {
  const auto& acts = *v1::Act_descriptor();
  EXPECT_EQ(ParseEnumWord(acts, ""), std::nullopt);
  EXPECT_EQ(ParseEnumWord(acts, "unspecified"), std::nullopt);
  EXPECT_EQ(ParseEnumWord(acts, "act_denial"), std::nullopt);
  EXPECT_EQ(ParseEnumWord(acts, "Denial"), v1::ACT_DENIAL);
}

TEST(EnumWordsTest, ChoicesAreListed) {
  EXPECT_EQ(EnumChoices(*v1::ClaimType_descriptor()),
            "direct, indirect or mixed");
}

}  // namespace
}  // namespace quoth::client
