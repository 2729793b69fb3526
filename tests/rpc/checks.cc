#include "tests/rpc/checks.h"

#include <set>

#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"
#include "server/rpc/errors.h"

namespace quoth {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// Units of the character whose lead byte this is.
int Units(char lead, v1::EncodingType encoding) {
  const auto byte = static_cast<unsigned char>(lead);
  const int bytes = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  switch (encoding) {
    case v1::ENCODING_TYPE_UTF8:
      return bytes;
    case v1::ENCODING_TYPE_UTF16:
      return bytes == 4 ? 2 : 1;
    default:
      return 1;
  }
}

void AppendUtf8(uint32_t c, std::string& out) {
  const auto push = [&](uint32_t byte) {
    out.push_back(static_cast<char>(byte));
  };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | c >> 6);
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | c >> 12);
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | c >> 18);
    push(0x80 | (c >> 12 & 0x3F));
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

}  // namespace

std::string SliceOf(std::string_view utf8, int begin, int end,
                    v1::EncodingType encoding) {
  int at = 0;
  size_t first = std::string_view::npos;
  size_t last = std::string_view::npos;
  for (size_t i = 0; i <= utf8.size(); ++i) {
    if (i < utf8.size() && IsContinuation(utf8[i])) continue;
    if (at == begin) first = i;
    if (at == end) last = i;
    if (i < utf8.size()) at += Units(utf8[i], encoding);
  }
  if (first == std::string_view::npos || last == std::string_view::npos ||
      first > last) {
    return "<cut>";
  }
  return std::string(utf8.substr(first, last - first));
}

int ExpectTrueSpans(const Message& message, std::string_view utf8,
                    v1::EncodingType encoding) {
  if (message.GetDescriptor() == v1::Span::descriptor()) {
    const auto& span = static_cast<const v1::Span&>(message);
    EXPECT_LE(span.begin(), span.end());
    EXPECT_EQ(span.text(), SliceOf(utf8, span.begin(), span.end(), encoding))
        << "[" << span.begin() << ", " << span.end() << ") in "
        << v1::EncodingType_Name(encoding);
    return 1;
  }
  int spans = 0;
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->type() != FieldDescriptor::TYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        spans += ExpectTrueSpans(
            reflection.GetRepeatedMessage(message, field, i), utf8, encoding);
      }
    } else {
      spans += ExpectTrueSpans(reflection.GetMessage(message, field), utf8,
                               encoding);
    }
  }
  return spans;
}

void ExpectTrueIds(const v1::ExtractClaimsResponse& response) {
  std::set<std::string> claims, speakers, used;
  for (const v1::Claim& claim : response.claims()) {
    EXPECT_TRUE(claims.insert(claim.claim_id()).second) << claim.claim_id();
  }
  for (const v1::Speaker& speaker : response.speakers()) {
    EXPECT_TRUE(speakers.insert(speaker.speaker_id()).second);
  }
  for (const v1::Claim& claim : response.claims()) {
    if (!claim.parent_claim_id().empty()) {
      EXPECT_EQ(claims.count(claim.parent_claim_id()), 1);
      EXPECT_NE(claim.parent_claim_id(), claim.claim_id());
    }
    if (!claim.speaker_id().empty()) used.insert(claim.speaker_id());
  }
  EXPECT_EQ(used, speakers);
}

ErrorView ViewOf(const google::rpc::Status& status) {
  ErrorView view;
  view.code = status.code();
  view.message = status.message();
  for (const google::protobuf::Any& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    google::rpc::RetryInfo retry;
    if (detail.UnpackTo(&info)) {
      view.domain = info.domain();
      view.reason = info.reason();
      view.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        EXPECT_FALSE(violation.description().empty());
        view.fields.push_back(violation.field());
      }
    } else if (detail.UnpackTo(&retry)) {
      view.has_retry = true;
      view.retry_seconds = retry.retry_delay().seconds();
    } else {
      ADD_FAILURE() << "unknown detail " << detail.type_url();
    }
  }
  return view;
}

ErrorView ViewOf(const absl::Status& status) {
  return ViewOf(ToRpcStatus(status));
}

ErrorView ViewOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), static_cast<int>(status.error_code()))
      << status.error_message();
  EXPECT_EQ(details.message(), status.error_message());
  return ViewOf(details);
}

std::ostream& operator<<(std::ostream& out, const ErrorView& view) {
  return out << view.code << " " << view.reason << " [" << view.message
             << "] fields " << absl::StrJoin(view.fields, ", ");
}

std::string NastyText(int length, std::mt19937& random) {
  // Of each range as many as of any other, so that all widths are common.
  static constexpr struct {
    uint32_t first, last;
  } kRanges[] = {
      {'a', 'z'},         {' ', ' '},           {' ', '~'},
      {0x00, 0x1F},       {'\n', '\n'},         {0x7F, 0xA0},
      {0x300, 0x36F},     {0x600, 0x6FF},       {0x2018, 0x201F},
      {0x2028, 0x2029},   {0xFEFF, 0xFEFF},     {0xFFFD, 0xFFFF},
      {0xD7FF, 0xD7FF},   {0xE000, 0xE000},     {0x1F600, 0x1F64F},
      {0x1F3FB, 0x1F3FF}, {0x10FFFF, 0x10FFFF}, {0x200D, 0x200D},
      {'"', '"'},         {'\'', '\''},         {0xAB, 0xAB},
  };
  std::string text;
  const int size = 1 + static_cast<int>(random() % length);
  for (int i = 0; i < size; ++i) {
    const auto& range = kRanges[random() % std::size(kRanges)];
    AppendUtf8(range.first + random() % (range.last - range.first + 1), text);
  }
  return text;
}

}  // namespace quoth
