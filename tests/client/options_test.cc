#include "client/options.h"

#include <string>
#include <vector>

#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "client/help.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<Options> Parse(const std::vector<std::string>& args) {
  const absl::FlagSaver saver;
  return ParseOptions(args);
}

TEST(OptionsTest, DefaultsAskForReportedClaimsInUtf8Text) {
  const auto options = Parse({"extract", "a.txt", "-", "b.txt"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->command, Command::kExtract);
  EXPECT_THAT(options->files, ElementsAre("a.txt", "-", "b.txt"));
  EXPECT_EQ(options->address, "127.0.0.1:50051");
  EXPECT_EQ(options->format, Format::kText);
  EXPECT_EQ(options->color, ColorMode::kAuto);
  EXPECT_EQ(options->jobs, 4);
  EXPECT_EQ(options->timeout, absl::Seconds(60));
  EXPECT_EQ(options->retries, 4);
  EXPECT_EQ(options->request.encoding_type(), v1::ENCODING_TYPE_UTF8);
  EXPECT_EQ(options->request.scope(), v1::SCOPE_REPORTED);
}

TEST(OptionsTest, FlagsReachTheRequest) {
  const auto options =
      Parse({"extract", "--format=json", "--encoding=utf16", "--scope=all",
             "--language=en-GB", "--min_confidence=0.5", "--context_sentences",
             "2", "--claim_types=direct,mixed", "--acts=denial", "a.txt"});
  ASSERT_TRUE(options.ok()) << options.status();
  const v1::ExtractClaimsRequest& request = options->request;
  EXPECT_EQ(request.encoding_type(), v1::ENCODING_TYPE_UTF16);
  EXPECT_EQ(request.scope(), v1::SCOPE_ALL_ATTRIBUTIONS);
  EXPECT_EQ(request.article().language_code(), "en-GB");
  EXPECT_EQ(request.min_confidence(), 0.5f);
  EXPECT_EQ(request.context_sentences(), 2);
  EXPECT_THAT(request.claim_types(),
              ElementsAre(v1::CLAIM_TYPE_DIRECT, v1::CLAIM_TYPE_MIXED));
  EXPECT_THAT(request.acts(), ElementsAre(v1::ACT_DENIAL));
}

TEST(OptionsTest, JsonCountsCodePointsUnlessTold) {
  for (const char* format : {"--format=json", "--format=jsonl"}) {
    EXPECT_EQ(Parse({"extract", format, "a"})->request.encoding_type(),
              v1::ENCODING_TYPE_UTF32);
  }
}

TEST(OptionsTest, FlagsMayBeSpelledWithHyphensAndStandAnywhere) {
  const auto options =
      Parse({"-min-confidence", "1", "extract", "a", "--jobs=9"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->request.min_confidence(), 1.0f);
  EXPECT_EQ(options->jobs, 9);
  EXPECT_THAT(options->files, ElementsAre("a"));
}

TEST(OptionsTest, BehindTwoHyphensAllAreFiles) {
  const auto options = Parse({"extract", "--", "--format=json", "--help"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_THAT(options->files, ElementsAre("--format=json", "--help"));
}

TEST(OptionsTest, HelpWinsOverEverythingElse) {
  struct Case {
    std::vector<std::string> args;
    std::string topic;
  };
  for (const Case& c : std::vector<Case>{{{}, ""},
                                         {{"help"}, ""},
                                         {{"--help"}, ""},
                                         {{"-h"}, ""},
                                         {{"help", "info"}, "info"},
                                         {{"extract", "--help"}, "extract"},
                                         {{"--help", "extract"}, "extract"}}) {
    const auto options = Parse(c.args);
    ASSERT_TRUE(options.ok()) << options.status();
    EXPECT_EQ(options->command, Command::kHelp);
    EXPECT_EQ(options->help_topic, c.topic);
  }
  EXPECT_EQ(Parse({"--version"})->command, Command::kVersion);
}

TEST(OptionsTest, Backfill) {
  const auto options = Parse({"extract", "--out=o.jsonl", "--resume",
                              "--input-jsonl", "--in_flight=9", "a.jsonl"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->out, "o.jsonl");
  EXPECT_TRUE(options->resume);
  EXPECT_FALSE(options->retry_errors);
  EXPECT_TRUE(options->input_jsonl);
  EXPECT_EQ(options->in_flight, 9);
  EXPECT_EQ(options->files, std::vector<std::string>{"a.jsonl"});
  // What the lines hold is that of --format=jsonl.
  EXPECT_EQ(options->format, Format::kJsonl);
  EXPECT_EQ(options->request.encoding_type(), v1::ENCODING_TYPE_UTF32);
  EXPECT_TRUE(Parse({"extract", "--out=o", "--retry_errors", "a"})->resume);
  EXPECT_TRUE(Parse({"extract", "a"})->out.empty());
}

TEST(OptionsTest, MistakesAreNamed) {
  struct Case {
    std::vector<std::string> args;
    const char* message;
  };
  for (const Case& c : std::vector<Case>{
           {{"extrct", "a"}, "no command \"extrct\""},
           {{"extract"}, "needs a file"},
           {{"extract", "-", "a", "-"}, "only once"},
           {{"extract", "--fromat=json", "a"}, "no flag --fromat"},
           {{"extract", "a", "--format"}, "--format needs a value"},
           {{"extract", "a", "--nosuch"}, "no flag --nosuch"},
           {{"extract", "--format=xml", "a"}, "text, json, jsonl, html"},
           {{"extract", "--scope=some", "a"}, "reported, all"},
           {{"extract", "--color=red", "a"}, "auto, always, never"},
           {{"extract", "--encoding=utf8", "a"}, "--encoding goes with"},
           {{"extract", "--format=json", "--encoding=utf7", "a"},
            "utf8, utf16 or utf32"},
           {{"extract", "--acts=denial,lie", "a"}, "--acts=lie"},
           {{"extract", "--claim_types=", "--acts=x", "a"}, "--acts=x"},
           {{"extract", "--min_confidence=1.5", "a"}, "0 to 1"},
           {{"extract", "--min_confidence=nan", "a"}, "0 to 1"},
           {{"extract", "--context_sentences=-1", "a"}, "0 or more"},
           {{"extract", "--jobs=0", "a"}, "1 to 256"},
           {{"extract", "--jobs=many", "a"}, "--jobs cannot be \"many\""},
           {{"extract", "--timeout=0", "a"}, "more than 0"},
           {{"extract", "--retries=-1", "a"}, "0 to 1000"},
           {{"extract", "--timeout=5", "a"}, "--timeout cannot be \"5\""},
           {{"extract", "--address=", "a"}, "--address"},
           {{"extract", "--resume", "a"}, "--resume goes with --out"},
           {{"extract", "--retry_errors", "a"}, "--retry_errors goes with"},
           {{"extract", "--input_jsonl", "a"}, "--input_jsonl goes with"},
           {{"extract", "--in_flight=2", "a"}, "--in_flight goes with"},
           {{"extract", "--out=o", "--in_flight=-1", "a"}, "0 to 4096"},
           {{"extract", "--out=o", "--format=html", "a"},
            "--format=jsonl only"},
           {{"extract", "--out=o", "--resume=maybe", "a"}, "cannot be"},
           {{"info", "a"}, "info takes no files"}}) {
    const auto options = Parse(c.args);
    ASSERT_FALSE(options.ok()) << c.message;
    EXPECT_EQ(options.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(options.status().message()), HasSubstr(c.message));
  }
}

TEST(HelpTest, TellsEveryFlagWithItsDefault) {
  const std::string help = HelpText("extract");
  int flags = 0;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!absl::EndsWith(flag->Filename(), "client/options.cc")) continue;
    ++flags;
    const std::string form = "\n  --" + std::string(name);
    EXPECT_THAT(help, HasSubstr(form + (flag->IsOfType<bool>() ? " " : "=")));
  }
  EXPECT_GE(flags, 24);
}

TEST(HelpTest, CommandsAreToldApart) {
  EXPECT_THAT(HelpText("extract"), HasSubstr("Exit status"));
  EXPECT_THAT(HelpText("info"), HasSubstr("limits of a request"));
  EXPECT_EQ(HelpText("nosuch"), HelpText(""));
  EXPECT_THAT(VersionText(), ::testing::MatchesRegex("quoth [0-9.]+"));
}

}  // namespace
}  // namespace quoth::client
