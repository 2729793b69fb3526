// From a source phrase to the referent that stands behind it: by name, by
// pronoun, by description, or as a new one of its own.

#ifndef QUOTH_SERVER_SPEAKERS_SOURCES_H_
#define QUOTH_SERVER_SPEAKERS_SOURCES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/speakers/clusters.h"
#include "server/speakers/discourse.h"
#include "server/speakers/groups.h"
#include "server/speakers/linker.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/tokens.h"

namespace quoth {

// What surrounds a source.
struct SourceContext {
  int enclosing = -1;   // The speaker of the claim around it: "I", "we".
  int author = -1;      // Who writes "I" where nobody is quoted.
  int excluded = -1;    // The speaker of the quotation around it: not "he".
  int claim = -1;       // Its index.
  size_t level = 0;     // As in Discourse::AddSource.
  bool direct = false;  // The claim's words are quoted.
};

// What a source was resolved to. `referent` is -1 if nobody fits.
struct SourceLink {
  int referent = -1;
  float confidence = 0;
  // An unnamed person whom the article may name later: "a Home Office
  // minister" in its first paragraph.
  bool may_be_named_later = false;
};

class SourceResolver {
 public:
  // Refers to all of them, which must outlive it. Adds to `clusters`.
  SourceResolver(const TokenList& tokens, const std::vector<NameMention>& names,
                 const std::vector<GroupMention>& groups,
                 const Discourse& discourse, const Linker& linker,
                 NameClusters& clusters);

  SourceLink Resolve(const SourcePhrase& phrase, const SourceContext& context);

  // Takes from referents the mentions of their name that Resolve found to be of
  // a namesake. Once, behind the last Resolve; linear.
  void TakeBackMentions();

 private:
  Referent& At(int r) { return clusters_.referents[static_cast<size_t>(r)]; }

  SourceLink ResolvePronoun(const SourcePhrase& phrase,
                            const SourceContext& context);
  int Introduced(const SourcePhrase& phrase);
  int Interviewee(uint32_t word);
  SourceLink ResolveRelative(const SourcePhrase& phrase,
                             const SourceContext& context);
  SourceLink ResolveName(const SourcePhrase& phrase,
                         const SourceContext& context);
  SourceLink ResolveDescription(const SourcePhrase& phrase,
                                const SourceContext& context);
  SourceLink ResolvePair(const SourcePhrase& phrase);
  LinkQuery QueryFor(const SourcePhrase& phrase,
                     const SourceContext& context) const;
  int OwnerOf(const SourcePhrase& phrase, const SourceContext& context) const;
  bool MayBeCalled(const std::vector<int>& persons,
                   std::string_view plural) const;

  std::vector<int> Namesakes(const NameMention& name) const;
  int ChooseNamesake(const SourcePhrase& phrase, const SourceContext& context,
                     int known, float& probability);
  std::vector<int> Family(const NameMention& name) const;
  int ReferentOf(const NameMention& name);
  void SetOrganization(int r);
  int Group(const SourcePhrase& phrase, const GroupMention& group);
  int Joint(const std::vector<int>& members, std::string_view others,
            uint32_t word);
  int Unnamed(const SourcePhrase& phrase, SpeakerKind kind,
              const std::string& name, bool plural);

  const TokenList& tokens_;
  const std::vector<NameMention>& names_;
  const std::vector<GroupMention>& groups_;
  const Discourse& discourse_;
  const Linker& linker_;
  NameClusters& clusters_;
  std::optional<int> interviewee_;  // Once somebody has asked for him.
  // Of joint referents.
  absl::flat_hash_map<int, std::vector<int>> members_;
  struct TakenBack {
    int referent = -1;
    Span mention;
    size_t before = 0;  // Among so many mentions of the referent.
  };
  std::vector<TakenBack> taken_back_;
  // Unnamed and joint referents by their name in lower case.
  absl::flat_hash_map<std::string, int> by_text_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_SOURCES_H_
