// Prints COUNT articles of ordinary length, one a line, as `quoth extract
// --input_jsonl` reads them:
//
//   make_articles 10000 > articles.jsonl

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bench/articles.h"

int main(int argc, char** argv) {
  const int count = argc == 2 ? std::atoi(argv[1]) : 0;
  if (count < 1) {
    std::fprintf(stderr, "usage: make_articles COUNT\n");
    return 2;
  }
  for (int i = 0; i < count; ++i) {
    // Nothing in these texts but line breaks needs an escape.
    std::string text;
    for (const char c : quoth::OrdinaryArticle(i)) {
      text += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    std::printf("{\"id\": \"%d\", \"text\": \"%s\"}\n", i, text.c_str());
  }
  return 0;
}
