#include "server/claims/circumstance_patterns.h"

#include "re2/re2.h"

namespace quoth {

// A word of a phrase. It may hold full stops ("U.S.", "Sen."); whoever uses a
// match trims the last one.
#define QUOTH_WORD R"-([^\x00-\x20,;:()"“”]+)-"
#define QUOTH_DAY "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
#define QUOTH_MONTH                                                        \
  "(?:January|February|March|April|May|June|July|August|September|October" \
  "|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\.?)"
#define QUOTH_PART_OF_DAY "(?:morning|afternoon|evening|night)"

const RE2& TimePattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)\b((?:)"
      // on Monday, late Tuesday night, Friday
      "(?:(?:on|by|since|until|late on|early on|late|early) )?"
      "(?:last |this |next )?" QUOTH_DAY "(?: " QUOTH_PART_OF_DAY
      ")?(?:,? " QUOTH_MONTH R"( \d{1,2})?)"
      // on 26 January, on Jan. 5, 2016, in March 2015
      R"(|(?:on|in|by|since|until) (?:\d{1,2} )" QUOTH_MONTH
      "|(?:early |late )?" QUOTH_MONTH R"((?: \d{1,2}\b)?)(?:,? \d{4})?)"
      R"(|in (?:19|20)\d\d)"
      // earlier this week, last month, on Monday
      "|(?:(?:earlier|later|late|early) )?(?:this|last|next|that same|that|"
      "the same|the previous|the following) (?:week(?:end)?|month|year|day|"
      "summer|spring|autumn|fall|winter|" QUOTH_PART_OF_DAY "|" QUOTH_MONTH
      ")"
      // two weeks ago, three days later
      "|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|"
      R"(a few|few|many|\d+) (?:minutes?|hours?|days?|weeks?|months?|years?))"
      " (?:ago|later|earlier|before)"
      "|(?:earlier|later) (?:on )?(?:today|yesterday|in the day)"
      "|yesterday(?: " QUOTH_PART_OF_DAY
      ")?|today|tonight|recently|lately"
      "|at the time|in recent (?:days|weeks|months|years)"
      R"(|in the past(?: (?:few )?(?:days|weeks|months|years))?))\b)");
  return *pattern;
}

const RE2& TimeAdverbPattern() {
  static const RE2* const pattern =
      new RE2(R"((?i)\b(later|earlier|previously|recently|afterwards?|now)\b)");
  return *pattern;
}

const RE2& MediumNounPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b((?:interviews?|statements?|speech|speeches|address|remarks|"
      "comments|briefings?|conferences?|rally|rallies|tweets?|twitter|"
      "facebook|instagram|youtube|reddit|snapchat|letters?|e-?mails?|memos?|"
      "reports?|op-ed|editorial|column|blog|posts?|posting|messages?|article|"
      "essay|book|memoir|debates?|hearings?|testimony|court|filings?|ruling|"
      "lawsuit|complaint|settlement|affidavit|radio|television|tv|show|"
      "programme|program|podcast|broadcast|(?:web ?)?sites?|magazine|newspaper|"
      "journal|newsletter|release|event|ceremony|forum|town ?hall|convention|"
      "meetings?|call|lecture|study|paper|survey|poll|response|reply|"
      "presentation|conversation|video|documentary|parliament|commons|"
      "appearance|dinner|luncheon|summit|panel|trial))\\b");
  return *pattern;
}

const RE2& MediumPrepositionPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b((?:in|at|during|on|via|through|by|using)"
      "(?: " QUOTH_WORD "){0,4} )$");
  return *pattern;
}

const RE2& NoMediumPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)^\\pL+ing\\b|\\b(?:of|for|from|with|to|ahead|is|are|was|were|be|"
      "been|has|have|"
      "had|and|who|that|in|at|during|on|via|through|by|using) .*\\b");
  return *pattern;
}

const RE2& MediumTailPattern() {
  static const RE2* const pattern = new RE2(
      "(?i) (?:with|to|in|on|at|for|of|from|hosted by|before|by)"
      "(?: " QUOTH_WORD ")+");
  return *pattern;
}

const RE2& AddressingVerbPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)\b(?:t(?:ells?|elling|old)|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|)"
      "inform(?:s|ed|ing)?|warn(?:s|ed|ing)?|remind(?:s|ed|ing)?|"
      "assur(?:e|es|ed|ing)|advis(?:e|es|ed|ing)|order(?:s|ed|ing)?|"
      "promis(?:e|es|ed|ing)|press(?:es|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|"
      "challeng(?:e|es|ed|ing)|instruct(?:s|ed|ing)?|invit(?:e|es|ed|ing)|"
      "encourag(?:e|es|ed|ing)|persuad(?:e|es|ed|ing)|implor(?:e|es|ed|ing)|"
      "convinc(?:e|es|ed|ing)|beg(?:s|ged|ging)?|notif(?:y|ies|ied|ying))"
      R"((?: both| also)?$)");
  return *pattern;
}

const RE2& ObjectPattern() {
  static const RE2* const pattern =
      new RE2("^ ?(" QUOTH_WORD "(?: " QUOTH_WORD ")*)");
  return *pattern;
}

const RE2& DativePattern() {
  static const RE2* const pattern = new RE2(
      "(?i)(?:\\bspeaking to|\\btalking to|^[ \\x03]*\\bto|\\b(?:remarks|"
      "letter|e-?mail|message|posting|speech|memo|address) to) "
      "(" QUOTH_WORD "(?: " QUOTH_WORD ")*)");
  return *pattern;
}

const RE2& PassiveAddressingPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)(?:\\b(?:was|were|be|been|being|is|are)|['’]re)(?: \\pL+)? "
      "(?:told|asked|urged|warned|informed|advised|ordered|pressed|reminded|"
      "assured|invited|instructed)$");
  return *pattern;
}

const RE2& SubjectPattern() {
  static const RE2* const pattern =
      new RE2("(" QUOTH_WORD "(?: " QUOTH_WORD "){0,5}) $");
  return *pattern;
}

const RE2& ClauseBreakPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b(?:but|and|or|who|which|that|while|although|though|when|after|"
      "before|as|because|since|until|if|amid|following)\\b|;|\\. ");
  return *pattern;
}

const RE2& InnerClausePattern() {
  static const RE2* const pattern =
      new RE2("(?i)\\b(?:who|whom|whose|which|that|when|while|where)\\b");
  return *pattern;
}

const RE2& PhraseEndPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)( (?:that|this|on|in|at|during|to|about|whether|via|by|as|when|if|)"
      "while|after|before|for|from|with|who|which|where|why|how|what|he|she|"
      "it|they|we|last|earlier|later|yesterday|today|tonight|over|not|there|"
      "his|her|their|is|are|was|were|has|had|have|will|would|could|"
      "can|" QUOTH_DAY R"()\b))");
  return *pattern;
}

#undef QUOTH_WORD
#undef QUOTH_DAY
#undef QUOTH_MONTH
#undef QUOTH_PART_OF_DAY

}  // namespace quoth
