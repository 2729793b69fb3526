#include "client/json_renderer.h"

#include "client/json_line.h"
#include "google/protobuf/util/json_util.h"

namespace quoth::client {
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
  return JsonLine(JsonMember("file", outcome.file), outcome.response);
}

}  // namespace quoth::client
