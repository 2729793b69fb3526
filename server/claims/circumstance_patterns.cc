#include "server/claims/circumstance_patterns.h"

#include "re2/re2.h"

namespace quoth {

#define QUOTH_DAY "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
#define QUOTH_MONTH                                                        \
  "(?:January|February|March|April|May|June|July|August|September|October" \
  "|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)"
#define QUOTH_PART_OF_DAY "(?:morning|lunchtime|afternoon|evening|night|hours)"
#define QUOTH_NUMBER                                                       \
  "(?:(?:about|around|nearly|almost|more than|over|some|just|only) )?"     \
  "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|" \
  "several|a few|a couple of|few|many|a while|\\d+)"
#define QUOTH_UNIT \
  "(?:minutes?|hours?|days?|weeks?|weekends?|months?|years?|decades?)"

const RE2& DayPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b("
      "(?:(?:as of|late on|early on|earlier on|earlier|later "
      "on|later|on|by|since|"
      "until|late|early|before|after) )?"
      "(?:(?:last |this |next |that |this past ))?" QUOTH_DAY
      "(?:s\\b)?(?: (?:early |late )?" QUOTH_PART_OF_DAY
      ")?(?:,? (?:" QUOTH_MONTH " \\d{1,2}\\b|\\d{1,2} " QUOTH_MONTH
      "))?)"
      "(?:\\b|$)");
  return *pattern;
}

const RE2& DatePattern() {
  // "may" is a month only with a capital.
  static const RE2* const pattern = new RE2(
      "\\b((?:(?i:(?:as of|(?:back )?(?:on|in|by|since|until|during|late "
      "in|early "
      "in)) )?"
      "(?i:the )?(?:\\d{1,2}(?:st|nd|rd|th)?(?:-\\d{1,2})? (?:of )?" QUOTH_MONTH
      "|(?i:early |late |mid-)?" QUOTH_MONTH
      "(?: \\d{1,2}(?:st|nd|rd|th)?(?:-\\d{1,2})?\\b)?)(?:,? (?:of )?\\d{4}\\b"
      "| of (?:last|this) year)?))");
  return *pattern;
}

const RE2& YearPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b((?:back )?(?:in|since|by|until|from|during) (?:the )?(?:early "
      "|late |mid-)?(?:19|20)\\d\\ds?)\\b");
  return *pattern;
}

const RE2& RelativeTimePattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b("
      "(?:(?:just )?(?:earlier|later|late|early|back|at|on|in|over|for|within|"
      "during|throughout|only) )?(?:this very|this|last|next|that same|that|"
      "the same|the previous|the following|the past|the last) "
      "(?:few |couple of |two |three |four |five |six |several "
      "|" QUOTH_PART_OF_DAY
      " )?(?:weeks?|weekend|months?|years?|days?|summer|spring|autumn|fall|"
      "winter|century|half-time|time|moment|outset|" QUOTH_PART_OF_DAY
      "|" QUOTH_MONTH
      ")"
      "|(?:in|at|on|during|over|through|throughout) the (?:early |late )?"
      "(?:days?|weeks?|weekend|months?|summer|spring|autumn|fall|winter|time|"
      "moment|outset|end|start|beginning|" QUOTH_PART_OF_DAY
      "(?: hours)?)"
      "|" QUOTH_NUMBER " (?:" QUOTH_UNIT
      " )?(?:ago|later|earlier|before|afterwards?)"
      "|(?:just )?(?:moments|minutes|hours|days|weeks|months|years) "
      "(?:ago|later|earlier|before)"
      "|(?:these|those) days"
      "|(?:for|within|over|in|after) (?:the )?" QUOTH_NUMBER " " QUOTH_UNIT
      "|(?:within|in|for) (?:minutes|hours|days|weeks|months|years)"
      "|(?:earlier|later|late|early) (?:on )?(?:today|yesterday|tonight|in "
      "(?:the "
      "|his |her |their )?\\w+)"
      "|(?:as of |by |since |until |up to )?(?:yesterday(?: " QUOTH_PART_OF_DAY
      ")?|today|tonight|now)|overnight|all along|at half-time|at times"
      "|at (?:the|this|that|one) (?:time|point|moment)"
      "|(?:in|over|during) recent (?:days|weeks|months|years)"
      "|in the past|at first|so far|for decades|for the first time|"
      "(?:in|over|during) the (?:final|closing|first) (?:" QUOTH_UNIT
      "|minutes|hours)|the (?:day|morning|night) (?:after|before)"
      "|(?:at|by|around|about|at about|at around|shortly after|just after) "
      "(?:\\d{1,2}(?:[:.]\\d\\d)? ?(?:a\\.m\\.|p\\.m\\.|am\\b|pm\\b)"
      "|\\d{1,2}:\\d\\d)(?:(?: [A-Z]\\w+)* time)?(?: \\(\\d{4} [A-Z]+\\))?"
      "(?:,? (?:on )?(?:" QUOTH_DAY
      "|yesterday|today))?"
      ")(?:\\b|$)");
  return *pattern;
}

const RE2& TimeAdverbPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b(later|earlier|previously|recently|lately|afterwards?|once)\\b");
  return *pattern;
}

const RE2& StageAdverbPattern() {
  static const RE2* const pattern = new RE2(
      "(?i)\\b(now|then|originally|initially|subsequently|immediately|"
      "eventually|already)\\b");
  return *pattern;
}

#undef QUOTH_DAY
#undef QUOTH_MONTH
#undef QUOTH_PART_OF_DAY
#undef QUOTH_NUMBER
#undef QUOTH_UNIT

}  // namespace quoth
