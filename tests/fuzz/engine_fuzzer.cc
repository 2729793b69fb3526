// The whole engine with its model, on any text: its answer in each unit of
// offsets is the same answer, with spans that are slices of the text as a
// client of that unit would cut them. Since each is read anew, in working
// memory that has read other texts, it also shows that nothing is left over
// from text to text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/handler.h"
#include "server/text/text.h"
#include "tests/fuzz/silence.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

// The text in one unit, as arrays of that unit are cut: byte offsets by unit.
std::vector<int> UnitOffsets(const std::string& text, v1::EncodingType type) {
  std::vector<int> offsets;  // -1 in the middle of a character.
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const int units = type == v1::ENCODING_TYPE_UTF8    ? bytes
                      : type == v1::ENCODING_TYPE_UTF16 ? 1 + bytes / 4
                                                        : 1;
    offsets.push_back(static_cast<int>(i));
    offsets.insert(offsets.end(), units - 1, -1);
    i += bytes;
  }
  offsets.push_back(static_cast<int>(text.size()));
  return offsets;
}

// Checks every span in `message` and removes its offsets.
void CheckSpans(const std::string& text, const std::vector<int>& offsets,
                Message& message) {
  if (auto* span = dynamic_cast<v1::Span*>(&message)) {
    Require(span->begin() >= 0 && span->begin() < span->end() &&
            span->end() < static_cast<int>(offsets.size()));
    const int begin = offsets[span->begin()];
    const int end = offsets[span->end()];
    Require(begin >= 0 && end > begin &&
            std::string_view(text).substr(begin, end - begin) == span->text());
    span->clear_begin();
    span->clear_end();
    return;
  }
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        CheckSpans(text, offsets,
                   *reflection.MutableRepeatedMessage(&message, field, i));
      }
    } else {
      CheckSpans(text, offsets, *reflection.MutableMessage(&message, field));
    }
  }
}

const Engine& TheEngine() {
  static const Engine& engine = *[] {
    auto made =
        Engine::Create(SourceFile("models/quoth-en.qm"), EngineOptions());
    if (!made.ok()) std::abort();
    return made->release();
  }();
  return engine;
}

void Run(uint8_t choices, const std::string& text) {
  const Handler handler(TheEngine());
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(text);
  // Otherwise the language of most texts would be none that is read.
  if (choices & 1) request.mutable_article()->set_language_code("en");
  request.set_scope(choices & 2 ? v1::SCOPE_ALL_ATTRIBUTIONS
                                : v1::SCOPE_REPORTED);
  request.set_context_sentences(choices >> 2 & 3);
  std::string first;
  for (const v1::EncodingType type :
       {v1::ENCODING_TYPE_UTF8, v1::ENCODING_TYPE_UTF16,
        v1::ENCODING_TYPE_UTF32}) {
    request.set_encoding_type(type);
    const auto bytes = handler.Extract(request.SerializeAsString(),
                                       [] { return absl::OkStatus(); });
    v1::ExtractClaimsResponse response;
    if (bytes.ok()) Require(response.ParseFromString(*bytes));
    CheckSpans(text, UnitOffsets(text, type), response);
    // The order of an error's details is none that anybody may rely on.
    const std::string rest = bytes.ok() ? response.SerializeAsString()
                                        : std::string(bytes.status().message());
    if (type == v1::ENCODING_TYPE_UTF8) first = rest;
    Require(rest == first);
  }
}

}  // namespace
}  // namespace quoth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  quoth::SilenceProtobuf();
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!quoth::FindInvalidUtf8(text)) quoth::Run(data[0], text);
  return 0;
}
