#include "server/rpc/response.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;

Text MakeText(std::string_view utf8) { return *Text::FromUtf8(utf8); }

// The span of `part` in `text`. Requires that it occurs.
Span Find(const Text& text, std::string_view part) {
  const size_t byte = text.bytes().find(part);
  return {text.CodePointAtByte(static_cast<uint32_t>(byte)),
          text.CodePointAtByte(static_cast<uint32_t>(byte + part.size()))};
}

// “😀 We are close,” Antony Blinken told reporters on Wednesday.
Extraction Example() {
  Extraction x;
  x.text =
      MakeText("“😀 We are close,” Antony Blinken told reporters on Wednesday.");
  const Span all{0, x.text.size()};
  Claim claim;
  claim.type = ClaimType::kDirect;
  claim.content = {Find(x.text, "😀 We are close,")};
  claim.cue = Find(x.text, "told");
  claim.source = Find(x.text, "Antony Blinken");
  claim.act = Act::kStatement;
  claim.context.sentence = all;
  claim.context.paragraph = all;
  claim.context.addressee = Find(x.text, "reporters");
  claim.context.time = Find(x.text, "on Wednesday");
  claim.confidence = 0.75f;
  x.claims = {claim};
  Speaker speaker;
  speaker.name = "Antony Blinken";
  speaker.kind = SpeakerKind::kPerson;
  speaker.pronoun = "he";
  speaker.mentions = {*claim.source};
  x.speakers = {speaker};
  x.links = {{0, 0.5f}};
  x.language_code = "en";
  return x;
}

v1::ExtractClaimsResponse Write(const Extraction& x,
                                const ResponseOptions& options = {}) {
  v1::ExtractClaimsResponse response;
  const absl::Status status = WriteResponse(x, options, response);
  EXPECT_TRUE(status.ok()) << status;
  return response;
}

// Claims of one code point each, with these types, parents and speakers.
struct Brief {
  ClaimType type;
  int parent;   // -1: none.
  int speaker;  // -1: unknown.
};
Extraction FromBriefs(const std::vector<Brief>& briefs, int speakers) {
  Extraction x;
  x.text = MakeText(std::string(briefs.size() + speakers, 'x'));
  uint32_t at = 0;
  for (const Brief& brief : briefs) {
    Claim claim;
    claim.type = brief.type;
    claim.content = {{at, at + 1}};
    claim.context.sentence = claim.context.paragraph = claim.content[0];
    claim.confidence = 1;
    if (brief.parent >= 0) claim.parent = brief.parent;
    x.claims.push_back(claim);
    x.links.push_back({brief.speaker, brief.speaker < 0 ? 0 : 1.0f});
    ++at;
  }
  for (int i = 0; i < speakers; ++i) {
    Speaker speaker;
    speaker.name = std::string("name") + static_cast<char>('0' + i);
    speaker.mentions = {{at, at + 1}};
    x.speakers.push_back(speaker);
    ++at;
  }
  return x;
}

