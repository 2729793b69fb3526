// Every limit of the server, each with its reason. Nothing that a caller sends
// makes the server keep, queue or answer more than these.
//
//   if (text.size() > kMaxTextBytes) return TextTooLong(text.size());

#ifndef QUOTH_SERVER_RPC_LIMITS_H_
#define QUOTH_SERVER_RPC_LIMITS_H_

#include <algorithm>
#include <cstddef>

#include "absl/time/time.h"

namespace quoth {

// ---- One request ----

// Bytes of UTF-8 of one text: about 200,000 words, two long novels. The
// longest articles have a twentieth of that; whatever is longer is a mistake
// (an archive, a data dump), and would hold a worker for half a minute.
inline constexpr size_t kMaxTextBytes = size_t{1} << 20;

// Bytes of one message on the wire. Four times the text, so that a text over
// kMaxTextBytes is answered with an error that names the field and the limit,
// and ends no stream. What is even larger is refused by gRPC, which can only
// end the call. It is also gRPC's own default.
inline constexpr size_t kMaxMessageBytes = size_t{4} << 20;

// gRPC inflates a compressed message before it looks at its size: 4 MiB on the
// wire may become 4 GiB in memory. A call with compressed messages is refused
// with UNIMPLEMENTED, as gRPC's specification has it.
inline constexpr bool kTakesCompressedMessages = false;

// Bytes of an article_id or a request_id: a URL fits. They are kept and sent
// back, so they must not be a way to store things.
inline constexpr size_t kMaxIdBytes = 256;

// Sentences before and after each claim: enough for a page of context, few
// enough that an answer stays a small multiple of the text.
inline constexpr int kMaxContextSentences = 10;

// Bytes of one answer. An article's is about ten times its text, and that of a
// text of kMaxTextBytes with all the context that it may ask for is about 22
// MiB. But each claim repeats its paragraph: without line breaks, an answer
// grows with the square of the text, and must not fill the memory.
inline constexpr size_t kMaxResponseBytes = size_t{32} << 20;

// Field violations that one error names. Error details travel in the trailing
// metadata, for which clients allow 8 KiB.
inline constexpr int kMaxFieldViolations = 8;

// ---- Work ----

// More would be a slip of the finger.
inline constexpr int kMaxWorkers = 1024;

// Calls that may wait for a worker, for each worker: at 0.1 to 0.2 s an
// article, the last waits 3 to 6 seconds, about as long as a caller does.
inline constexpr int kQueuedCallsPerWorker = 32;
inline constexpr int kMaxQueueLength = 1 << 20;

// A queue of long articles is full earlier: a call that would probably wait for
// longer is refused, however few are before it.
inline constexpr absl::Duration kMaxExpectedWait = absl::Seconds(5);

// When to come back, for a caller that found the queue full: by then a worker
// has read several articles.
inline constexpr absl::Duration kRetryDelay = absl::Seconds(1);

// Items of one stream that are read, worked on, or answered and not yet taken
// by the client. Two for each worker keep all workers busy while answers
// travel; four hide the travelling where there is only one worker.
inline constexpr int StreamItemsInFlight(int workers) {
  return std::max(4, 2 * workers);
}

// Streams at a time: backfills are few, and each may hold a message of
// kMaxMessageBytes that waits for room in the queue, and unread answers.
inline constexpr int kMaxStreams = 64;

// Until a stream on which nothing is under way ends, and its place is free:
// no item is worked on or waits, no answer is unread. Longer than any backfill
// thinks between two articles; and whoever is still there opens another.
inline constexpr absl::Duration kMaxStreamIdle = absl::Minutes(10);

// Bytes of all answers that their callers do not read: a call is over for its
// caller's limits when it is answered, so those bound nothing here. Sixteen of
// the largest answers, ten thousand usual ones; with kMaxTransportBytes it
// stays below the 2 GiB that the package's service may have. One caller of the
// callers file has half of it. Above that, calls and items are answered as in
// an overload.
inline constexpr size_t kMaxUnsentBytes = size_t{512} << 20;

// ---- Connections ----

// Calls at a time on one connection; the client's library holds back the
// others. Above the queue length of two workers, so that a caller behind one
// connection is told that the server is overloaded.
inline constexpr int kMaxCallsPerConnection = 256;

// Bytes of a call's metadata: gRPC's own default, said here.
inline constexpr int kMaxMetadataBytes = 8 << 10;

// A connection's age, after which the client opens another: behind a balancer
// of connections, load moves to new servers within the hour. Calls that run,
// however long, are not cut.
inline constexpr absl::Duration kMaxConnectionAge = absl::Hours(1);
// Without a call. Half-open connections and forgotten clients go away.
inline constexpr absl::Duration kMaxConnectionIdle = absl::Minutes(15);
// Pings find a client that vanished without a word in the middle of a stream.
inline constexpr absl::Duration kKeepaliveTime = absl::Minutes(2);
inline constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);
// Clients may ping this often, with or without calls; faster is abuse.
inline constexpr absl::Duration kMinPingInterval = absl::Seconds(10);
// To finish the handshake, for a client that connects and says nothing.
inline constexpr absl::Duration kHandshakeTimeout = absl::Seconds(10);

// Memory of gRPC's own buffers, over all connections. Above it gRPC ends
// calls instead of being killed with all of them.
inline constexpr size_t kMaxTransportBytes = size_t{1} << 30;
// Threads of gRPC's synchronous services (reflection), which would otherwise
// start one a call.
inline constexpr int kMaxSynchronousThreads = 16;

// ---- Callers ----

// Callers in the callers file, and tokens and certificates of each: some
// hundreds of teams, with an old and a new credential while they change. All
// tokens are compared with that of a call, in a tenth of a millisecond at most.
inline constexpr int kMaxCallers = 1000;
inline constexpr int kMaxCredentialsPerCaller = 8;
// A name fits into a column of a log.
inline constexpr int kMaxCallerNameBytes = 64;
// Twice what so many callers need. What is larger is another file.
inline constexpr size_t kMaxCallersFileBytes = size_t{2} << 20;
// Of max_calls, rate and burst. No server does as much: it would be a slip.
inline constexpr int kMaxCallerLimit = 1000000;

// Bytes of a certificate, key or CA file: the CAs of a whole system are 200 kB.
inline constexpr size_t kMaxCertificateFileBytes = size_t{1} << 20;

// How often certificates and callers are looked at for changes. A change counts
// after two looks (rpc/file_watch.h): a token that was taken out is refused two
// seconds later.
inline constexpr absl::Duration kReloadInterval = absl::Seconds(1);

// A certificate that expires sooner is said in a line at the start and at each
// reload. Certificates of 90 days are commonly renewed with 30 left.
inline constexpr absl::Duration kCertificateWarning = absl::Hours(24 * 14);

// ---- Shutdown ----

// How long calls that run may go on when the server is told to stop: below
// the 30 s that Kubernetes and systemd-style supervisors commonly allow.
inline constexpr absl::Duration kDrainTimeout = absl::Seconds(25);

// After that the port stays open until no call was refused for so long: by then
// whoever spreads the calls has heard that the server goes. A call that comes
// while gRPC closes its connections gets CANCELLED, which says less and which
// few clients repeat. Clients that never give way are not waited for longer.
inline constexpr absl::Duration kQuietBeforeClose = absl::Milliseconds(250);
inline constexpr absl::Duration kMaxWaitForQuiet = absl::Seconds(1);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_LIMITS_H_
