#include "server/engine/engine.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/life_check.h"
#include "tests/engine/test_engine.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct ExpectedClaim {
  ClaimType type;
  const char* content;  // Pieces joined by " / ".
  const char* cue;
  const char* source;
};

struct Passage {
  const char* text;
  std::vector<ExpectedClaim> claims;
};

std::string Joined(const Extraction& x, const std::vector<Span>& pieces) {
  std::string out;
  for (Span piece : pieces) {
    if (!out.empty()) out += " / ";
    out += x.text.Slice(piece);
  }
  return out;
}

std::string Sliced(const Extraction& x, const std::optional<Span>& span) {
  return span ? std::string(x.text.Slice(*span)) : "";
}

// Passages about whose claims no two readers would differ.
TEST(EngineTest, PlainPassages) {
  const Passage kPassages[] = {
      {"“We are close to a deal,” Antony Blinken said.",
       {{ClaimType::kDirect, "We are close to a deal,", "said",
         "Antony Blinken"}}},
      {"The mayor said that the bridge would be closed until June.",
       {{ClaimType::kIndirect, "that the bridge would be closed until June",
         "said", "The mayor"}}},
      {"According to the report, prices rose by four percent last year.",
       {{ClaimType::kIndirect, "prices rose by four percent last year",
         "According to", "the report"}}},
      {"\"I will not resign,\" Mr. Smith told reporters, \"and I have done "
       "nothing wrong.\"",
       {{ClaimType::kDirect,
         "I will not resign, / and I have done nothing wrong.", "told",
         "Mr. Smith"}}},
      {"The senator denied that he had taken any money from the company.",
       {{ClaimType::kIndirect, "that he had taken any money from the company",
         "denied", "The senator"}}},
      {"She said the plan was “a complete disaster” for farmers.",
       {{ClaimType::kMixed, "the plan was “a complete disaster” for farmers",
         "said", "She"}}},
      {"The company said profits had doubled. Its rival said it would sue.",
       {{ClaimType::kIndirect, "profits had doubled", "said", "The company"},
        {ClaimType::kIndirect, "it would sue", "said", "Its rival"}}},
      {"It rained all day in Boston, and the roads were wet.", {}},
  };
  for (Scope scope : {Scope::kReported, Scope::kAllAttributions}) {
    for (const Passage& passage : kPassages) {
      SCOPED_TRACE(passage.text);
      ExtractOptions options;
      options.scope = scope;
      options.language_code = "en";
      const Extraction x = MustExtract(passage.text, options);
      EXPECT_TRUE(x.language_supported);
      EXPECT_EQ(x.links.size(), x.claims.size());
      EXPECT_THAT(x.notices, IsEmpty());
      ASSERT_EQ(x.claims.size(), passage.claims.size());
      for (size_t i = 0; i < x.claims.size(); ++i) {
        const Claim& claim = x.claims[i];
        const ExpectedClaim& expected = passage.claims[i];
        EXPECT_EQ(claim.type, expected.type);
        EXPECT_EQ(Joined(x, claim.content), expected.content);
        EXPECT_EQ(Sliced(x, claim.cue), expected.cue);
        EXPECT_EQ(Sliced(x, claim.source), expected.source);
      }
    }
  }
}

TEST(EngineTest, ActRealisAndContext) {
  ExtractOptions options;
  options.language_code = "en";
  options.context_sentences = 1;
  const Extraction x = MustExtract(
      "It rained.\n\nOn Monday, the governor denied that he had lied. A "
      "spokesman declined to comment. Night fell.",
      options);
  ASSERT_FALSE(x.claims.empty());
  const Claim& claim = x.claims[0];
  EXPECT_EQ(claim.act, Act::kDenial);
  EXPECT_EQ(claim.realis, Realis::kActual);
  EXPECT_EQ(Sliced(x, claim.context.time), "On Monday");
  EXPECT_EQ(Sliced(x, claim.context.sentence),
            "On Monday, the governor denied that he had lied.");
  EXPECT_EQ(Sliced(x, claim.context.before), "It rained.");
  EXPECT_EQ(Sliced(x, claim.context.after), "A spokesman declined to comment.");
}

TEST(EngineTest, SpeakersAreLinked) {
  const Extraction x = MustExtract(
      "“We are close to a deal,” Antony Blinken said on Monday in London. "
      "“We will sign it soon,” Mr. Blinken said.");
  ASSERT_THAT(x.claims, SizeIs(2));
  ASSERT_THAT(x.links, SizeIs(2));
  ASSERT_GE(x.links[0].speaker, 0);
  EXPECT_EQ(x.links[0].speaker, x.links[1].speaker);
  EXPECT_EQ(x.speakers[x.links[0].speaker].name, "Antony Blinken");
}

TEST(EngineTest, AQuotationOverParagraphsIsOneClaim) {
  const Extraction x = MustExtract(
      "“We waited for the bus all morning,” Ann Reed said. “It never "
      "came.\n\n“So we walked home in the rain, and nobody was happy.”");
  ASSERT_THAT(x.claims, SizeIs(1));
  EXPECT_EQ(x.claims[0].content.size(), 3);
  EXPECT_EQ(x.claims[0].type, ClaimType::kDirect);
}

TEST(EngineTest, BadInput) {
  struct Case {
    std::string text;
    std::string language;
  };
  const Case kCases[] = {
      {"", ""},       {" \n\t ", ""},         {"\xEF\xBB\xBF", ""},
      {"a\xFFz", ""}, {"Hello.", "no code!"}, {"\xC3", ""},
  };
  for (const Case& c : kCases) {
    ExtractOptions options;
    options.language_code = c.language;
    const auto x = TestEngine().Extract(c.text, options);
    ASSERT_FALSE(x.ok());
    EXPECT_EQ(x.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(x.status().message()),
                testing::Not(HasSubstr("Hello")));
  }
}

