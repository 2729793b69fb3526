// What tests check of answers: spans against the text, errors by their
// details.

#ifndef QUOTH_TESTS_RPC_CHECKS_H_
#define QUOTH_TESTS_RPC_CHECKS_H_

#include <map>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth {

// The slice [begin, end) of a valid UTF-8 text, in UTF-8; the offsets count
// the unit of `encoding`. Written anew for tests: shares nothing with the
// product. Slices that would cut a character come out as "<cut>".
std::string SliceOf(std::string_view utf8, int begin, int end,
                    v1::EncodingType encoding);

// Fails if any v1::Span anywhere in `message` has a text that is not the slice
// that it names. Returns how many spans there were.
int ExpectTrueSpans(const google::protobuf::Message& message,
                    std::string_view utf8, v1::EncodingType encoding);

// Fails if an id in the response names nothing, or a speaker has no claim.
void ExpectTrueIds(const v1::ExtractClaimsResponse& response);

// An error, flat.
struct ErrorView {
  int code = 0;
  std::string message;
  std::string domain;
  std::string reason;
  std::map<std::string, std::string> metadata;
  std::vector<std::string> fields;  // Of the BadRequest.
  bool has_retry = false;
  int64_t retry_seconds = 0;
};
ErrorView ViewOf(const google::rpc::Status& status);
ErrorView ViewOf(const absl::Status& status);
// Fails if code and message differ from those in the details.
ErrorView ViewOf(const grpc::Status& status);

std::ostream& operator<<(std::ostream& out, const ErrorView& view);

// A text of up to `length` code points that is valid UTF-8 and nasty:
// characters of every width, marks, controls, line ends, astral planes.
std::string NastyText(int length, std::mt19937& random);

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_CHECKS_H_
