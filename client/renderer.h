// Shows what came of each file, in the format that the user chose.
//
//   std::unique_ptr<Renderer> renderer = NewRenderer(options, terminal);
//   out << renderer->Begin();
//   for (const Outcome& outcome : outcomes) out << renderer->Article(outcome);
//   out << renderer->End();
//
// Renderers hold no state between articles and touch nothing but their
// arguments.

#ifndef QUOTH_CLIENT_RENDERER_H_
#define QUOTH_CLIENT_RENDERER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/options.h"
#include "client/terminal.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

// What came of one file.
struct Outcome {
  size_t index = 0;  // Among the files of the command line.
  std::string file;  // Its name, any bytes; or kStdin.
  std::string text;  // Valid UTF-8; empty if the file could not be read.
  absl::StatusOr<v1::ExtractClaimsResponse> response;
};

class Renderer {
 public:
  virtual ~Renderer() = default;

  // What stands before the first article and behind the last.
  virtual std::string Begin() const { return ""; }
  virtual std::string End() const { return ""; }

  // Empty if the format has no place for a failure.
  virtual std::string Article(const Outcome& outcome) const = 0;
};

std::unique_ptr<Renderer> NewRenderer(const Options& options,
                                      const Terminal& terminal);

// The name of a file for people: "standard input" for kStdin, and safe to
// print.
std::string FileTitle(const std::string& file);

// "1 claim by 1 speaker".
std::string Summary(const v1::ExtractClaimsResponse& response);

// The speaker of a claim; null if unknown.
const v1::Speaker* FindSpeaker(const v1::ExtractClaimsResponse& response,
                               const v1::Claim& claim);

// What tells a claim that was not made from one that was: "did NOT say",
// "hypothetical". Empty for one that was made.
std::string RealisWarning(const v1::Claim& claim);

// The same for a claim of the response: also one that was made, but is reported
// inside one that was not, has a warning ("inside what was NOT said").
std::string ClaimWarning(const v1::ExtractClaimsResponse& response,
                         const v1::Claim& claim);

// "92 %".
std::string Percent(float probability);

// Notices that say the same, once, in the order of their first.
struct NoticeGroup {
  std::string message;
  std::vector<v1::Span> places;  // Of those that are about a place.
};
std::vector<NoticeGroup> GroupNotices(
    const v1::ExtractClaimsResponse& response);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_RENDERER_H_
