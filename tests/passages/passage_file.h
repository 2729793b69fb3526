// Passages with the claims that a reader expects in them: the format of
// tests/testdata/passages.txt, which explains it.
//
//   absl::StatusOr<std::vector<Passage>> passages = ParsePassages(text);
//   (*passages)[0].claims[0].content;   // "The bridge will stay closed"

#ifndef QUOTH_TESTS_PASSAGES_PASSAGE_FILE_H_
#define QUOTH_TESTS_PASSAGES_PASSAGE_FILE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/claims/claim.h"
#include "server/speakers/speaker.h"

namespace quoth {

// What a reader expects of one claim. An absent field is not checked; a text
// field that is empty ("-" in the file) must be absent in the claim too.
struct ExpectedClaim {
  std::string content;  // The pieces, joined by one space.
  std::optional<std::string> cue = std::nullopt;
  std::optional<std::string> source = std::nullopt;
  std::optional<std::string> speaker = std::nullopt;
  std::optional<std::string> addressee = std::nullopt;
  std::optional<std::string> medium = std::nullopt;
  std::optional<std::string> time = std::nullopt;
  std::optional<ClaimType> type = std::nullopt;
  std::optional<Act> act = std::nullopt;
  std::optional<Realis> realis = std::nullopt;
  std::optional<SpeakerKind> kind = std::nullopt;
  std::optional<int> inside =
      std::nullopt;  // Index of the expected claim that holds it.
};

struct Passage {
  std::string name;
  std::string text;  // Lines joined by line breaks.
  bool all_attributions = false;
  std::string fails;  // Why it is expected to fail; empty: it holds.
  std::vector<ExpectedClaim> claims;
};

// InvalidArgument that names the line if `file` is not in the format, if two
// passages have one name, or if words of a claim are not in its passage.
absl::StatusOr<std::vector<Passage>> ParsePassages(std::string_view file);

// `file` with the fails: line of every passage set to fails[name], or taken
// away where that is not given. Everything else stays as it is.
std::string WithMarks(std::string_view file,
                      const std::map<std::string, std::string>& fails);

}  // namespace quoth

#endif  // QUOTH_TESTS_PASSAGES_PASSAGE_FILE_H_
