// What is asked of names that are brought together already (clusters.h).

#include <string>
#include <string_view>

#include "absl/strings/string_view.h"
#include "server/speakers/clusters.h"
#include "server/speakers/name_choice.h"

namespace quoth {

int FindByName(const NameClusters& clusters, const NameParts& parts) {
  auto it = clusters.by_name.find(NameKey(parts));
  if (it == clusters.by_name.end() && parts.size() > 1) {
    it = clusters.by_name.find(std::string(parts.back()));
    // "Jane Trump" is not the Trump of the text.
    if (it != clusters.by_name.end() &&
        clusters.referents[it->second].parts.size() > 1 &&
        LookUp(parts.front()).Has(kGivenName)) {
      return -1;
    }
  }
  return it == clusters.by_name.end() ? -1 : it->second;
}

bool WorksFor(const NameClusters& clusters, int person, int r) {
  if (person < 0 || person == r) return false;
  const Referent& organization = clusters.referents[static_cast<size_t>(r)];
  const Referent& member = clusters.referents[static_cast<size_t>(person)];
  if (organization.IsPerson() || !member.IsPerson()) return false;
  if (NamesMostOf(member, organization)) return true;
  // "SEC director Jane Roe".
  constexpr size_t kLongestAcronym = 6;
  if (organization.parts.size() < 2) return false;
  for (const RoleWord& role : member.roles) {
    if (role.word.size() > kLongestAcronym) continue;
    const auto it = clusters.by_name.find(
        absl::string_view(role.word.data(), role.word.size()));
    if (it != clusters.by_name.end() && it->second == r) return true;
  }
  return false;
}

int AddReferent(const TokenList& tokens, const NameMention& name,
                NameClusters& clusters) {
  const int r = static_cast<int>(clusters.referents.size());
  clusters.referents.emplace_back();
  Referent& referent = clusters.referents.back();
  referent.kind =
      name.IsPerson() ? SpeakerKind::kPerson : SpeakerKind::kOrganization;
  // "Figures show": a noun that stands first.
  if (name.weak && name.parts.size() == 1) {
    const WordFacts& facts = tokens[name.begin].facts;
    if (facts.Has(kPeopleNoun)) referent.kind = SpeakerKind::kUnnamed;
    if (facts.Has(kDocumentNoun)) referent.kind = SpeakerKind::kDocument;
    referent.plural = facts.Has(kPluralNoun);
  }
  referent.first = name.begin;
  AddMention(tokens, name, referent);
  return r;
}

}  // namespace quoth
