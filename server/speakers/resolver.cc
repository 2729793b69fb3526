#include "server/speakers/resolver.h"

#include <algorithm>
#include <numeric>

#include "server/claims/life_check.h"
#include "server/claims/nesting.h"
#include "server/speakers/author.h"
#include "server/speakers/clusters.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/discourse.h"
#include "server/speakers/groups.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/pronouns.h"
#include "server/speakers/sources.h"
#include "server/speakers/synonyms.h"
#include "server/speakers/table.h"
#include "server/speakers/tokens.h"

namespace quoth {
namespace {

// How often a speaker that is taken over from elsewhere is right, relative to
// how often it is right there.
constexpr float kLater = 0.7f;  // From the claim behind.

// In so many first paragraphs somebody may speak who is named only within so
// many paragraphs behind.
constexpr uint32_t kLeadParagraphs = 4;
constexpr uint32_t kNamedWithin = 3;

// At most so many claims behind one are looked at for that.
constexpr size_t kMaxLookedAhead = 12;

class Resolver {
 public:
  Resolver(const Document& doc, const std::vector<Claim>& claims,
           const ResolverOptions& options)
      : claims_(claims),
        tokens_(doc),
        names_(FindNames(tokens_)),
        groups_(FindGroups(tokens_, names_)),
        clusters_(ClusterNames(tokens_, names_)),
        outer_(FindOuterClaims(claims)),
        depths_(NestingDepths(outer_)),
        discourse_(tokens_, names_, clusters_),
        linker_(
            {tokens_, clusters_, groups_, discourse_},
            options.scorer != nullptr ? *options.scorer : LinkScorer::Shipped(),
            options.observer),
        sources_(tokens_, names_, groups_, discourse_, linker_, clusters_),
        links_(claims.size()),
        life_(options.life) {
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
    AddNamedSources();
    int previous = -1;
    for (const int i : WithOpeningLater(order)) {
      if (Ended(life_)) return SpeakerTable();
      if (previous >= 0 && depths_[previous] != depths_[i]) previous = -1;
      links_[i] = ResolveClaim(i, previous);
      previous = i;
    }
    sources_.TakeBackMentions();
    LookAhead(order);
    std::vector<SpeakerLink> links(links_.size());
    for (size_t i = 0; i < links.size(); ++i) {
      links[i] = {links_[i].referent, links_[i].confidence};
    }
    return MakeTable(clusters_.referents, links);
  }

 private:
  uint32_t WordOf(int i) const { return words_[i]; }

  // Claims without a source that come before all sources, as in a headline,
  // are asked for when the others of their level are known: it is mostly the
  // next who speaks, named or not.
  std::vector<int> WithOpeningLater(std::vector<int> order) const {
    const auto outer_end = std::find_if(
        order.begin(), order.end(), [this](int i) { return depths_[i] > 0; });
    const auto opening_end =
        std::find_if(order.begin(), outer_end,
                     [this](int i) { return claims_[i].source.has_value(); });
    std::rotate(order.begin(), opening_end, outer_end);
    return order;
  }

  // Which claims name their source, so that the others may look ahead.
  void AddNamedSources() {
    std::vector<SourceEvent> events;
    for (size_t i = 0; i < claims_.size(); ++i) {
      if (!claims_[i].source.has_value() || words_[i] >= tokens_.size()) {
        continue;
      }
      const SourcePhrase phrase =
          ParsePhrase(tokens_, names_, *claims_[i].source);
      if (phrase.form != PhraseForm::kName || phrase.names.size() != 1) {
        continue;
      }
      const uint32_t n = NameAt(names_, phrase.names[0].begin);
      if (n >= names_.size() || clusters_.referent_of[n] < 0) continue;
      events.push_back({words_[i], clusters_.referent_of[n]});
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const SourceEvent& a, const SourceEvent& b) {
                       return a.word < b.word;
                     });
    for (const SourceEvent& e : events) {
      discourse_.AddNamedSource(e.word, e.referent);
    }
  }

