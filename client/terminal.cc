#include "client/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/numbers.h"

namespace quoth::client {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int Columns(int fd, bool is_terminal) {
  winsize size;
  int columns = 0;
  if (is_terminal && ioctl(fd, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  if (columns == 0) columns = is_terminal ? 80 : kMaxColumns;
  int told = 0;
  if (!is_terminal && absl::SimpleAtoi(Environment("COLUMNS"), &told)) {
    columns = told;
  }
  return std::clamp(columns, kMinColumns, kMaxColumns);
}

// SGR parameters of the eight basic colours and bold, dim: they follow the
// user's own palette, light or dark.
const char* Parameters(Style style) {
  switch (style) {
    case Style::kStrong:
      return "1";
    case Style::kDim:
      return "2";
    case Style::kWarning:
      return "1;33";
    case Style::kWords:
      return "36";
  }
  return "0";
}

}  // namespace

Terminal FindTerminal(int fd, ColorMode mode) {
  Terminal terminal;
  terminal.is_terminal = isatty(fd) == 1;
  terminal.columns = Columns(fd, terminal.is_terminal);
  terminal.color =
      mode == ColorMode::kAlways ||
      (mode == ColorMode::kAuto && terminal.is_terminal &&
       Environment("NO_COLOR").empty() && Environment("TERM") != "dumb");
  return terminal;
}

std::string Paint(std::string_view text, Style style, bool color) {
  if (!color || text.empty()) return std::string(text);
  std::string out = "\x1b[";
  out += Parameters(style);
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace quoth::client
