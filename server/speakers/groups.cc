#include "server/speakers/groups.h"

namespace quoth {

std::vector<GroupMention> FindGroups(const TokenList& tokens,
                                     const std::vector<NameMention>& names) {
  std::vector<GroupMention> groups;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.mark || token.possessive || !token.facts.Has(kPeopleNoun) ||
        !token.facts.Has(kPluralNoun) ||
        token.facts.Has(kFunctionWord | kIndefinite | kQuantity)) {
      continue;
    }
    // "voters" of "voters say", but not of "the members club".
    const uint32_t n = NameAt(names, i);
    if (n < names.size() && names[n].begin <= i) continue;
    if (i + 1 < tokens.size() && !tokens[i + 1].mark &&
        tokens[i + 1].facts.Has(kOrganizationNoun | kDocumentNoun) &&
        !tokens[i + 1].facts.Has(kVerb)) {
      continue;
    }
    GroupMention group;
    group.end = i + 1;
    group.begin = i;
    const uint32_t least = groups.empty() ? 0 : groups.back().end;
    while (group.begin > least && i - group.begin < kMaxGroupWords) {
      const Token& before = tokens[group.begin - 1];
      if (before.mark
              ? before.folded != "-"
              : IsParticiple(before) ||
                    before.facts.Has(kPreposition | kVerb | kFunctionWord |
                                     kCalendar) ||
                    tokens.sentence(group.begin - 1) != tokens.sentence(i)) {
        break;
      }
      --group.begin;
    }
    while (group.begin < i && tokens[group.begin].mark) ++group.begin;
    uint32_t front = group.begin;
    if (front > 0 && tokens[front - 1].facts.Has(kDeterminer | kPossessive)) {
      --front;
    }
    group.object = front > 0 && tokens[front - 1].facts.Has(kPreposition) &&
                   tokens.sentence(front - 1) == tokens.sentence(i);
    groups.push_back(group);
  }
  return groups;
}

}  // namespace quoth
