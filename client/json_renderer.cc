#include "client/json_renderer.h"

#include "absl/strings/str_cat.h"
#include "client/text_layout.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace quoth::client {
namespace {

std::string JsonString(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(ValidUtf8(text));
  return ToJson(value, /*pretty=*/false);
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  // An offset of 0 is a value like any other.
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for messages that hold an Any; ours hold none.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

std::string JsonRenderer::Article(const Outcome& outcome) const {
  if (!outcome.response.ok()) return "";
  return ToJson(*outcome.response, /*pretty=*/true);
}

std::string JsonLinesRenderer::Article(const Outcome& outcome) const {
  std::string line = absl::StrCat("{\"file\":", JsonString(outcome.file));
  if (outcome.response.ok()) {
    absl::StrAppend(
        &line, ",\"response\":", ToJson(*outcome.response, /*pretty=*/false));
  } else {
    const absl::Status& error = outcome.response.status();
    absl::StrAppend(&line, ",\"error\":{\"code\":",
                    JsonString(absl::StatusCodeToString(error.code())),
                    ",\"message\":", JsonString(std::string(error.message())),
                    "}");
  }
  line += "}\n";
  return line;
}

}  // namespace quoth::client
