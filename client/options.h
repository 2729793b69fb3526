// What the command line asks for.
//
//   absl::StatusOr<Options> options =
//       ParseOptions({"extract", "--format=json", "story.txt"});
//   options->command;   // Command::kExtract
//   options->files;     // {"story.txt"}

#ifndef QUOTH_CLIENT_OPTIONS_H_
#define QUOTH_CLIENT_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/login.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

enum class Command { kExtract, kInfo, kHelp, kVersion };
enum class Format { kText, kJson, kJsonl, kHtml };
enum class ColorMode { kAuto, kAlways, kNever };

// The name of standard input.
inline constexpr char kStdin[] = "-";

struct Options {
  Command command = Command::kHelp;
  // The command that help is asked for; empty: help in general.
  std::string help_topic;

  // Names of files, and kStdin at most once. Not empty for kExtract.
  std::vector<std::string> files;
  // What every request has in common: all but the article's text and id. The
  // offsets are in UTF-8 for formats that people read.
  v1::ExtractClaimsRequest request;

  // Where the server listens: HOST:PORT or any other target that gRPC knows.
  std::string address;
  Format format = Format::kText;
  ColorMode color = ColorMode::kAuto;
  // The file that a backfill writes; empty: no backfill.
  std::string out;
  // Whether `out` may be there already. What it answers is not asked again, or
  // only what it has errors for.
  bool resume = false;
  bool retry_errors = false;
  // Whether the files hold an article a line: {"id": ..., "text": ...}.
  bool input_jsonl = false;
  // Articles in flight in a backfill; 0: what suits the server.
  int in_flight = 0;
  // Files in flight at a time, 1 to 256.
  int jobs = 4;
  // The longest that one file may take, all attempts together.
  absl::Duration timeout = absl::Seconds(60);
  // TLS and the token, read from their files.
  Login login;
  // How often a call is tried again, 0 to 1000: CallerOptions::attempts less 1.
  int retries = 4;
};

// `args` are the arguments behind the program's name. InvalidArgument, with a
// message for the user, if they are not understood.
absl::StatusOr<Options> ParseOptions(const std::vector<std::string>& args);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_OPTIONS_H_