  SourceLink ResolveClaim(int i, int previous) {
    const uint32_t word = WordOf(i);
    if (word >= tokens_.size()) return SourceLink();
    if (!claims_[i].source.has_value()) return Continue(i, word);
    SourceContext context;
    context.claim = i;
    context.level = static_cast<size_t>(depths_[i]);
    context.direct = IsDirect(i);
    if (!tokens_.quoted(word)) context.author = author_;
    if (outer_[i] >= 0 && links_[outer_[i]].referent >= 0) {
      context.enclosing = links_[outer_[i]].referent;
      if (tokens_.quoted(word)) context.excluded = context.enclosing;
    }
    // Two claims of one source, as in "X denied ... and said ...".
    if (previous >= 0 && claims_[previous].source == claims_[i].source &&
        outer_[previous] == outer_[i]) {
      return links_[previous];
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

  // Whether the first words of a claim are quoted.
  bool IsDirect(int i) const {
    if (claims_[i].content.empty()) return false;
    const uint32_t word = tokens_.WordAt(claims_[i].content.front().begin);
    return word < tokens_.size() && tokens_.quoted(word);
  }

  // A claim without a source: who is speaking anyway.
  SourceLink Continue(int i, uint32_t word) {
    // "Asked about it, she said", "when asked": who asked is left open, and
    // whoever else is named there is the one who was asked.
    if (claims_[i].cue.has_value() && IsAsked(*claims_[i].cue)) {
      return SourceLink();
    }
    LinkQuery query;
    query.begin = query.end = word;
    query.level = static_cast<size_t>(depths_[i]);
    query.direct = IsDirect(i);
    if (!tokens_.quoted(word)) query.author = author_;
    if (outer_[i] >= 0) {
      query.enclosing = links_[outer_[i]].referent;
      if (tokens_.quoted(word)) query.excluded = query.enclosing;
    }
    if (claims_[i].cue.has_value()) SetCue(*claims_[i].cue, query);
    const LinkChoice choice = linker_.Choose(query, "", i);
    if (choice.candidate.group >= 0) return SourceLink();
    return {choice.candidate.referent, choice.probability};
  }

  bool IsAsked(Span cue) const {
    for (uint32_t i = tokens_.WordAt(cue.begin);
         i < tokens_.size() && tokens_[i].span.begin < cue.end; ++i) {
      const std::string_view word = tokens_[i].folded;
      if (word == "asked" || word == "questioned" || word == "pressed") {
        return true;
      }
    }
    return false;
  }

  void SetCue(Span cue, LinkQuery& query) const {
    const uint32_t begin = tokens_.WordAt(cue.begin);
    if (begin >= tokens_.size()) return;
    query.cued = true;
    uint32_t end = begin;
    while (end < tokens_.size() && tokens_[end].span.begin < cue.end) ++end;
    for (uint32_t i = begin > 0 ? begin - 1 : 0; i < end; ++i) {
      const std::string_view word = tokens_[i].folded;
      query.passive = query.passive || word == "was" || word == "were" ||
                      word == "been" || word == "being" || word == "is";
    }
    query.opening = tokens_[begin].opens;
  }

  // What only later text tells: a first claim without a source, and an unnamed
  // source that the next claims name ("A minister has denied ... Jane Roe
  // said").
  void LookAhead(const std::vector<int>& order) {
    std::vector<int> named(clusters_.referents.size(), -1);
    for (size_t k = 0; k < order.size(); ++k) {
      const int i = order[k];
      if (depths_[i] != 0) break;
      const uint32_t word = WordOf(i);
      if (word >= tokens_.size()) continue;
      const int r = links_[i].referent;
      if (r >= 0 && links_[i].may_be_named_later && named[r] < 0) {
        named[r] = NextPerson(order, k, r);
        if (named[r] >= 0) Merge(r, named[r]);
      }
    }
    for (SourceLink& link : links_) {
      if (link.referent < 0 || named[link.referent] < 0) continue;
      link = {named[link.referent], kLater * link.confidence};
    }
  }

  // All that was said of the unnamed one is said of the person.
  void Merge(int unnamed, int person) {
    Referent& to = clusters_.referents[person];
    const Referent& from = clusters_.referents[unnamed];
    to.mentions.insert(to.mentions.end(), from.mentions.begin(),
                       from.mentions.end());
    if (to.description.empty()) to.description = from.name;
    if (to.pronoun.empty()) to.pronoun = from.pronoun;
  }

  // The person who speaks next, if it is first named there and can be the
  // unnamed one: in the first paragraphs by the order alone, further down if
  // its role agrees or none is given.
  int NextPerson(const std::vector<int>& order, size_t k, int unnamed) const {
    const uint32_t word = WordOf(order[k]);
    const bool lead = tokens_.paragraph(word) < kLeadParagraphs;
    const uint32_t within = lead ? kNamedWithin : 1;
    const Referent& from = clusters_.referents[unnamed];
    const size_t stop = std::min(order.size(), k + 1 + kMaxLookedAhead);
    for (size_t m = k + 1; m < stop; ++m) {
      const int i = order[m];
      if (depths_[i] != 0 || ParagraphsBetween(order[k], i) > within) break;
      const int r = links_[i].referent;
      if (r < 0 || r == unnamed) continue;
      const Referent& to = clusters_.referents[r];
      if (to.plural || to.kind != SpeakerKind::kPerson) continue;
      if (to.first < word) return -1;
      if (from.gender() != Gender::kUnknown &&
          to.gender() != Gender::kUnknown && from.gender() != to.gender()) {
        return -1;
      }
      if (lead || to.roles.empty()) return r;
      for (const RoleWord& role : to.roles) {
        if (NounsAgree(role.word, from.head.word)) return r;
      }
      return -1;
    }
    return -1;
  }

  // Of claims in this order. Large if one stands behind the text.
  uint32_t ParagraphsBetween(int first, int second) const {
    if (WordOf(second) >= tokens_.size()) return kNamedWithin + 1;
    return tokens_.paragraph(WordOf(second)) - tokens_.paragraph(WordOf(first));
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
  Linker linker_;
  SourceResolver sources_;
  std::vector<SourceLink> links_;  // Indices into clusters_.referents.
  LifeCheck* life_;
};

}  // namespace

SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims,
                             const ResolverOptions& options) {
  if (claims.empty()) return SpeakerTable();
  return Resolver(doc, claims, options).Run();
}

}  // namespace quoth
