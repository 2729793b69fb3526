// quoth_features writes for training what the server reads.

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/model/window_input.h"
#include "server/text/document.h"
#include "server/text/vocabulary.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

using ::testing::ElementsAreArray;

constexpr char kVocabulary[] =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nwe\nare\nclose\nshe\nsaid\n##ly\n\"\n.\n,\n";

void Write(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::vector<int32_t> ReadNumbers(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<int32_t> numbers(bytes.size() / sizeof(int32_t));
  bytes.copy(reinterpret_cast<char*>(numbers.data()), bytes.size());
  return numbers;
}

// Takes a run of numbers off a row, in the widest type.
class Reader {
 public:
  explicit Reader(std::vector<int32_t> row) : row_(std::move(row)) {}
  std::vector<int> Take(size_t n) {
    if (n > row_.size() - at_) {
      ADD_FAILURE() << "the features end early";
      n = row_.size() - at_;
    }
    at_ += n;
    return {row_.begin() + (at_ - n), row_.begin() + at_};
  }
  bool done() const { return at_ == row_.size(); }

 private:
  std::vector<int32_t> row_;
  size_t at_ = 0;
};

TEST(FeaturesTest, AreWhatTheServerReads) {
  const std::vector<std::string> texts = {
      "\"We are closely close,\" she said.\nShe said \"close\".", "",
      "“Qué”, she said."};
  std::string frames;
  for (const std::string& text : texts) {
    const uint32_t size = text.size();
    frames.append(reinterpret_cast<const char*>(&size), sizeof(size));
    frames += text;
  }
  const std::string folder = ::testing::TempDir();
  const std::string vocabulary_path = folder + "/features_vocabulary.txt";
  Write(vocabulary_path, kVocabulary);
  Write(folder + "/features_in", frames);
  const std::string command = std::string(QUOTH_FEATURES) + " '" +
                              vocabulary_path + "' 64 32 < '" + folder +
                              "/features_in' > '" + folder + "/features_out'";
  ASSERT_EQ(std::system(command.c_str()), 0);

  const absl::StatusOr<Vocabulary> vocabulary =
      Vocabulary::FromLines(kVocabulary);
  ASSERT_TRUE(vocabulary.ok());
  Reader features(ReadNumbers(folder + "/features_out"));
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    const Document doc = ReadDocument(*Text::FromUtf8(text), *vocabulary);
    std::vector<int> begins;
    std::vector<int> ends;
    for (const Word& word : doc.words) {
      begins.push_back(word.span.begin);
      ends.push_back(word.span.end);
    }
    const int words = features.Take(1).at(0);
    ASSERT_EQ(words, doc.words.size());
    EXPECT_EQ(features.Take(words), begins);
    EXPECT_EQ(features.Take(words), ends);
    for (uint32_t pieces : {64, 32}) {
      const std::vector<WordRange> windows = CutWindows(doc, pieces);
      ASSERT_EQ(features.Take(1).at(0), windows.size());
      for (WordRange window : windows) {
        const WindowInput input = MakeWindowInput(doc, window, *vocabulary);
        ASSERT_EQ(
            features.Take(3),
            (std::vector<int>{static_cast<int>(window.begin), input.words(),
                              static_cast<int>(input.pieces.size())}));
        const size_t n = input.pieces.size();
        EXPECT_THAT(features.Take(n), ElementsAreArray(input.pieces));
        EXPECT_THAT(features.Take(n), ElementsAreArray(input.shapes));
        EXPECT_THAT(features.Take(n), ElementsAreArray(input.quotes));
        EXPECT_EQ(features.Take(input.words()), input.first);
        EXPECT_EQ(features.Take(input.words()), input.paragraph);
        EXPECT_EQ(features.Take(input.words()), input.sentence);
      }
    }
  }
  EXPECT_TRUE(features.done());
}

TEST(FeaturesTest, BadArgumentsAreErrors) {
  for (const char* arguments : {"", "/nowhere/vocab.txt 64"}) {
    const std::string command =
        std::string(QUOTH_FEATURES) + " " + arguments + " < /dev/null 2>&1";
    EXPECT_NE(std::system(command.c_str()), 0) << arguments;
  }
}

}  // namespace
}  // namespace quoth
