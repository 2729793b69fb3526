// From a source phrase to the referent that stands behind it: by name, by
// pronoun, by description, or as a new one of its own.

#ifndef QUOTH_SERVER_SPEAKERS_SOURCES_H_
#define QUOTH_SERVER_SPEAKERS_SOURCES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/speakers/clusters.h"
#include "server/speakers/groups.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/pronouns.h"
#include "server/speakers/tokens.h"

namespace quoth {

// What surrounds a source.
struct SourceContext {
  int first_person = -1;  // The speaker of the claim around it: "I", "we".
  float first_person_confidence = 0;
  int excluded = -1;  // The speaker of the quotation around it: not "he".
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
                 NameClusters& clusters, Discourse& discourse);

  // Sources must come in the order of Discourse::AddSource.
  SourceLink Resolve(const SourcePhrase& phrase, const SourceContext& context);

 private:
  Referent& At(int r) { return clusters_.referents[static_cast<size_t>(r)]; }

  SourceLink ResolvePronoun(const SourcePhrase& phrase,
                            const SourceContext& context);
  SourceLink ResolveRelative(const SourcePhrase& phrase,
                             const SourceContext& context);
  SourceLink ResolveName(const SourcePhrase& phrase);
  SourceLink ResolveDescription(const SourcePhrase& phrase,
                                const SourceContext& context);
  SourceLink ResolvePair(const SourcePhrase& phrase);

  std::vector<int> Family(const NameMention& name) const;
  int ReferentOf(const NameMention& name);
  int Joint(const std::vector<int>& members, std::string_view others,
            uint32_t word);
  int Unnamed(const SourcePhrase& phrase, SpeakerKind kind,
              const std::string& name, bool plural);
  bool IsPlain(const SourcePhrase& phrase) const;

  const TokenList& tokens_;
  const std::vector<NameMention>& names_;
  NameClusters& clusters_;
  Discourse& discourse_;
  // Unnamed and joint referents by their name in lower case.
  absl::flat_hash_map<std::string, int> by_text_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_SOURCES_H_
