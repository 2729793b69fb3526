// What gRPC itself writes to stderr. Its messages may repeat what a peer sent
// (metadata that it could not parse, say), so all but why a handshake failed
// are cut down to where in gRPC they come from, which is enough to look them
// up:
//
//   quothd: gRPC error at hpack_parser.cc:1210

#ifndef QUOTH_SERVER_RPC_GRPC_LOG_H_
#define QUOTH_SERVER_RPC_GRPC_LOG_H_

#include <string>

namespace quoth {

// For the whole process. With GRPC_VERBOSITY or GRPC_TRACE in its environment
// somebody looks for a fault in gRPC: then nothing is cut.
void ShortenGrpcLog();

// The line, with its end, of a message of gRPC's from `file`.
std::string GrpcLogLine(const std::string& file, int line,
                        const std::string& message);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_GRPC_LOG_H_
