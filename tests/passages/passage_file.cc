#include "tests/passages/passage_file.h"

#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace quoth {
namespace {

constexpr std::string_view kFails = "fails: ";
constexpr std::string_view kName = "== ";

// Takes `prefix` off the front of `line`.
bool Take(std::string_view prefix, std::string_view& line) {
  if (line.substr(0, prefix.size()) != prefix) return false;
  line.remove_prefix(prefix.size());
  return true;
}

std::vector<std::string> Lines(std::string_view file) {
  return absl::StrSplit(absl::string_view(file.data(), file.size()), '\n');
}

template <typename Value>
bool Find(const std::map<std::string_view, Value>& of, std::string_view word,
          std::optional<Value>& out) {
  const auto it = of.find(word);
  if (it != of.end()) out = it->second;
  return it != of.end();
}

bool SetEnumerator(std::string_view word, ExpectedClaim& claim) {
  static const auto& types = *new std::map<std::string_view, ClaimType>{
      {"DIRECT", ClaimType::kDirect},
      {"INDIRECT", ClaimType::kIndirect},
      {"MIXED", ClaimType::kMixed}};
  static const auto& acts =
      *new std::map<std::string_view, Act>{{"STATEMENT", Act::kStatement},
                                           {"DENIAL", Act::kDenial},
                                           {"CRITICISM", Act::kCriticism},
                                           {"APPROVAL", Act::kApproval},
                                           {"DIRECTIVE", Act::kDirective},
                                           {"QUESTION", Act::kQuestion},
                                           {"COMMITMENT", Act::kCommitment},
                                           {"BELIEF", Act::kBelief},
                                           {"OTHER", Act::kOther}};
  static const auto& realis = *new std::map<std::string_view, Realis>{
      {"ACTUAL", Realis::kActual},
      {"NEGATED", Realis::kNegated},
      {"HYPOTHETICAL", Realis::kHypothetical}};
  static const auto& kinds = *new std::map<std::string_view, SpeakerKind>{
      {"PERSON", SpeakerKind::kPerson},
      {"UNNAMED", SpeakerKind::kUnnamed},
      {"ORGANIZATION", SpeakerKind::kOrganization},
      {"DOCUMENT", SpeakerKind::kDocument}};
  return Find(types, word, claim.type) || Find(acts, word, claim.act) ||
         Find(realis, word, claim.realis) || Find(kinds, word, claim.kind);
}

// Sets what "  cue: said" says; false if it says nothing that is known.
bool SetField(std::string_view line, ExpectedClaim& claim) {
  const std::pair<std::string_view, std::optional<std::string>*> texts[] = {
      {"cue: ", &claim.cue},         {"source: ", &claim.source},
      {"speaker: ", &claim.speaker}, {"addressee: ", &claim.addressee},
      {"medium: ", &claim.medium},   {"time: ", &claim.time}};
  for (const auto& [key, field] : texts) {
    if (Take(key, line)) {
      *field = line == "-" ? "" : std::string(line);
      return !line.empty();
    }
  }
  if (Take("inside: ", line)) {
    int number = 0;
    if (!absl::SimpleAtoi(absl::string_view(line.data(), line.size()),
                          &number)) {
      return false;
    }
    claim.inside = number - 1;
    return true;
  }
  if (!Take("is: ", line)) return false;
  for (absl::string_view word :
       absl::StrSplit(absl::string_view(line.data(), line.size()), ' ')) {
    if (!SetEnumerator({word.data(), word.size()}, claim)) return false;
  }
  return true;
}

// The passage's words on one line, as pieces are written.
std::string OneLine(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\n\n", " "}, {"\n", " "}});
}

class Parser {
 public:
  absl::Status Read(std::string_view file) {
    for (const std::string& line : Lines(file)) {
      ++number_;
      if (absl::Status status = ReadLine(line); !status.ok()) return status;
    }
    return EndPassage();
  }

  std::vector<Passage> passages;

