// Writes what the encoder reads of each article, for training: the serving
// code's own words, pieces, shapes, quotation states and windows, so that
// training and serving cannot differ. tools/train/articles.py reads it.
//
//   quoth_features vocab.txt 254 240 < texts > features
//
// Input: per article a frame: u32 size in bytes, then UTF-8 text. Output: per
// article, as int32 (all numbers little-endian):
//   words, then begin and end of every word in code points;
//   then for each window size of the command line: the number of windows, and
//   per window: first word, words, pieces; then the pieces, their shapes and
//   their quotation states; then of every word the index of its first piece,
//   its paragraph and its sentence.

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "server/model/window_input.h"
#include "server/text/document.h"
#include "server/text/vocabulary.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

using Row = std::vector<int32_t>;

template <typename Values>
void Append(const Values& values, Row& row) {
  row.insert(row.end(), values.begin(), values.end());
}

Row FeaturesOf(const Document& doc, const std::vector<uint32_t>& window_pieces,
               const Vocabulary& vocabulary) {
  Row row = {static_cast<int32_t>(doc.words.size())};
  for (const Word& word : doc.words) row.push_back(word.span.begin);
  for (const Word& word : doc.words) row.push_back(word.span.end);
  for (uint32_t pieces : window_pieces) {
    const std::vector<WordRange> windows = CutWindows(doc, pieces);
    row.push_back(windows.size());
    for (WordRange window : windows) {
      const WindowInput input = MakeWindowInput(doc, window, vocabulary);
      row.push_back(window.begin);
      row.push_back(input.words());
      row.push_back(input.pieces.size());
      Append(input.pieces, row);
      Append(input.shapes, row);
      Append(input.quotes, row);
      Append(input.first, row);
      Append(input.paragraph, row);
      Append(input.sentence, row);
    }
  }
  return row;
}

bool ReadFrame(std::istream& in, std::string& text) {
  uint32_t size = 0;
  if (!in.read(reinterpret_cast<char*>(&size), sizeof(size))) return false;
  text.resize(size);
  return static_cast<bool>(in.read(text.data(), size));
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: quoth_features VOCABULARY WINDOW_PIECES...\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string lines{std::istreambuf_iterator<char>(file), {}};
  const absl::StatusOr<Vocabulary> vocabulary = Vocabulary::FromLines(lines);
  if (!vocabulary.ok()) {
    std::cerr << argv[1] << ": " << vocabulary.status() << "\n";
    return 1;
  }
  std::vector<uint32_t> window_pieces;
  for (int i = 2; i < argc; ++i) {
    uint32_t pieces = 0;
    if (!absl::SimpleAtoi(argv[i], &pieces) || pieces < kMaxWordPieces) {
      std::cerr << "window size " << argv[i] << ": a number of at least "
                << kMaxWordPieces << " is needed\n";
      return 2;
    }
    window_pieces.push_back(pieces);
  }
  std::string bytes;
  while (ReadFrame(std::cin, bytes)) {
    absl::StatusOr<Text> text = Text::FromUtf8(bytes);
    if (!text.ok()) {
      std::cerr << text.status() << "\n";
      return 1;
    }
    const Row row = FeaturesOf(ReadDocument(*std::move(text), *vocabulary),
                               window_pieces, *vocabulary);
    std::cout.write(reinterpret_cast<const char*>(row.data()),
                    row.size() * sizeof(int32_t));
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) { return quoth::Main(argc, argv); }
