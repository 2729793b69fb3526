// The rows of the learned scorer's input (candidates.h). Private to
// candidates.cc and query_features.cc; the order is that of link_weights.inc.

#ifndef QUOTH_SERVER_SPEAKERS_LINK_FEATURES_H_
#define QUOTH_SERVER_SPEAKERS_LINK_FEATURES_H_

#include <cstddef>

#include "server/speakers/candidates.h"

namespace quoth::link_feature {

// The first ones say what is asked and are the same for all candidates of a
// query.
enum Feature : size_t {
  kTask = 0,  // One of kLinkTasks.
  kIsDefinite = kLinkTasks,
  kIsIndefinite,
  kIsBare,
  kOwned,       // "his campaign"
  kLength,      // Of the description.
  kNames,       // It holds a word with a capital letter.
  kOwnerNamed,  // "Sanders's manager", "the manager of Zed".
  kStationHead,
  kAnonymousHead,
  kPartyHead,
  kQuantityHead,
  kTitleHead,
  kSingleWord,
  kTwo,  // "the two rivals", "both parents"
  kPossessive_,
  kQuotedSource,
  kOpensSentence,
  kLead,   // Among the first paragraphs.
  kInner,  // Inside another claim.
  kDirect,
  kCued,
  kPassive,
  kOpening,
  kHasIntroduction,
  kHasEnclosing,
  kOpensParagraph,
  kNobodySpoke,  // No claim before has a source.
  kQueryEnd,

  // What the candidate is.
  kItself = kQueryEnd,
  kIntroduction,
  kGroup,
  kPair,        // Two persons ...
  kPairJoined,  // ... named as one: "Jane Doe and John Roe".
  kNamedPerson,
  kNameless,
  kOrganization_,
  kDocument_,
  kPlural,
  kPlace_,
  kSurePerson,
  kDoubtfulPerson,
  kFullName,
  kGenderAgrees,
  kGenderUnknown,

  // Where it was mentioned before.
  kBefore,
  kSameSentence,
  kOneSentence,
  kTwoSentences,
  kFewSentences,
  kSentences,  // The logarithm of their number.
  kSameParagraph,
  kOneParagraph,
  kParagraphs,
  kWords,
  kMostRecent,
  kSecondRecent,
  kRecency,  // 1 / (1 + rank)
  kLastSubject,
  kLastModifier,
  kLastPossessive,
  kLastObject,
  kLastQuoted,
  kLastFull,
  kFullBefore,     // Named in full before ...
  kFullSentences,  // ... so far back.
  kFullMostRecent,
  kSubjectHere,     // A subject of this sentence ...
  kSubjectBefore,   // ... of the one before, ...
  kSubjectTwoBack,  // ... of the one before that.
  kOnlyInSentence,  // No other candidate in the last sentence with one.

  // How often, and where else.
  kMentions,
  kMentionShare,
  kMostMentioned,
  kSecondMentioned,
  kFirstInLead,
  kFirstMentioned,  // Before all other candidates.

  // Behind the source.
  kAfter,
  kAfterSameSentence,
  kAfterSentences,
  kOnlyAfter,
  kOnlyAfterNear,
  kNextNamed,      // The source of the next claim that names one ...
  kNextNamedNear,  // ... in this paragraph or the next.
  kSecondNextNamed,
  kNextSource,      // The next source, named or not, where it is known ...
  kNextSourceNear,  // ... in this paragraph or the next.
  kSecondNextSource,

  // As a speaker.
  kSpoke,
  kLastSource,
  kSecondLastSource,
  kThirdLastSource,
  kLastOfLevel,
  kLastSourceHere,  // In this paragraph.
  kLastSourceNear,  // In the one before.
  kTimesSpoke,
  kEnclosing_,
  kExcluded,
  kAuthor_,
  kIntroducesQuote,  // The subject in front of a colon.
  kOfEnclosing,      // What the speaker around works for: "IBM's Jane Roe" ...
  kOfLastSource,     // ... or the last one.

  // How well a description fits.
  kHeadEqual,
  kHeadSynonym,
  kHeadAny,
  kNoHead,
  kKnownWords,
  kUnknownWords,
  kUnknownCapitals,
  kAllKnown,
  kPartyKnown,
  kHasRoles,

  // Of the introduction.
  kIntroductionLength,
  kIntroductionNames,  // It holds a name: "the Fox News poll".
  kIntroductionHead,   // It has the description's own head noun.

  kFeatureEnd,
};

// tools/train/speakers.py knows these two by their numbers.
static_assert(kDirect == 31 && kPassive == 33);

}  // namespace quoth::link_feature

#endif  // QUOTH_SERVER_SPEAKERS_LINK_FEATURES_H_
