#include "server/speakers/resolver.h"

#include <algorithm>
#include <numeric>

#include "server/speakers/author.h"
#include "server/speakers/clusters.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/groups.h"
#include "server/speakers/mentions.h"
#include "server/speakers/nesting.h"
#include "server/speakers/phrases.h"
#include "server/speakers/pronouns.h"
#include "server/speakers/sources.h"
#include "server/speakers/table.h"
#include "server/speakers/tokens.h"

namespace quoth {
namespace {

// How often a speaker that is taken over from elsewhere is right, relative to
// how often it is right there.
constexpr float kContinued = 0.8f;   // From the claim before.
constexpr float kIntroduced = 0.8f;  // From the words in front of a colon.
constexpr float kEnclosing = 0.5f;   // From the claim around it.
constexpr float kLater = 0.7f;       // From the claim behind.

constexpr float kAuthor = 0.7f;  // Who writes "I" outside quotations.

// An unnamed source may be named later only in so many first paragraphs ...
constexpr uint32_t kLeadParagraphs = 4;
// ... and within so many paragraphs behind it.
constexpr uint32_t kNamedWithin = 3;

// At most so many first claims are looked at for that, each with so many
// claims behind it.
constexpr size_t kMaxLookedAt = 24;
constexpr size_t kMaxLookedAhead = 12;

class Resolver {
 public:
  Resolver(const Document& doc, const std::vector<Claim>& claims)
      : claims_(claims),
        tokens_(doc),
        names_(FindNames(tokens_)),
        groups_(FindGroups(tokens_, names_)),
        clusters_(ClusterNames(tokens_, names_)),
        outer_(FindOuterClaims(claims)),
        depths_(NestingDepths(outer_)),
        discourse_(tokens_, names_, groups_, clusters_),
        sources_(tokens_, names_, clusters_, discourse_),
        links_(claims.size()) {
    CountPronouns(tokens_, names_, clusters_);
    DescribeReferents(tokens_, names_, clusters_);
    author_ = FindAuthor(tokens_, names_, clusters_);
  }

  SpeakerTable Run() {
    words_.reserve(claims_.size());
    for (const Claim& claim : claims_) {
      words_.push_back(tokens_.WordAt(AnchorOf(claim).begin));
    }
    // Outer claims first, so that "I" finds its speaker.
    std::vector<int> order(claims_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](int a, int b) {
      if (depths_[a] != depths_[b]) return depths_[a] < depths_[b];
      const Span x = AnchorOf(claims_[a]), y = AnchorOf(claims_[b]);
      return x == y ? a < b : x < y;
    });
    int previous = -1;
    for (const int i : order) {
      if (previous >= 0 && depths_[previous] != depths_[i]) previous = -1;
      links_[i] = ResolveClaim(i, previous);
      previous = i;
    }
    LookAhead(order);
    std::vector<SpeakerLink> links(links_.size());
    for (size_t i = 0; i < links.size(); ++i) {
      links[i] = {links_[i].referent, links_[i].confidence};
    }
    return MakeTable(clusters_.referents, links);
  }

 private:
  uint32_t WordOf(int i) const { return words_[i]; }

  SourceLink ResolveClaim(int i, int previous) {
    const uint32_t word = WordOf(i);
    if (word >= tokens_.size()) return SourceLink();
    if (!claims_[i].source.has_value()) return Continue(i, word, previous);
    SourceContext context;
    if (!tokens_.quoted(word)) {
      context.first_person = author_;
      context.first_person_confidence = kAuthor;
    }
    if (outer_[i] >= 0 && links_[outer_[i]].referent >= 0) {
      context.first_person = links_[outer_[i]].referent;
      context.first_person_confidence = links_[outer_[i]].confidence;
      if (tokens_.quoted(word)) context.excluded = context.first_person;
    }
    const SourcePhrase phrase =
        ParsePhrase(tokens_, names_, *claims_[i].source);
    const SourceLink link = sources_.Resolve(phrase, context);
    if (link.referent >= 0) {
      Referent& referent = clusters_.referents[link.referent];
      referent.mentions.push_back(*claims_[i].source);
      referent.source = true;
      discourse_.AddSource(phrase.begin, link.referent,
                           static_cast<size_t>(depths_[i]));
    }
    return link;
  }

