#include "client/json_line.h"

#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/json_renderer.h"
#include "client/text_layout.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "server/text/text.h"

namespace quoth::client {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

constexpr std::string_view kErrorMember = "\"error\":";
constexpr std::string_view kResponseMember = "\"response\":";

// From here on (2^53), whole numbers may have been rounded on their way.
constexpr double kRoundedFrom = 9007199254740992.0;

std::string JsonString(std::string_view text) {
  Value value;
  value.set_string_value(ValidUtf8(text));
  return ToJson(value, /*pretty=*/false);
}

// The JSON string at the beginning of `json`, with its quotes; empty if there
// is none.
std::string_view StringAtBegin(std::string_view json) {
  if (json.empty() || json[0] != '"') return {};
  for (size_t i = 1; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return json.substr(0, i + 1);
    }
  }
  return {};
}

std::optional<std::string> Unescape(std::string_view string) {
  Value value;
  const auto status = google::protobuf::util::JsonStringToMessage(
      {string.data(), string.size()}, &value);
  if (!status.ok() || value.kind_case() != Value::kStringValue) {
    return std::nullopt;
  }
  return value.string_value();
}

const Value* Find(const Struct& object, const char* name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? nullptr : &found->second;
}

}  // namespace

std::string JsonMember(std::string_view name, std::string_view value) {
  return absl::StrCat(JsonString(name), ":", JsonString(value));
}

std::string JsonLine(
    const std::string& member,
    const absl::StatusOr<v1::ExtractClaimsResponse>& response) {
  std::string line = absl::StrCat("{", member, ",");
  if (response.ok()) {
    absl::StrAppend(
        &line,
        absl::string_view(kResponseMember.data(), kResponseMember.size()),
        ToJson(*response, /*pretty=*/false));
  } else {
    const absl::Status& error = response.status();
    absl::StrAppend(
        &line, absl::string_view(kErrorMember.data(), kErrorMember.size()),
        "{\"code\":", JsonString(absl::StatusCodeToString(error.code())),
        ",\"message\":", JsonString(std::string(error.message())), "}");
  }
  line += "}\n";
  return line;
}

std::optional<AnswerHead> ReadAnswerHead(std::string_view line) {
  if (line.empty() || line[0] != '{') return std::nullopt;
  line.remove_prefix(1);
  const std::string_view name = StringAtBegin(line);
  line.remove_prefix(name.size());
  if (name.empty() || line.empty() || line[0] != ':') return std::nullopt;
  line.remove_prefix(1);
  const std::string_view value = StringAtBegin(line);
  line.remove_prefix(value.size());
  if (value.empty() || line.empty() || line[0] != ',') return std::nullopt;
  line.remove_prefix(1);
  AnswerHead head;
  head.is_error = line.substr(0, kErrorMember.size()) == kErrorMember;
  if (!head.is_error &&
      line.substr(0, kResponseMember.size()) != kResponseMember) {
    return std::nullopt;
  }
  const std::optional<std::string> plain_name = Unescape(name);
  const std::optional<std::string> plain_value = Unescape(value);
  if (!plain_name.has_value() || !plain_value.has_value()) return std::nullopt;
  head.member = JsonMember(*plain_name, *plain_value);
  return head;
}

bool IsTornAnswer(std::string_view bytes) {
  bytes = bytes.substr(0, bytes.find_last_not_of('\0') + 1);
  const auto begins = [&bytes](const std::string& head) {
    return head.substr(0, bytes.size()) == bytes.substr(0, head.size());
  };
  for (const char* name : {"file", "id", "line"}) {
    const std::string head = absl::StrCat("{", JsonString(name), ":\"");
    if (!begins(head)) continue;
    if (bytes.size() <= head.size()) return true;
    // Torn in the name, or behind it.
    bytes.remove_prefix(head.size() - 1);
    const std::string value(StringAtBegin(bytes));
    if (value.empty()) return true;
    for (const std::string_view member : {kErrorMember, kResponseMember}) {
      if (begins(value + "," + std::string(member))) return true;
    }
    return false;
  }
  return false;
}

absl::StatusOr<ArticleLine> ReadArticleLine(std::string_view line) {
  // The parser would take any bytes for text.
  if (FindInvalidUtf8(line)) {
    return absl::InvalidArgumentError("the line is not UTF-8");
  }
  Struct object;
  // Its message may quote the line.
  if (!google::protobuf::util::JsonStringToMessage({line.data(), line.size()},
                                                   &object)
           .ok()) {
    return absl::InvalidArgumentError("the line is not a JSON object");
  }
  ArticleLine article;
  const Value* id = Find(object, "id");
  if (id != nullptr && id->kind_case() == Value::kStringValue) {
    article.id = id->string_value();
  } else if (id != nullptr && id->kind_case() == Value::kNumberValue &&
             std::trunc(id->number_value()) == id->number_value() &&
             std::abs(id->number_value()) < kRoundedFrom) {
    article.id = absl::StrCat(static_cast<int64_t>(id->number_value()));
  } else {
    return absl::InvalidArgumentError(
        "\"id\" is not a string or a whole number below 2^53");
  }
  if (article.id.empty()) return absl::InvalidArgumentError("\"id\" is empty");
  if (article.id.size() > kMaxIdBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"id\" is longer than ", kMaxIdBytes, " bytes"));
  }
  const Value* text = Find(object, "text");
  if (text == nullptr || text->kind_case() != Value::kStringValue) {
    return absl::InvalidArgumentError("\"text\" is not a string");
  }
  article.text = text->string_value();
  // An escape may stand for half of a surrogate pair.
  if (FindInvalidUtf8(article.id) || FindInvalidUtf8(article.text)) {
    return absl::InvalidArgumentError("the line's strings are not Unicode");
  }
  return article;
}

}  // namespace quoth::client
