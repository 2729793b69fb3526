// The texts that --help and --version print.
//
//   HelpText("extract");   // how to use `quoth extract`
//   HelpText("");          // which commands there are

#ifndef QUOTH_CLIENT_HELP_H_
#define QUOTH_CLIENT_HELP_H_

#include <string>
#include <string_view>

namespace quoth::client {

// For a command that does not exist: the same as for none.
std::string HelpText(std::string_view command);

// "quoth 0.1.0".
std::string VersionText();

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_HELP_H_
