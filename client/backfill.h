// `quoth extract --out`: many articles over one stream, into a file that a
// later run goes on with.
//
//   ExitCode status = RunBackfill(options, caller, streams);
//
// Each article that was not answered before gets one line, of its claims or of
// its own error, whatever happens to this program, the server or the connection
// meanwhile: an article is forgotten only when its line is written, and one
// whose line is there is never sent. Memory is bounded: options.in_flight
// articles, their answers being written, and the names of all.

#ifndef QUOTH_CLIENT_BACKFILL_H_
#define QUOTH_CLIENT_BACKFILL_H_

#include "client/caller.h"
#include "client/commands.h"
#include "client/options.h"

namespace quoth::client {

// Goes on when the server goes away and comes back within options.timeout. When
// it stays away or answers nothing, or refuses the stream as such, the articles
// that are left get no line and kExitFailed is returned; so it is if any
// article failed. One that alone takes longer than options.timeout has failed.
ExitCode RunBackfill(const Options& options, const Caller& caller,
                     const Streams& streams);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_BACKFILL_H_