TEST(ResponseTest, WritesEveryField) {
  Extraction x = Example();
  x.claims[0].context.in_headline = true;
  x.claims[0].realis = Realis::kHypothetical;
  x.claims[0].context.medium = Span{0, 1};
  x.claims[0].context.before = Span{1, 2};
  x.claims[0].context.after = Span{2, 3};
  x.speakers[0].description = "secretary of state";
  x.language_supported = true;
  x.notices = {{NoticeType::kUnclosedQuotation, "open", Span{0, 1}}};
  ResponseOptions options;
  options.article_id = "a1";
  const v1::ExtractClaimsResponse response = Write(x, options);
  ASSERT_EQ(response.claims_size(), 1);
  const v1::Claim& claim = response.claims(0);
  EXPECT_EQ(claim.claim_id(), "c1");
  EXPECT_EQ(claim.type(), v1::CLAIM_TYPE_DIRECT);
  EXPECT_EQ(claim.text(), "😀 We are close,");
  ASSERT_EQ(claim.content_size(), 1);
  EXPECT_EQ(claim.content(0).text(), "😀 We are close,");
  EXPECT_EQ(claim.cue().text(), "told");
  EXPECT_EQ(claim.source().text(), "Antony Blinken");
  EXPECT_EQ(claim.act(), v1::ACT_STATEMENT);
  EXPECT_EQ(claim.realis(), v1::REALIS_HYPOTHETICAL);
  EXPECT_EQ(claim.speaker_id(), "s1");
  EXPECT_EQ(claim.confidence(), 0.75f);
  EXPECT_EQ(claim.speaker_confidence(), 0.5f);
  EXPECT_EQ(claim.parent_claim_id(), "");
  const v1::ClaimContext& context = claim.context();
  EXPECT_EQ(context.sentence().text(), x.text.bytes());
  EXPECT_EQ(context.paragraph().text(), x.text.bytes());
  EXPECT_EQ(context.before().text(), "😀");
  EXPECT_EQ(context.after().text(), " ");
  EXPECT_TRUE(context.in_headline());
  EXPECT_EQ(context.addressee().text(), "reporters");
  EXPECT_EQ(context.medium().text(), "“");
  EXPECT_EQ(context.time().text(), "on Wednesday");
  ASSERT_EQ(response.speakers_size(), 1);
  const v1::Speaker& speaker = response.speakers(0);
  EXPECT_EQ(speaker.speaker_id(), "s1");
  EXPECT_EQ(speaker.name(), "Antony Blinken");
  EXPECT_EQ(speaker.kind(), v1::SPEAKER_KIND_PERSON);
  EXPECT_EQ(speaker.description(), "secretary of state");
  EXPECT_EQ(speaker.pronoun(), "he");
  ASSERT_EQ(speaker.mentions_size(), 1);
  EXPECT_EQ(speaker.mentions(0).text(), "Antony Blinken");
  EXPECT_EQ(response.language_code(), "en");
  EXPECT_TRUE(response.language_supported());
  EXPECT_EQ(response.article_id(), "a1");
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).type(), v1::NOTICE_TYPE_UNCLOSED_QUOTATION);
  EXPECT_EQ(response.notices(0).message(), "open");
  EXPECT_EQ(response.notices(0).span().text(), "“");
}

TEST(ResponseTest, WhatIsAbsentIsAbsent) {
  Extraction x = FromBriefs({{ClaimType::kIndirect, -1, -1}}, 0);
  x.language_supported = false;
  const v1::ExtractClaimsResponse response = Write(x);
  const v1::Claim& claim = response.claims(0);
  EXPECT_FALSE(claim.has_cue());
  EXPECT_FALSE(claim.has_source());
  EXPECT_EQ(claim.speaker_id(), "");
  EXPECT_EQ(claim.speaker_confidence(), 0);
  EXPECT_FALSE(claim.context().has_before());
  EXPECT_FALSE(claim.context().has_after());
  EXPECT_FALSE(claim.context().has_addressee());
  EXPECT_FALSE(claim.context().has_medium());
  EXPECT_FALSE(claim.context().has_time());
  EXPECT_FALSE(response.language_supported());
  EXPECT_EQ(response.speakers_size(), 0);
}

TEST(ResponseTest, OffsetsAreInTheUnitAskedFor) {
  const Extraction x = Example();
  const struct {
    OffsetUnit unit;
    int begin, end;  // Of "told".
  } kCases[] = {
      {OffsetUnit::kUtf32, 33, 37},
      {OffsetUnit::kUtf16, 34, 38},
      {OffsetUnit::kUtf8, 40, 44},
  };
  for (const auto& c : kCases) {
    ResponseOptions options;
    options.unit = c.unit;
    const v1::ExtractClaimsResponse response = Write(x, options);
    const v1::Span& cue = response.claims(0).cue();
    EXPECT_EQ(cue.begin(), c.begin);
    EXPECT_EQ(cue.end(), c.end);
    EXPECT_EQ(cue.text(), "told");
  }
}

