// What holds for every answer of the engine, whatever the text.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "server/engine/engine.h"
#include "tests/engine/test_engine.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string Article() {
  return ReadFile(SourceFile("tests/testdata/iran-digest.txt"));
}

void CheckSpan(const Text& text, Span span) {
  ASSERT_LT(span.begin, span.end);
  ASSERT_LE(span.end, text.size());
}

void CheckExtraction(const Extraction& x) {
  const auto check = [&x](const std::optional<Span>& span) {
    if (span) CheckSpan(x.text, *span);
  };
  ASSERT_EQ(x.links.size(), x.claims.size());
  for (size_t i = 0; i < x.claims.size(); ++i) {
    const Claim& claim = x.claims[i];
    ASSERT_FALSE(claim.content.empty());
    uint32_t last = 0;
    for (Span piece : claim.content) {
      CheckSpan(x.text, piece);
      ASSERT_LE(last, piece.begin);
      last = piece.end;
      if (claim.cue) {
        ASSERT_TRUE(piece.end <= claim.cue->begin ||
                    claim.cue->end <= piece.begin);
      }
      ASSERT_TRUE(claim.context.paragraph.Contains(piece));
      ASSERT_TRUE(claim.context.sentence.Contains(piece));
    }
    check(claim.cue);
    check(claim.source);
    check(claim.context.before);
    check(claim.context.after);
    check(claim.context.addressee);
    check(claim.context.medium);
    check(claim.context.time);
    if (i > 0) {
      ASSERT_LE(x.claims[i - 1].content[0].begin, claim.content[0].begin);
    }
    ASSERT_GE(claim.confidence, 0);
    ASSERT_LE(claim.confidence, 1);
    if (claim.parent) {
      ASSERT_NE(*claim.parent, static_cast<int>(i));
      ASSERT_LT(*claim.parent, static_cast<int>(x.claims.size()));
    }
    ASSERT_LT(x.links[i].speaker, static_cast<int>(x.speakers.size()));
  }
  for (const Notice& notice : x.notices) check(notice.span);
}

// Everything of an extraction that a caller sees of its claims.
std::string Describe(const Extraction& x) {
  std::ostringstream out;
  for (size_t i = 0; i < x.claims.size(); ++i) {
    const Claim& c = x.claims[i];
    for (Span s : c.content) out << s.begin << '-' << s.end << ' ';
    if (c.cue) out << "cue " << c.cue->begin << ' ';
    if (c.source) out << "source " << c.source->begin << ' ';
    out << static_cast<int>(c.type) << static_cast<int>(c.act)
        << static_cast<int>(c.realis) << ' ' << c.confidence << ' '
        << x.links[i].speaker << '\n';
  }
  return out.str();
}

TEST(EnginePropertyTest, AnArticle) {
  ExtractOptions options;
  options.context_sentences = 2;
  for (Scope scope : {Scope::kReported, Scope::kAllAttributions}) {
    options.scope = scope;
    const Extraction x = MustExtract(Article(), options);
    EXPECT_GT(x.claims.size(), 10);
    CheckExtraction(x);
  }
}

TEST(EnginePropertyTest, TheSameAnswerTwiceAndFromSeveralThreads) {
  const std::string article = Article();
  const std::string expected = Describe(MustExtract(article));
  EXPECT_EQ(Describe(MustExtract(article)), expected);
  std::vector<std::string> answers(4);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&] { answer = Describe(MustExtract(article)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, expected);
}

// Byte-wise damage that leaves the text valid UTF-8.
TEST(EnginePropertyTest, DamagedArticles) {
  const std::string article = Article().substr(0, 3000);
  const std::string kDamage[] = {"\"", "'", " ", "\n\n", "(", ".", ",", "''"};
  uint32_t state = 5;
  for (int round = 0; round < 10; ++round) {
    std::string text = article;
    for (int i = 0; i < 60; ++i) {
      state = state * 1664525 + 1013904223;
      const size_t at = (state >> 8) % text.size();
      const bool boundary = (text[at] & 0xC0) != 0x80;
      if (boundary) text.insert(at, kDamage[(state >> 4) % 8]);
    }
    const auto x = TestEngine().Extract(text, ExtractOptions());
    ASSERT_TRUE(x.ok()) << x.status();
    CheckExtraction(*x);
  }
}

// The encoder reads some thousand words a second; longer texts of this kind
// are tested without it (claims/unclaimed_quotations_test.cc).
TEST(EnginePropertyTest, HostileTexts) {
  std::string quotes, said, nested, letters(1000000, 'a'), marks;
  for (int i = 0; i < 10000; ++i) quotes += i % 50 ? "“" : "“\n";
  for (int i = 0; i < 2000; ++i) said += "said ";
  for (int i = 0; i < 300; ++i) nested += "he said that ";
  for (int i = 0; i < 2000; ++i) marks += "— ) \" ' .";
  ExtractOptions options;
  options.language_code = "en";
  for (const std::string& text : {quotes, said, nested, letters, marks}) {
    const auto x = TestEngine().Extract(text, options);
    ASSERT_TRUE(x.ok()) << x.status();
    CheckExtraction(*x);
  }
}

TEST(EnginePropertyTest, OddBytes) {
  ExtractOptions options;
  options.language_code = "en";
  for (const std::string& text :
       {std::string("“It rained,\0” he said.", 24),
        std::string("\xEF\xBB\xBF“It rained,” he said."),
        std::string("“It rained,” 😀 he said 😀."),
        std::string("a\u0301\u0301 said e\u0301")}) {
    const auto x = TestEngine().Extract(text, options);
    ASSERT_TRUE(x.ok()) << x.status();
    CheckExtraction(*x);
  }
}

}  // namespace
}  // namespace quoth