  // A claim without a source: who is speaking anyway.
  SourceLink Continue(int i, uint32_t word, int previous) {
    const auto take = [this](int from, float share) {
      return SourceLink{links_[from].referent, share * links_[from].confidence};
    };
    if (outer_[i] >= 0 && links_[outer_[i]].referent >= 0) {
      return take(outer_[i], kEnclosing);
    }
    // "Blair was blunt: '...'".
    const uint32_t sentence_begin =
        tokens_.SentenceBegin(tokens_.sentence(word));
    uint32_t front = word;
    while (front > sentence_begin && tokens_[front - 1].mark &&
           tokens_[front - 1].folded != ":") {
      --front;
    }
    if (front > sentence_begin && tokens_[front - 1].folded == ":") {
      const int subject = discourse_.SubjectBetween(sentence_begin, front);
      if (subject >= 0) return {subject, kIntroduced};
    }
    if (previous >= 0 && links_[previous].referent >= 0) {
      const uint32_t gap =
          tokens_.paragraph(word) - tokens_.paragraph(WordOf(previous));
      if (gap <= 1) return take(previous, kContinued);
    }
    return SourceLink();
  }

  // What only later text tells: a first claim without a source, and an unnamed
  // source that the next claims name ("A minister has denied ... Jane Roe
  // said").
  void LookAhead(const std::vector<int>& order) {
    for (size_t k = 0; k < std::min(order.size(), kMaxLookedAt); ++k) {
      const int i = order[k];
      if (depths_[i] != 0) break;
      const uint32_t word = WordOf(i);
      if (word >= tokens_.size()) continue;
      const bool lead = tokens_.paragraph(word) < kLeadParagraphs;
      const bool missing =
          links_[i].referent < 0 && !claims_[i].source.has_value();
      const bool unnamed =
          links_[i].referent >= 0 && links_[i].may_be_named_later;
      if (!lead || (!missing && !unnamed)) continue;
      const int next = NextSpeaker(order, k, unnamed ? links_[i].referent : -1);
      if (next < 0) continue;
      const SourceLink found = {links_[next].referent,
                                kLater * links_[next].confidence};
      if (missing) {
        links_[i] = found;
        continue;
      }
      // All that was said of the unnamed one is said of the named one.
      const int from = links_[i].referent;
      Referent& person = clusters_.referents[found.referent];
      const Referent& merged = clusters_.referents[from];
      person.mentions.insert(person.mentions.end(), merged.mentions.begin(),
                             merged.mentions.end());
      if (person.description.empty()) person.description = merged.name;
      if (person.pronoun.empty()) person.pronoun = merged.pronoun;
      for (SourceLink& link : links_) {
        if (link.referent == from) {
          link = {found.referent, std::min(link.confidence, found.confidence)};
        }
      }
    }
  }

  // The first claim behind order[k], within kNamedWithin paragraphs, whose
  // speaker is a person first named there; -1 if there is none. `unnamed` is
  // who that person would be.
  int NextSpeaker(const std::vector<int>& order, size_t k, int unnamed) const {
    const uint32_t word = WordOf(order[k]);
    const uint32_t paragraph = tokens_.paragraph(word);
    const size_t stop = std::min(order.size(), k + 1 + kMaxLookedAhead);
    for (size_t m = k + 1; m < stop; ++m) {
      const int i = order[m];
      if (depths_[i] != 0) break;
      const uint32_t there = WordOf(i);
      if (there >= tokens_.size() ||
          tokens_.paragraph(there) > paragraph + kNamedWithin) {
        break;
      }
      const int r = links_[i].referent;
      if (r < 0 || r == unnamed) continue;
      const Referent& referent = clusters_.referents[r];
      if (referent.plural) continue;
      if (unnamed < 0) return i;
      if (referent.kind != SpeakerKind::kPerson) continue;
      const Gender wanted = clusters_.referents[unnamed].gender();
      if (wanted != Gender::kUnknown && referent.gender() != Gender::kUnknown &&
          wanted != referent.gender()) {
        return -1;
      }
      return referent.first > word ? i : -1;
    }
    return -1;
  }

  const std::vector<Claim>& claims_;
  TokenList tokens_;
  std::vector<NameMention> names_;
  std::vector<GroupMention> groups_;
  NameClusters clusters_;
  std::vector<int> outer_;
  std::vector<int> depths_;
  std::vector<uint32_t> words_;  // At which each claim stands.
  int author_ = -1;
  Discourse discourse_;
  SourceResolver sources_;
  std::vector<SourceLink> links_;  // Indices into clusters_.referents.
};

}  // namespace

SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims) {
  if (claims.empty()) return SpeakerTable();
  return Resolver(doc, claims).Run();
}

}  // namespace quoth