TEST(ResponseTest, PiecesAreJoinedByASpace) {
  Extraction x = FromBriefs({{ClaimType::kMixed, -1, -1}}, 5);
  x.text = MakeText("ab cd ef");
  x.claims[0].content = {{0, 2}, {3, 5}, {7, 8}};
  x.speakers.clear();
  EXPECT_EQ(Write(x).claims(0).text(), "ab cd f");
}

TEST(ResponseTest, EveryEnumValueHasItsName) {
  const auto names = [](auto to_name, auto first, int count) {
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i) {
      out.push_back(to_name(ToProto(static_cast<decltype(first)>(i))));
    }
    return out;
  };
  EXPECT_THAT(names(v1::ClaimType_Name<v1::ClaimType>, ClaimType::kDirect, 3),
              ElementsAre("CLAIM_TYPE_DIRECT", "CLAIM_TYPE_INDIRECT",
                          "CLAIM_TYPE_MIXED"));
  EXPECT_THAT(names(v1::Act_Name<v1::Act>, Act::kStatement, 9),
              ElementsAre("ACT_STATEMENT", "ACT_DENIAL", "ACT_CRITICISM",
                          "ACT_APPROVAL", "ACT_DIRECTIVE", "ACT_QUESTION",
                          "ACT_COMMITMENT", "ACT_BELIEF", "ACT_OTHER"));
  EXPECT_THAT(
      names(v1::Realis_Name<v1::Realis>, Realis::kActual, 3),
      ElementsAre("REALIS_ACTUAL", "REALIS_NEGATED", "REALIS_HYPOTHETICAL"));
  EXPECT_THAT(
      names(v1::SpeakerKind_Name<v1::SpeakerKind>, SpeakerKind::kPerson, 4),
      ElementsAre("SPEAKER_KIND_PERSON", "SPEAKER_KIND_UNNAMED",
                  "SPEAKER_KIND_ORGANIZATION", "SPEAKER_KIND_DOCUMENT"));
  EXPECT_THAT(
      names(v1::NoticeType_Name<v1::NoticeType>, NoticeType::kUnclosedQuotation,
            4),
      ElementsAre("NOTICE_TYPE_UNCLOSED_QUOTATION",
                  "NOTICE_TYPE_UNSUPPORTED_LANGUAGE", "NOTICE_TYPE_HTML_MARKUP",
                  "NOTICE_TYPE_CONTROL_CHARACTERS"));
}

TEST(ResponseTest, FilteredClaimsTakeTheirSpeakersWithThem) {
  const Extraction x = FromBriefs({{ClaimType::kDirect, -1, 1},
                                   {ClaimType::kIndirect, -1, 0},
                                   {ClaimType::kMixed, -1, 2},
                                   {ClaimType::kDirect, -1, 2},
                                   {ClaimType::kDirect, -1, -1}},
                                  3);
  ResponseOptions options;
  options.filter.types = 1 << v1::CLAIM_TYPE_DIRECT;
  const v1::ExtractClaimsResponse response = Write(x, options);
  ExpectTrueIds(response);
  ASSERT_EQ(response.claims_size(), 3);
  ASSERT_EQ(response.speakers_size(), 2);
  EXPECT_EQ(response.speakers(0).name(), "name1");
  EXPECT_EQ(response.speakers(1).name(), "name2");
  EXPECT_EQ(response.claims(0).speaker_id(), "s1");
  EXPECT_EQ(response.claims(1).claim_id(), "c2");
  EXPECT_EQ(response.claims(1).speaker_id(), "s2");
  EXPECT_EQ(response.claims(2).speaker_id(), "");
}