 private:
  absl::Status Error(std::string_view what) const {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", number_, ": ", std::string(what)));
  }

  absl::Status ReadLine(std::string_view line) {
    if (line.empty() || line[0] == '#') return absl::OkStatus();
    if (Take(kName, line)) {
      if (absl::Status status = EndPassage(); !status.ok()) return status;
      passages.emplace_back().name = line;
      open_ = true;
      none_ = false;
      if (!names_.insert(passages.back().name).second) {
        return Error("a second passage of this name");
      }
      return absl::OkStatus();
    }
    if (!open_) return Error("no passage has begun");
    Passage& passage = passages.back();
    if (Take(kFails, line)) {
      passage.fails = line;
    } else if (line == "scope: all") {
      passage.all_attributions = true;
    } else if (line == ">" || Take("> ", line)) {
      passage.text += passage.text.empty() ? "" : "\n";
      passage.text += line == ">" ? "" : line;
    } else if (line == "none") {
      none_ = true;
    } else if (Take("claim: ", line)) {
      return BeginClaim(line);
    } else if (Take("  ", line)) {
      if (passage.claims.empty()) return Error("a field without a claim");
      if (!SetField(line, passage.claims.back())) return Error("no such field");
      return CheckFields(passage.claims.back());
    } else {
      return Error("neither a text, nor a claim, nor a field");
    }
    return absl::OkStatus();
  }

  // Words that are not in the passage are a slip of the file's author.
  absl::Status CheckWords(std::string_view words) const {
    return OneLine(passages.back().text).find(words) == std::string::npos
               ? Error("words that are not in the passage")
               : absl::OkStatus();
  }

  absl::Status BeginClaim(std::string_view pieces) {
    std::vector<std::string> all =
        absl::StrSplit(absl::string_view(pieces.data(), pieces.size()), " | ");
    for (const std::string& piece : all) {
      if (absl::Status s = CheckWords(piece); !s.ok()) return s;
    }
    passages.back().claims.push_back({.content = absl::StrJoin(all, " ")});
    return absl::OkStatus();
  }

  absl::Status CheckFields(const ExpectedClaim& claim) const {
    for (const auto* field : {&claim.cue, &claim.source, &claim.addressee,
                              &claim.medium, &claim.time}) {
      if (!field->has_value()) continue;
      if (absl::Status s = CheckWords(**field); !s.ok()) return s;
    }
    return absl::OkStatus();
  }

  absl::Status EndPassage() {
    if (!open_) return absl::OkStatus();
    const Passage& passage = passages.back();
    if (passage.text.empty()) return Error("a passage without text");
    if (none_ != passage.claims.empty()) {
      return Error("a passage has either claims or none");
    }
    const int claims = static_cast<int>(passage.claims.size());
    for (int i = 0; i < claims; ++i) {
      const std::optional<int> inside = passage.claims[i].inside;
      if (inside && (*inside < 0 || *inside >= claims || *inside == i)) {
        return Error("inside: names no other claim");
      }
    }
    return absl::OkStatus();
  }

  int number_ = 0;
  bool open_ = false;
  bool none_ = false;
  std::set<std::string> names_;
};

}  // namespace

absl::StatusOr<std::vector<Passage>> ParsePassages(std::string_view file) {
  Parser parser;
  if (absl::Status status = parser.Read(file); !status.ok()) return status;
  return std::move(parser.passages);
}

std::string WithMarks(std::string_view file,
                      const std::map<std::string, std::string>& fails) {
  std::vector<std::string> out;
  for (std::string& line : Lines(file)) {
    std::string_view rest = line;
    if (Take(kFails, rest)) continue;
    const bool begins = Take(kName, rest);
    const auto it = fails.find(std::string(rest));
    out.push_back(std::move(line));
    if (begins && it != fails.end()) {
      out.push_back(absl::StrCat(std::string(kFails), it->second));
    }
  }
  return absl::StrJoin(out, "\n");
}

}  // namespace quoth
