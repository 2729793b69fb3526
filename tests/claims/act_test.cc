#include "server/claims/act.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "server/claims/claim.h"
#include "server/claims/cue_lexicon.h"

namespace quoth {
namespace {

struct Case {
  const char* cue;
  const char* next;
  Act act;
  Realis realis = Realis::kActual;
};

TEST(ActTest, FollowsTheCue) {
  const Case kCases[] = {
      {"", "", Act::kStatement},
      {"said", "that", Act::kStatement},
      {"according to", "", Act::kStatement},
      {"has denied", "", Act::kDenial},
      {"rejected", "", Act::kDenial},
      {"ruled out", "", Act::kDenial},
      {"has vigorously criticised", "", Act::kCriticism},
      {"criticism", "", Act::kCriticism},
      {"accusing", "", Act::kCriticism},
      {"lashed out at", "", Act::kCriticism},
      {"issued statements praising", "", Act::kApproval},
      {"endorses", "", Act::kApproval},
      {"called for", "", Act::kDirective},
      {"calls", "for", Act::kDirective},
      {"called", "him", Act::kStatement},
      {"called on", "to", Act::kDirective},
      {"urged", "to", Act::kDirective},
      {"asked", "whether", Act::kQuestion},
      {"asked", "to", Act::kDirective},
      {"wondered", "if", Act::kQuestion},
      {"agreed", "to", Act::kCommitment},
      {"agreed", "that", Act::kApproval},
      {"pledged", "to", Act::kCommitment},
      {"has repeatedly promised", "", Act::kCommitment},
      {"believe", "", Act::kBelief},
      {"was confident", "", Act::kBelief},
      {"thought", "", Act::kBelief},
      {"apologised", "", Act::kOther},
      {"frobnicated", "", Act::kOther},
      {"asked", "the council to act", Act::kDirective},
      {"asked", "what to do", Act::kQuestion},
      {"declined", "to comment", Act::kStatement},
      {"pressed", "", Act::kQuestion},
      {"pressed for", "", Act::kDirective},
      {"warned", "against", Act::kDirective},
      {"warned", "that", Act::kStatement},
      {"warned", "that they have to go", Act::kStatement},
      {"pressed", "about his failure to appear", Act::kQuestion},
      {"took aim at", "", Act::kCriticism},
      {"plans", "to build", Act::kCommitment},
      {"wants", "to build", Act::kBelief},
      {"wanted to say", "", Act::kStatement},
      {"offered an apology", "", Act::kOther},
      {"is seizing on", "", Act::kOther},
      {"in the eyes of", "", Act::kStatement},
      {"is sceptical of", "", Act::kBelief},
      {"was known as", "", Act::kStatement},
      {"is known", "that", Act::kBelief},
      {"went after", "", Act::kCriticism},
      {"allegedly", "", Act::kStatement},
      {"ruled", "that they won", Act::kStatement},
      {"has determined", "that they won", Act::kStatement},
      {"is determined", "to win", Act::kCommitment},
      {"agreed", "not to act", Act::kCommitment},
      {"debated", "whether to act", Act::kQuestion},
      {"demanded", "how they won", Act::kQuestion},
      {"demanded", "a recount", Act::kDirective},
      {"has raised concerns", "about it", Act::kCriticism},
      // What is expressed is the act.
      {"expressed", "their support for her", Act::kApproval},
      {"voiced", "opposition to it", Act::kCriticism},
      {"expressed", "no regret for it", Act::kOther},
      {"expressed", "that they won", Act::kStatement},
      // Doubt, unlike a question.
      {"questioned", "the ruling", Act::kCriticism},
      {"questioned", "whether they won", Act::kQuestion},
      {"questioned", "Lee about it", Act::kQuestion},
      {"was questioned", "the day before", Act::kQuestion},
      {"can be heard saying", "", Act::kStatement},
      {"heard", "that they won", Act::kBelief},
  };
  for (const Case& c : kCases) {
    CueReading cue;
    if (*c.cue) cue.words = absl::StrSplit(c.cue, ' ');
    if (*c.next) cue.content = absl::StrSplit(c.next, ' ');
    EXPECT_EQ(ClassifyAct(cue), c.act) << c.cue << " | " << c.next;
  }
}

TEST(ActTest, FollowsWhatStandsInForTheCue) {
  CueReading cue;
  cue.asks = true;
  EXPECT_EQ(ClassifyAct(cue), Act::kQuestion);  // As in an interview.
  cue.words = {"said"};
  EXPECT_EQ(ClassifyAct(cue), Act::kStatement);
  cue.words = {"to"};  // "To many, it was a loss."
  cue.source = {"many"};
  EXPECT_EQ(ClassifyAct(cue), Act::kBelief);
}

TEST(ActTest, AnUnknownVerbBesideAQuotationIsSpeech) {
  CueReading cue;
  cue.words = {"frobnicated"};
  cue.quoted = true;
  EXPECT_EQ(ClassifyAct(cue), Act::kStatement);
}

TEST(RealisTest, FollowsWhatStandsAround) {
  struct Case {
    std::vector<std::string> before, source, cue;
    Realis realis;
  };
  const Case kCases[] = {
      {{"if"}, {"anyone"}, {"wonders"}, Realis::kHypothetical},
      {{"and"}, {"anyone"}, {"wonders"}, Realis::kActual},
      {{}, {"nobody"}, {"said"}, Realis::kNegated},
      {{}, {"neither", "side"}, {"has", "said"}, Realis::kNegated},
      {{}, {"i"}, {"want", "to", "say"}, Realis::kActual},
      {{}, {"reed"}, {"wants", "to", "say"}, Realis::kHypothetical},
      {{}, {"reed"}, {"made", "no", "secret", "of"}, Realis::kActual},
      {{}, {"reed"}, {"never", "tired", "of", "saying"}, Realis::kActual},
      {{}, {"reed"}, {"never", "said"}, Realis::kNegated},
      {{}, {"reed"}, {"may", "not", "say"}, Realis::kHypothetical},
      {{}, {"reed"}, {"would", "not", "say"}, Realis::kNegated},
      {{}, {"reed"}, {"should", "not", "have", "said"}, Realis::kActual},
      {{}, {"reed"}, {"barely", "mentioned"}, Realis::kNegated},
      {{"nor", "did"}, {"reed"}, {"mention"}, Realis::kNegated},
  };
  for (const Case& c : kCases) {
    CueReading cue;
    cue.words = c.cue;
    cue.source = c.source;
    cue.before = c.before;
    EXPECT_EQ(ClassifyRealis(cue), c.realis)
        << c.source.back() << " " << c.cue.back();
  }
}

TEST(RealisTest, FollowsTheCue) {
  const Case kCases[] = {
      {"", "", Act::kStatement},
      {"said", "", Act::kStatement},
      {"has said", "", Act::kStatement},
      {"did not say", "", Act::kStatement, Realis::kNegated},
      {"didn't mention", "", Act::kStatement, Realis::kNegated},
      {"has never told", "", Act::kStatement, Realis::kNegated},
      {"has yet to confirm", "", Act::kStatement, Realis::kNegated},
      {"declined to comment", "", Act::kStatement, Realis::kNegated},
      {"refused to confirm", "", Act::kStatement, Realis::kNegated},
      {"failed to disclose", "", Act::kStatement, Realis::kNegated},
      {"could not comment", "", Act::kStatement, Realis::kNegated},
      {"refused to endorse", "", Act::kApproval, Realis::kNegated},
      {"would say", "", Act::kStatement, Realis::kHypothetical},
      {"will announce", "", Act::kStatement, Realis::kHypothetical},
      {"they 'll say", "", Act::kStatement, Realis::kHypothetical},
      {"is expected to announce", "", Act::kStatement, Realis::kHypothetical},
      {"planned to endorse", "", Act::kApproval, Realis::kHypothetical},
      {"expected", "", Act::kBelief},
      {"declined", "to comment", Act::kStatement, Realis::kNegated},
      {"are keen to emphasise", "", Act::kStatement, Realis::kHypothetical},
      // A wish for itself, whatever it is that is wished.
      {"are keen", "to emphasise", Act::kBelief},
      {"wants", "to declare", Act::kBelief},
      {"sought to clarify", "", Act::kStatement},
      {"refused", "", Act::kDenial},
      // A refusal of deeds, not of words.
      {"refused", "to reconsider", Act::kDenial},
      {"refused to reconsider", "", Act::kDenial},
      {"denied", "", Act::kDenial},
  };
  for (const Case& c : kCases) {
    CueReading cue;
    if (*c.cue) cue.words = absl::StrSplit(c.cue, ' ');
    if (*c.next) cue.content = absl::StrSplit(c.next, ' ');
    EXPECT_EQ(ClassifyRealis(cue), c.realis) << c.cue;
    EXPECT_EQ(ClassifyAct(cue), c.act) << c.cue;
  }
}

TEST(CueLexiconTest, FindsInflections) {
  const std::pair<const char*, const char*> kForms[] = {
      {"denies", "deny"},
      {"denied", "deny"},
      {"denying", "deny"},
      {"admitted", "admit"},
      {"urging", "urge"},
      {"criticised", "criticise"},
      {"criticizing", "criticize"},
      {"said", "say"},
      {"slams", "slam"},
      {"accusations", "accusation"},
      {"told", "tell"},
      {"pressed", "press"},
      {"vowed", "vow"},
      {"believes", "believe"}};
  for (const auto& [form, lemma] : kForms) {
    const auto found = FindCueLemma(form);
    ASSERT_TRUE(found.has_value()) << form;
    EXPECT_EQ(found->lemma, lemma) << form;
  }
  EXPECT_FALSE(FindCueLemma("").has_value());
  EXPECT_FALSE(FindCueLemma("s").has_value());
  EXPECT_FALSE(FindCueLemma("table").has_value());
}

// Of a megabyte, asked for as often as an article of "said now" might.
TEST(CueLexiconTest, ALongWordIsInNoList) {
  const std::string word = std::string(1 << 20, 'a') + "ed";
  for (int i = 0; i < 200000; ++i) {
    ASSERT_EQ(FindCueLemma(word), std::nullopt);
    ASSERT_FALSE(IsRefusal(word));
  }
}

}  // namespace
}  // namespace quoth
