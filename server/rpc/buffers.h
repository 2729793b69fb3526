// Between gRPC's byte buffers, in which raw methods get and give messages, and
// strings.

#ifndef QUOTH_SERVER_RPC_BUFFERS_H_
#define QUOTH_SERVER_RPC_BUFFERS_H_

#include <string>
#include <string_view>

#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"

namespace quoth {

// The bytes of a message in one piece. Copies only if gRPC has them in
// several.
class FlatBuffer {
 public:
  explicit FlatBuffer(const grpc::ByteBuffer& buffer) {
    if (!buffer.Valid()) return;
    if (!buffer.TrySingleSlice(&slice_).ok()) {
      buffer.DumpToSingleSlice(&slice_).IgnoreError();
    }
  }

  std::string_view bytes() const {
    return std::string_view(reinterpret_cast<const char*>(slice_.begin()),
                            slice_.size());
  }

 private:
  grpc::Slice slice_;
};

inline grpc::ByteBuffer ToByteBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_BUFFERS_H_
