#include "server/rpc/wire.h"

#include <climits>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "server/rpc/errors.h"
#include "server/text/text.h"

namespace quoth {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// Calls visit(number, bytes) for each length-delimited field of the message,
// in order, until one returns false or the message ends or is flawed.
void ForEachField(std::string_view bytes,
                  absl::FunctionRef<bool(int, std::string_view)> visit) {
  if (bytes.size() > INT_MAX) return;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  while (const uint32_t tag = in.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) !=
        WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&in, tag)) return;
      continue;
    }
    uint32_t size = 0;
    if (!in.ReadVarint32(&size) || size > INT_MAX) return;
    const size_t begin = in.CurrentPosition();
    if (!in.Skip(static_cast<int>(size))) return;
    if (!visit(WireFormatLite::GetTagFieldNumber(tag),
               bytes.substr(begin, size))) {
      return;
    }
  }
}

// The first string of the message, or of one inside it, that is not UTF-8.
// Goes as deep as the messages of the contract, which do not nest themselves.
std::optional<FieldViolation> FindBadString(std::string_view bytes,
                                            const Descriptor& descriptor,
                                            const std::string& prefix) {
  std::optional<FieldViolation> found;
  ForEachField(bytes, [&](int number, std::string_view value) {
    const FieldDescriptor* field = descriptor.FindFieldByNumber(number);
    if (field == nullptr) return true;
    const std::string path = prefix + field->name();
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (const std::optional<size_t> offset = FindInvalidUtf8(value)) {
        found = InvalidUtf8(path, *offset);
      }
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
      found = FindBadString(value, *field->message_type(), path + ".");
    }
    return !found.has_value();
  });
  return found;
}

}  // namespace

absl::Status ParseMessage(std::string_view bytes,
                          google::protobuf::Message& message) {
  if (bytes.size() <= INT_MAX &&
      message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return ExplainParseFailure(bytes, *message.GetDescriptor());
}

absl::Status ExplainParseFailure(std::string_view bytes,
                                 const Descriptor& descriptor) {
  if (const auto violation = FindBadString(bytes, descriptor, "")) {
    return InvalidFields({*violation});
  }
  return MalformedMessage(descriptor.full_name());
}

std::string_view FindField(std::string_view bytes, int number) {
  std::string_view found;
  ForEachField(bytes, [&](int n, std::string_view value) {
    if (n == number) found = value;
    return true;
  });
  return found;
}

}  // namespace quoth
