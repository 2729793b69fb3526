#include "client/enum_words.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace quoth::client {
namespace {

using google::protobuf::EnumDescriptor;

// The contract names every zero value TYPE_UNSPECIFIED.
constexpr char kUnspecified[] = "UNSPECIFIED";

std::string Prefix(const EnumDescriptor& type) {
  const std::string& zero = type.FindValueByNumber(0)->name();
  return zero.substr(0, zero.size() - (sizeof(kUnspecified) - 1));
}

}  // namespace

std::string EnumWord(const EnumDescriptor& type, int value) {
  const auto* known = type.FindValueByNumber(value);
  if (known == nullptr) return absl::StrCat(value);
  return absl::AsciiStrToLower(known->name().substr(Prefix(type).size()));
}

std::optional<int> ParseEnumWord(const EnumDescriptor& type,
                                 std::string_view word) {
  const std::string name =
      Prefix(type) + absl::AsciiStrToUpper(std::string(word));
  const auto* value = type.FindValueByName(name);
  if (value == nullptr || value->number() == 0) return std::nullopt;
  return value->number();
}

std::string EnumChoices(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    if (number != 0) words.push_back(EnumWord(type, number));
  }
  const std::string last = words.back();
  words.pop_back();
  return words.empty() ? last
                       : absl::StrCat(absl::StrJoin(words, ", "), " or ", last);
}

}  // namespace quoth::client
