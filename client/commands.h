// The commands: `quoth extract` (files in, claims out) and `quoth info`.
//
//   int status = RunExtract(options, caller, {std::cout, std::cerr});

#ifndef QUOTH_CLIENT_COMMANDS_H_
#define QUOTH_CLIENT_COMMANDS_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "client/caller.h"
#include "client/options.h"
#include "client/terminal.h"

namespace quoth::client {

// Exit statuses of every command.
enum ExitCode { kExitOk = 0, kExitFailed = 1, kExitUsage = 2 };

// Where a command writes.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  Terminal out_terminal;
  Terminal err_terminal;
};

// Prints each file's answer in the files' order. A file that fails is told on
// the error stream and does not stop the others; nor does a server that cannot
// be reached, which is told once.
ExitCode RunExtract(const Options& options, const Caller& caller,
                    const Streams& streams);

// `quoth info`.
ExitCode RunInfo(const Options& options, const Caller& caller,
                 const Streams& streams);

// An error for the user: "quoth: a.txt: cannot be opened (NOT_FOUND)". The
// subject may be empty.
std::string ErrorText(const std::string& subject, const absl::Status& error);
// What to look for if the server is UNAVAILABLE.
std::string UnreachableHint(const std::string& address);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_COMMANDS_H_