TEST(ResponseTest, ParentsAreTheNearestThatAreLeft) {
  // 0 holds 1, 1 holds 2 and 3; 4 holds 5. 1 and 4 are filtered out.
  const Extraction x = FromBriefs({{ClaimType::kDirect, -1, -1},
                                   {ClaimType::kMixed, 0, -1},
                                   {ClaimType::kDirect, 1, -1},
                                   {ClaimType::kIndirect, 1, -1},
                                   {ClaimType::kMixed, -1, -1},
                                   {ClaimType::kDirect, 4, -1}},
                                  0);
  ResponseOptions options;
  options.filter.types =
      1 << v1::CLAIM_TYPE_DIRECT | 1 << v1::CLAIM_TYPE_INDIRECT;
  const v1::ExtractClaimsResponse response = Write(x, options);
  ExpectTrueIds(response);
  ASSERT_EQ(response.claims_size(), 4);
  EXPECT_EQ(response.claims(0).parent_claim_id(), "");
  EXPECT_EQ(response.claims(1).parent_claim_id(), "c1");
  EXPECT_EQ(response.claims(2).parent_claim_id(), "c1");
  EXPECT_EQ(response.claims(3).parent_claim_id(), "");

  const v1::ExtractClaimsResponse all = Write(x);
  EXPECT_EQ(all.claims(2).parent_claim_id(), "c2");
  EXPECT_EQ(all.claims(5).parent_claim_id(), "c5");
}

TEST(ResponseTest, RefusesToGrowWithoutBound) {
  // One endless paragraph, repeated for each of its claims.
  Extraction x;
  x.text = MakeText(std::string(100000, 'x'));
  const Span all{0, x.text.size()};
  for (uint32_t i = 0; i < 50000; ++i) {
    Claim claim;
    claim.content = {{i, i + 1}};
    claim.context.sentence = claim.content[0];
    claim.context.paragraph = all;
    x.claims.push_back(claim);
    x.links.push_back({});
  }
  ResponseOptions options;
  options.max_bytes = 1000000;
  v1::ExtractClaimsResponse response;
  const absl::Status status = WriteResponse(x, options, response);
  const ErrorView view = ViewOf(status);
  EXPECT_EQ(view.reason, "RESPONSE_TOO_LARGE") << view;
  EXPECT_THAT(view.fields, ElementsAre("article.text"));
  EXPECT_LT(response.claims_size(), 20);  // It stopped early.
}

TEST(ResponseTest, LimitHoldsForTheWholeMessage) {
  const Extraction x = Example();
  const size_t size = Write(x).ByteSizeLong();
  v1::ExtractClaimsResponse response;
  ResponseOptions options;
  options.max_bytes = size;
  EXPECT_TRUE(WriteResponse(x, options, response).ok());
  response.Clear();
  options.max_bytes = size - 1;
  EXPECT_FALSE(WriteResponse(x, options, response).ok());
}

TEST(ResponseTest, EverySpanIsTheSliceThatItNames) {
  std::mt19937 random(7);
  int spans = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string utf8 = NastyText(60, random);
    const Extraction x = RandomExtraction(MakeText(utf8), random);
    for (const auto& [unit, encoding] :
         {std::pair(OffsetUnit::kUtf8, v1::ENCODING_TYPE_UTF8),
          std::pair(OffsetUnit::kUtf16, v1::ENCODING_TYPE_UTF16),
          std::pair(OffsetUnit::kUtf32, v1::ENCODING_TYPE_UTF32)}) {
      ResponseOptions options;
      options.unit = unit;
      options.filter.types = random() % 2 == 0 ? 0 : random() % 16 & ~1u;
      options.filter.min_confidence = random() % 2 == 0 ? 0 : 0.5f;
      const v1::ExtractClaimsResponse response = Write(x, options);
      spans += ExpectTrueSpans(response, utf8, encoding);
      ExpectTrueIds(response);
    }
  }
  EXPECT_GT(spans, 10000);
}

}  // namespace
}  // namespace quoth
