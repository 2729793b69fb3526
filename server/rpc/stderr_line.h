// Lines for the operator on stderr, from threads that have work to do. Whoever
// reads stderr may have stopped reading, or be gone; no thread waits for that:
//
//   TryWriteLine(STDERR_FILENO, "quothd: has taken the new callers\n");
//
// A line that finds no room is lost. That whoever is gone does not end the
// process is for the program to say: signal(SIGPIPE, SIG_IGN).

#ifndef QUOTH_SERVER_RPC_STDERR_LINE_H_
#define QUOTH_SERVER_RPC_STDERR_LINE_H_

#include <string_view>

namespace quoth {

// Writes the line, which has its end, in one piece; what is longer than a pipe
// takes at once (4096 bytes) is cut. False if it was not written. Thread-safe.
bool TryWriteLine(int fd, std::string_view line);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_STDERR_LINE_H_
