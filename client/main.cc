// quoth, the command-line client. `quoth help` says what it does.

#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "client/backfill.h"
#include "client/caller.h"
#include "client/commands.h"
#include "client/help.h"
#include "client/options.h"
#include "client/terminal.h"
#include "client/text_layout.h"

int main(int argc, char** argv) {
  using namespace quoth::client;
  const absl::StatusOr<Options> options =
      ParseOptions(std::vector<std::string>(argv + 1, argv + argc));
  if (!options.ok()) {
    std::cerr << "quoth: " << Printable(std::string(options.status().message()))
              << "\nTry: quoth help\n";
    return kExitUsage;
  }
  if (options->command == Command::kHelp) {
    std::cout << HelpText(options->help_topic);
    return kExitOk;
  }
  if (options->command == Command::kVersion) {
    std::cout << VersionText() << '\n';
    return kExitOk;
  }
  CallerOptions caller_options;
  caller_options.timeout = options->timeout;
  caller_options.attempts = options->retries + 1;
  caller_options.token = options->login.token;
  const Caller caller(Connect(options->address, options->login.tls),
                      caller_options);
  const Streams streams{std::cout, std::cerr,
                        FindTerminal(STDOUT_FILENO, options->color),
                        FindTerminal(STDERR_FILENO, options->color)};
  if (options->command == Command::kInfo) {
    return RunInfo(*options, caller, streams);
  }
  return options->out.empty() ? RunExtract(*options, caller, streams)
                              : RunBackfill(*options, caller, streams);
}
