// Keeps articles out of core dumps. A server that crashes would otherwise write
// the texts that it is working on to the disk, or hand them to a crash
// reporter; and whoever runs under the same user could read them out of its
// memory.
//
//   ForbidCoreDumps();   // At the start.

#ifndef QUOTH_SERVER_RPC_CORE_DUMPS_H_
#define QUOTH_SERVER_RPC_CORE_DUMPS_H_

#include "absl/status/status.h"

namespace quoth {

// No core dump of this process, neither as a file nor to a program
// (core_pattern with "|"), and no debugger of the same user. For the rest of
// the process's life; not for programs that it may start.
absl::Status ForbidCoreDumps();

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_CORE_DUMPS_H_