TEST(EngineTest, TextsWithoutAWord) {
  for (const char* text : {"...", "😀", "“”", "\"", "— — —", "\u0301", "''"}) {
    EXPECT_THAT(MustExtract(text).claims, IsEmpty()) << text;
  }
}

TEST(EngineTest, OtherLanguages) {
  const Extraction french = MustExtract(
      "Le ministre a pris la parole hier soir à Paris devant les journalistes. "
      "« Nous sommes tous très fatigués de cette affaire », a dit le "
      "ministre.");
  EXPECT_EQ(french.language_code, "fr");
  EXPECT_FALSE(french.language_supported);
  ASSERT_THAT(french.claims, SizeIs(1));
  EXPECT_EQ(Joined(french, french.claims[0].content),
            "Nous sommes tous très fatigués de cette affaire");
  EXPECT_EQ(french.claims[0].cue, std::nullopt);
  ASSERT_THAT(french.links, SizeIs(1));
  EXPECT_EQ(french.links[0].speaker, -1);
  ASSERT_THAT(french.notices, SizeIs(1));
  EXPECT_EQ(french.notices[0].type, NoticeType::kUnsupportedLanguage);

  const Extraction arabic = MustExtract(
      "قال الوزير إن المحادثات كانت صعبة للغاية يوم الاثنين في العاصمة، "
      "وأضاف أنها ستستمر غدا.");
  EXPECT_EQ(arabic.language_code, "ar");
  EXPECT_FALSE(arabic.language_supported);
}

TEST(EngineTest, TheGivenLanguageCounts) {
  ExtractOptions options;
  options.language_code = "fr";
  EXPECT_FALSE(MustExtract("He said it rained.", options).language_supported);
  options.language_code = "en-GB";
  const Extraction x = MustExtract("He said it rained.", options);
  EXPECT_TRUE(x.language_supported);
  EXPECT_EQ(x.language_code, "en-GB");
}

TEST(EngineTest, AliveEndsTheCall) {
  ExtractOptions options;
  int asked = 0;
  options.language_code = "en";
  options.alive = [&asked]() -> absl::Status {
    return ++asked < 3 ? absl::OkStatus() : absl::CancelledError("enough");
  };
  std::string text;
  for (int i = 0; i < 200; ++i) text += "He said that it rained again.\n";
  const auto x = TestEngine().Extract(text, options);
  EXPECT_EQ(x.status(), absl::CancelledError("enough"));
  EXPECT_EQ(asked, 3);
}

// The claims behind the windows, and their speakers, may take longer than the
// windows: a call ends there as well.
TEST(EngineTest, EndsBehindTheLastWindow) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "REED: It rained.\nLEE: “It did.”\n";
  ExtractOptions options;
  for (const char* language : {"en", "fr"}) {
    options.language_code = language;
    int asked = 0;
    options.alive = [&asked] { return ++asked, absl::OkStatus(); };
    MustExtract(text, options);
    for (int last = asked; last > asked - 2; --last) {
      int again = 0;
      options.alive = [&again, last]() -> absl::Status {
        return ++again < last ? absl::OkStatus() : absl::CancelledError("gone");
      };
      EXPECT_EQ(TestEngine().Extract(text, options).status(),
                absl::CancelledError("gone"));
      EXPECT_EQ(again, last);
    }
    // Of 80 claims, in the loops that build them and name their speakers.
    EXPECT_GT(asked, 2 * 40 / static_cast<int>(LifeCheck::kEvery));
  }
}

TEST(EngineTest, SaysWhatACallTookAndRead) {
  ExtractOptions options;
  ExtractStats stats;
  options.stats = &stats;
  options.language_code = "en";
  const std::string text = "“We are close,” Antony Blinken said. He smiled.\n";
  const absl::Time began = absl::Now();
  MustExtract(text, options);
  const absl::Duration all = absl::Now() - began;
  EXPECT_EQ(stats.words, 13);
  EXPECT_GE(stats.pieces, stats.words);
  for (const absl::Duration stage :
       {stats.text, stats.model, stats.claims, stats.speakers}) {
    EXPECT_GT(stage, absl::ZeroDuration());
  }
  // The stages do not overlap. A millisecond for a clock that was set.
  EXPECT_LE(stats.text + stats.model + stats.claims + stats.speakers,
            all + absl::Milliseconds(1));

  // A call that is cut short says so much as it knows, and nothing of the call
  // before.
  stats = ExtractStats();
  int asked = 0;
  options.alive = [&asked]() -> absl::Status {
    return ++asked < 2 ? absl::OkStatus() : absl::CancelledError("enough");
  };
  EXPECT_FALSE(TestEngine().Extract(text, options).ok());
  EXPECT_EQ(stats.words, 13);
  EXPECT_EQ(stats.model, absl::ZeroDuration());
  EXPECT_EQ(stats.speakers, absl::ZeroDuration());
}

TEST(EngineTest, AMissingModelIsAnError) {
  EXPECT_FALSE(Engine::Create("no-such-file.qm", EngineOptions()).ok());
}

TEST(EngineTest, HasAVersion) {
  EXPECT_THAT(TestEngine().model_version(), HasSubstr("quoth-en"));
}

}  // namespace
}  // namespace quoth
