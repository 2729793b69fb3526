// Quiet libraries for fuzz targets: Protocol Buffers would log a line for every
// bad string.
//
//   SilenceProtobuf();  // In every run; the first one counts.

#ifndef QUOTH_TESTS_FUZZ_SILENCE_H_
#define QUOTH_TESTS_FUZZ_SILENCE_H_

#include "google/protobuf/stubs/logging.h"

namespace quoth {

inline void SilenceProtobuf() {
  static const google::protobuf::LogSilencer& quiet =
      *new google::protobuf::LogSilencer();
  static_cast<void>(quiet);
}

}  // namespace quoth

#endif  // QUOTH_TESTS_FUZZ_SILENCE_H_
