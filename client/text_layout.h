// Text for a terminal: made safe, measured and wrapped.
//
//   Printable("a\x1b[2Jb");                // "a�[2Jb"
//   DisplayWidth("日本");                   // 4
//   WrapText("to be or not to be", 8);     // {"to be or", "not to", "be"}

#ifndef QUOTH_CLIENT_TEXT_LAYOUT_H_
#define QUOTH_CLIENT_TEXT_LAYOUT_H_

#include <string>
#include <string_view>
#include <vector>

namespace quoth::client {

// `text` without anything that a terminal would obey: line breaks and tabs
// become spaces, other control characters and bytes that are not UTF-8 become
// U+FFFD, and characters that reorder text are left out.
std::string Printable(std::string_view text);

// `text` with U+FFFD for each byte that is not part of valid UTF-8.
std::string ValidUtf8(std::string_view text);

// In columns. `printable` comes from Printable().
int DisplayWidth(std::string_view printable);

// Lines of at most `columns` >= 1 columns, broken at spaces, and inside a word
// only if it is longer than a line; then between what readers take for
// characters. White space at line ends is dropped, and runs of it are one
// space. At least one line.
std::vector<std::string> WrapText(std::string_view printable, int columns);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_TEXT_LAYOUT_H_
