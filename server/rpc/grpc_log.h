// What gRPC itself writes to stderr. Its messages may repeat what a peer sent
// (metadata that it could not parse, say), so all but why a handshake failed
// are cut down to where in gRPC they come from, which is enough to look them
// up:
//
//   quothd: gRPC error at hpack_parser.cc:1210
//
// They come from the threads that serve connections, and strangers cause them:
// a reader of stderr that does not read loses lines, and holds up nobody.

#ifndef QUOTH_SERVER_RPC_GRPC_LOG_H_
#define QUOTH_SERVER_RPC_GRPC_LOG_H_

#include <string>

namespace quoth {

// For the whole process, unless its environment asks for gRPC's own log.
void ShortenGrpcLog();

// Whether somebody looks for a fault in gRPC, by the values of GRPC_VERBOSITY
// and GRPC_TRACE, null if they are not set: with DEBUG or INFO, or with
// anything to trace. Then nothing is cut. Other values ask for no more than
// there is anyway.
bool AsksForGrpcLog(const char* verbosity, const char* trace);

// The line, with its end, of a message of gRPC's from `file`.
std::string GrpcLogLine(const std::string& file, int line,
                        const std::string& message);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_GRPC_LOG_H_
