// Sets of words in lower case, as the rules of this folder keep them.
//
//   static const WordSet* const kSet = NewSet("tell ask");
//   kSet->contains(word) || IsOneOf(word, {"warn", "urge"});

#ifndef QUOTH_SERVER_CLAIMS_WORD_SET_H_
#define QUOTH_SERVER_CLAIMS_WORD_SET_H_

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"

namespace quoth {

using WordSet = absl::flat_hash_set<std::string>;

// Of words that blanks part; never freed.
inline WordSet* NewSet(const char* words) {
  return new WordSet(absl::StrSplit(words, ' '));
}

inline bool IsOneOf(std::string_view word,
                    std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_WORD_SET_H_
