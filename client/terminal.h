// What is known of the terminal behind a file descriptor, and its colours.
//
//   Terminal terminal = FindTerminal(STDOUT_FILENO, ColorMode::kAuto);
//   std::cout << Paint("Blinken", Style::kStrong, terminal.color);

#ifndef QUOTH_CLIENT_TERMINAL_H_
#define QUOTH_CLIENT_TERMINAL_H_

#include <string>
#include <string_view>

#include "client/options.h"

namespace quoth::client {

struct Terminal {
  bool is_terminal = false;
  bool color = false;
  // In columns, kMinColumns to kMaxColumns.
  int columns = 80;
};

// Longer lines are hard to read; in narrower ones nothing fits.
inline constexpr int kMinColumns = 30;
inline constexpr int kMaxColumns = 100;

// Asks the system, and the environment for NO_COLOR (any value but an empty
// one: no colour), TERM (dumb: none) and, where there is no terminal, COLUMNS.
Terminal FindTerminal(int fd, ColorMode mode);

enum class Style { kStrong, kDim, kWarning, kWords };

// `text` between the escape sequences of a style; `text` itself if !color.
std::string Paint(std::string_view text, Style style, bool color);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_TERMINAL_H_
