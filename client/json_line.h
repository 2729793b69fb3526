// Lines of JSON: what a backfill reads and writes.
//
//   JsonMember("file", "a.txt");                      // "file":"a.txt"
//   JsonLine(JsonMember("file", "a.txt"), response);
//       // {"file":"a.txt","response":{...}}
//   ReadAnswerHead(line)->member;                     // "file":"a.txt"
//   ReadArticleLine(R"({"id": "7", "text": "No."})")->id;   // "7"

#ifndef QUOTH_CLIENT_JSON_LINE_H_
#define QUOTH_CLIENT_JSON_LINE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

// A member of an object. Bytes of `value` that are not UTF-8 become U+FFFD.
std::string JsonMember(std::string_view name, std::string_view value);

// The line of one article, with its line break: {MEMBER, "response"} or
// {MEMBER, "error": {"code", "message"}}.
std::string JsonLine(const std::string& member,
                     const absl::StatusOr<v1::ExtractClaimsResponse>& response);

// How a line that JsonLine made begins.
struct AnswerHead {
  std::string member;  // As JsonMember gives it.
  bool is_error = false;
};

// Nullopt if `line` does not begin like one of JsonLine's. Looks only at what
// it returns: the rest of the line may be missing.
std::optional<AnswerHead> ReadAnswerHead(std::string_view line);

// Whether `bytes` can be what is left of a line of JsonLine that was torn while
// it was written: a beginning of it, behind which a crash of the machine may
// have left NULs.
bool IsTornAnswer(std::string_view bytes);

// The longest id of an article, as long as the longest path.
inline constexpr size_t kMaxIdBytes = 4096;

// One article of an input file: {"id": ..., "text": ...}.
struct ArticleLine {
  std::string id;
  std::string text;
};

// Other members are passed over. InvalidArgument if it is no object, or its
// "id" is not a string of 1 to kMaxIdBytes or a whole number below 2^53, or its
// "text" is not a string. Messages never hold anything of the line.
absl::StatusOr<ArticleLine> ReadArticleLine(std::string_view line);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_JSON_LINE_H_
