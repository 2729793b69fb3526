// The response as JSON, by the mapping of Protocol Buffers: for programs.
//
//   JsonRenderer().Article(outcome);        // {\n "claims": [...
//   JsonLinesRenderer().Article(outcome);   // {"file":"a.txt","response":...}

#ifndef QUOTH_CLIENT_JSON_RENDERER_H_
#define QUOTH_CLIENT_JSON_RENDERER_H_

#include <string>

#include "client/renderer.h"

namespace quoth::client {

// An object over several lines for each article; nothing for a failure.
class JsonRenderer : public Renderer {
 public:
  std::string Article(const Outcome& outcome) const override;
};

// A line for each file: {"file", "response"} or {"file", "error": {"code",
// "message"}}. A name that is not UTF-8 has U+FFFD for its wrong bytes.
class JsonLinesRenderer : public Renderer {
 public:
  std::string Article(const Outcome& outcome) const override;
};

// A message as JSON, every field present. The pretty form ends in a
// line break.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_JSON_RENDERER_H_
