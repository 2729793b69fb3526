// The contract's enumerations as words of the command line and of the page:
// ACT_STATEMENT is "statement".
//
//   EnumWord(v1::ACT_DENIAL);                              // "denial"
//   ParseEnumWord(*v1::Act_descriptor(), "denial");        // 2
//
// The words come from the proto's descriptors, so that a new value needs no
// change here.

#ifndef QUOTH_CLIENT_ENUM_WORDS_H_
#define QUOTH_CLIENT_ENUM_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace quoth::client {

// The value's name without its type's prefix, in lower case. A value that this
// build does not know is its number.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int value);

template <typename E>
std::string EnumWord(E value) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<E>(), value);
}

// The value of `word`; nullopt if there is none, or only the unspecified one.
std::optional<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type,
                                 std::string_view word);

// "direct, indirect or mixed".
std::string EnumChoices(const google::protobuf::EnumDescriptor& type);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_ENUM_WORDS_H_
