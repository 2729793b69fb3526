#include "tests/passages/passage_check.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "re2/re2.h"

namespace quoth {
namespace {

std::string Words(const Extraction& x, std::optional<Span> span) {
  return span ? PlainWords(x.text.Slice(*span)) : "";
}

std::string ContentWords(const Extraction& x, const Claim& claim) {
  std::vector<std::string> pieces;
  for (Span span : claim.content) pieces.push_back(Words(x, span));
  return absl::StrJoin(pieces, " ");
}

// Shared words of all words, each counted as often as it occurs: 0 to 1.
double Overlap(const std::string& a, const std::string& b) {
  std::vector<std::string> left = absl::StrSplit(a, ' ');
  std::vector<std::string> right = absl::StrSplit(b, ' ');
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::vector<std::string> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(both));
  return static_cast<double>(both.size()) /
         static_cast<double>(left.size() + right.size() - both.size());
}

std::string WithoutArticle(std::string words) {
  static const RE2& article = *new RE2("(?i)^(?:the|an?) ");
  RE2::Replace(&words, article, "");
  return words;
}

std::string Quoted(const std::string& words) {
  return words.empty() ? "absent" : absl::StrCat("\"", words, "\"");
}

class Checker {
 public:
  Checker(const Passage& passage, const Extraction& x)
      : passage_(passage), x_(x), found_(passage.claims.size(), -1) {}

  std::vector<std::string> Check() {
    std::vector<bool> used(x_.claims.size(), false);
    // Exact contents first, so that a near one cannot take their claim.
    for (double least : {1.0, 0.5}) {
      for (size_t i = 0; i < found_.size(); ++i) {
        if (found_[i] < 0) found_[i] = Nearest(i, least, used);
        if (found_[i] >= 0) used[found_[i]] = true;
      }
    }
    for (size_t i = 0; i < found_.size(); ++i) CheckClaim(i);
    for (size_t j = 0; j < used.size(); ++j) {
      if (!used[j]) {
        problems_.push_back(
            absl::StrCat("one more claim, \"", ContentWords(x_, x_.claims[j]),
                         "\" by ", Quoted(Words(x_, x_.claims[j].source))));
      }
    }
    return problems_;
  }

 private:
  // The free claim whose content is nearest to that of expected claim i, if
  // they overlap by `least` or more; -1 if there is none.
  int Nearest(size_t i, double least, const std::vector<bool>& used) const {
    const std::string want = PlainWords(passage_.claims[i].content);
    int best = -1;
    double best_overlap = least;
    for (size_t j = 0; j < x_.claims.size(); ++j) {
      if (used[j]) continue;
      const double overlap = Overlap(want, ContentWords(x_, x_.claims[j]));
      if (overlap >= best_overlap && (best < 0 || overlap > best_overlap)) {
        best = static_cast<int>(j);
        best_overlap = overlap;
      }
    }
    return best;
  }

  void CheckClaim(size_t i) {
    const ExpectedClaim& want = passage_.claims[i];
    if (found_[i] < 0) {
      problems_.push_back(absl::StrCat("claim ", i + 1, " is not found"));
      return;
    }
    const Claim& claim = x_.claims[found_[i]];
    const SpeakerLink& link = x_.links[found_[i]];
    const Speaker* speaker =
        link.speaker < 0 ? nullptr : &x_.speakers[link.speaker];
    Compare(i, "content", want.content, ContentWords(x_, claim));
    Compare(i, "cue", want.cue, Words(x_, claim.cue));
    Compare(i, "source", want.source, Words(x_, claim.source));
    Compare(i, "addressee", want.addressee, Words(x_, claim.context.addressee));
    Compare(i, "medium", want.medium, Words(x_, claim.context.medium));
    Compare(i, "time", want.time, Words(x_, claim.context.time));
    if (want.speaker) {
      Compare(i, "speaker", WithoutArticle(PlainWords(*want.speaker)),
              speaker ? WithoutArticle(PlainWords(speaker->name)) : "");
    }
    CompareValue(i, "type", want.type, claim.type);
    CompareValue(i, "act", want.act, claim.act);
    CompareValue(i, "realis", want.realis, claim.realis);
    if (want.kind && !speaker) {
      problems_.push_back(absl::StrCat("claim ", i + 1, ": no speaker"));
    } else if (want.kind) {
      CompareValue(i, "kind", want.kind, speaker->kind);
    }
    if (want.inside && found_[*want.inside] != claim.parent.value_or(-2)) {
      problems_.push_back(absl::StrCat("claim ", i + 1, " is not inside claim ",
                                       *want.inside + 1));
    }
  }

  void Compare(size_t i, std::string_view what,
               const std::optional<std::string>& want, const std::string& got) {
    if (want && PlainWords(*want) != got) {
      problems_.push_back(absl::StrCat("claim ", i + 1, ": ", std::string(what),
                                       " is ", Quoted(got)));
    }
  }

  template <typename Value>
  void CompareValue(size_t i, std::string_view what,
                    const std::optional<Value>& want, Value got) {
    if (want && *want != got) {
      problems_.push_back(absl::StrCat("claim ", i + 1, ": ", std::string(what),
                                       " is not right"));
    }
  }

  const Passage& passage_;
  const Extraction& x_;
  std::vector<int> found_;  // Per expected claim: its claim, or -1.
  std::vector<std::string> problems_;
};

}  // namespace

std::string PlainWords(std::string_view text) {
  static const RE2& word =
      *new RE2(R"(([$£€]?[\pL\pN]+(?:['’.][\pL\pN]+)*%?))");
  static const RE2& possessive = *new RE2("['’]s$");
  re2::StringPiece rest(text.data(), text.size());
  std::vector<std::string> words;
  std::string one;
  while (RE2::FindAndConsume(&rest, word, &one)) {
    RE2::Replace(&one, possessive, "");
    words.push_back(one);
  }
  return absl::StrJoin(words, " ");
}

std::vector<std::string> Problems(const Passage& passage,
                                  const Extraction& extraction) {
  return Checker(passage, extraction).Check();
}

}  // namespace quoth
