#include "tests/bench/articles.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace quoth {
namespace {

constexpr std::string_view kGivenNames[] = {
    "Martha", "Oliver", "Priya",  "Tomasz", "Helen",  "Samuel", "Ingrid",
    "Victor", "Amina",  "Daniel", "Laura",  "Kenji",  "Ruth",   "Stephen",
    "Elena",  "Marcus", "Fatima", "George", "Sophie", "Anton"};
constexpr std::string_view kSurnames[] = {
    "Hollis",   "Brandt",  "Okafor",   "Lindqvist", "Marsh",  "Petrov",
    "Delgado",  "Whitby",  "Sorensen", "Achebe",    "Kimura", "Fairfax",
    "Moreau",   "Castell", "Nowak",    "Ellery",    "Haddad", "Prentice",
    "Valdivia", "Thorne",  "Rourke",   "Sandoval",  "Okoye",  "Merriman"};
constexpr std::string_view kRoles[] = {"the mayor of the city",
                                       "a spokesman for the port authority",
                                       "the transport secretary",
                                       "a professor of public health",
                                       "the chief executive of the company",
                                       "a senator from the north",
                                       "the head of the teachers' union",
                                       "a lawyer for the families",
                                       "the director of the hospital",
                                       "the finance minister"};
constexpr std::string_view kPlaces[] = {
    "the harbour",         "the northern district",
    "the old market",      "the airport",
    "the river bridge",    "the university",
    "the industrial park", "the capital"};
constexpr std::string_view kDays[] = {"Monday",   "Tuesday", "Wednesday",
                                      "Thursday", "Friday",  "Sunday"};
constexpr std::string_view kBodies[] = {
    "the city council",          "the central bank",
    "the water company",         "the health ministry",
    "the steel workers' union",  "the regional court",
    "the national park service", "the electoral commission"};
constexpr std::string_view kFacts[] = {
    "the new line would open before the end of next year",
    "the cost of the repairs had risen to more than 40 million dollars",
    "most of the houses near the shore were no longer insured",
    "the talks with the unions were close to an agreement",
    "fewer patients had been waiting for an operation than a year ago",
    "the plan did not go far enough and came too late",
    "the figures published last month had been wrong from the beginning",
    "nobody had warned the residents of the flood",
    "the contract should never have been signed without a vote",
    "prices would stay high through the winter",
    "the school would be closed unless the money was found by March",
    "there was no evidence that the vote had been manipulated"};
constexpr std::string_view kQuotes[] = {
    "We have waited ten years for this, and we are not going to wait another",
    "This is a good day for everybody who has to travel in the morning",
    "I don't think that anyone in this room believes those numbers",
    "There is no plan, there is no money and there is no time",
    "It's a matter of trust, and trust is hard to win back",
    "You cannot ask people to pay twice for the same mistake",
    "We were told that it was safe. It wasn't",
    "Nothing has been decided, but everything is on the table",
    "If the rain goes on like this, the lower town will be under water",
    "My job is to make sure that it never happens again"};
constexpr std::string_view kScraps[] = {"a serious failure", "deeply unfair",
                                        "the wrong signal",  "a step forward",
                                        "out of control",    "an old story"};

// {N} a person by the full name, {L} the same or an earlier one by the surname,
// {R} a role, {B} a body, {F} a fact, {Q} a quotation, {S} a scrap, {P} a
// place, {D} a day.
constexpr std::string_view kClaims[] = {
    "{N}, {R}, said on {D} that {F}.",
    "“{Q},” {L} said.",
    "{L} told reporters at {P} that {F}, and called the decision “{S}”.",
    "“{Q},” said {N}, {R}. “{Q}.”",
    "According to {B}, {F}.",
    "{L} denied that {F}.",
    "Asked about {P}, {L} said: “{Q}.”",
    "He added that {F}.",
    "She warned in an interview with a local newspaper that {F}.",
    "{B} announced on {D} that {F}, but {L} criticised it as “{S}”.",
    "A report by {B} found that {F}."};
constexpr std::string_view kTelling[] = {
    "The crowd at {P} grew through the afternoon, and by the evening several "
    "streets were closed to traffic.",
    "Work on {P} began in 2019 and has been delayed four times since, most "
    "recently by a strike of the crane drivers.",
    "The vote on {D} was postponed after two members left the room.",
    "Three of the five bridges across the river are more than ninety years "
    "old, and one of them carries twenty thousand cars a day.",
    "{L} was elected in 2021 with a narrow majority and has governed with the "
    "support of two smaller parties.",
    "At {P}, the lights went out shortly after nine o'clock and came back "
    "only in the morning.",
    "The case will be heard again on {D}, in a smaller room and without the "
    "public.",
    "{B} has 1,200 employees and an annual budget of about 90 million "
    "dollars, most of which goes to maintenance.",
    "Last year 14 percent of the households in the region had no broadband "
    "connection, down from 22 percent in 2020."};

// The same of words of four letters at most, but for days: {K} a surname.
constexpr std::string_view kShortNames[] = {
    "Lee", "Kim", "Fox", "Cox", "Day", "Fry", "Ray", "Poe", "Hall", "Nash"};
constexpr std::string_view kShortClaims[] = {
    "{K} said on {D} that it was far too late to do it.",
    "“We had no way to know it at the time,” {K} said.",
    "He said that the old deal was at an end.",
    "“It is up to us now,” said {K}, “and we all know it.”"};
constexpr std::string_view kShortTelling[] = {
    "It was the end of a long day in the old port, and the rain did not stop.",
    "The men had to go back to the top of the hill to get the cart.",
    "At noon the bus to the sea was full, so some had to wait for the next.",
    "By the end of the week the road was shut, and no one got in or out."};

class Writer {
 public:
  explicit Writer(uint32_t seed) : state_(seed * 2654435761u + 12345u) {
    for (Person& person : people_) {
      person = {Pick(kGivenNames), Pick(kSurnames)};
    }
  }

  std::string Headline() {
    return Fill("{L} says " + std::string(Pick(kFacts)));
  }

  std::string Sentence() {
    // Four in ten tell what somebody said: a claim for every 39 words.
    return Fill(Below(10) < 4 ? Pick(kClaims) : Pick(kTelling));
  }

  std::string ShortWords() {
    // As many claims a word as above.
    return Fill(Below(10) < 4 ? Pick(kShortClaims) : Pick(kShortTelling));
  }

  uint32_t Below(uint32_t bound) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<uint32_t>((uint64_t{state_} * bound) >> 32);
  }

 private:
  struct Person {
    std::string_view given, surname;
  };

  template <size_t n>
  std::string_view Pick(const std::string_view (&of)[n]) {
    return of[Below(n)];
  }

  std::string Value(char name) {
    Person& person = people_[Below(people_.size())];
    switch (name) {
      case 'N':
        // Over a long text people come and go.
        if (Below(4) == 0) person = {Pick(kGivenNames), Pick(kSurnames)};
        return std::string(person.given) + " " + std::string(person.surname);
      case 'L':
        return std::string(person.surname);
      case 'R':
        return std::string(Pick(kRoles));
      case 'B':
        return std::string(Pick(kBodies));
      case 'F':
        return std::string(Pick(kFacts));
      case 'Q':
        return std::string(Pick(kQuotes));
      case 'K':
        return std::string(Pick(kShortNames));
      case 'S':
        return std::string(Pick(kScraps));
      case 'P':
        return std::string(Pick(kPlaces));
      default:
        return std::string(Pick(kDays));
    }
  }

  std::string Fill(std::string_view pattern) {
    std::string out;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != '{') {
        out += pattern[i];
        continue;
      }
      out += Value(pattern[i + 1]);
      i += 2;
    }
    if (out[0] >= 'a' && out[0] <= 'z') out[0] -= 'a' - 'A';
    return out;
  }

  uint32_t state_;
  std::array<Person, 6> people_;
};

}  // namespace

int CountWords(std::string_view text) {
  bool between = true;
  int words = 0;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (between && !space) ++words;
    between = space;
  }
  return words;
}

std::string MakeArticle(int words, uint32_t seed, Paragraphs paragraphs) {
  Writer writer(seed);
  std::string article = writer.Headline();
  int written = CountWords(article);
  article += paragraphs == Paragraphs::kOne ? ". " : "\n\n";
  while (written < words) {
    const uint32_t sentences = 1 + writer.Below(3);
    for (uint32_t i = 0; i < sentences && written < words; ++i) {
      const std::string sentence = writer.Sentence();
      written += CountWords(sentence);
      article += sentence;
      article += ' ';
    }
    if (paragraphs == Paragraphs::kShort) article.back() = '\n';
  }
  article.pop_back();
  return article;
}

std::string MakeShortWords(size_t bytes, uint32_t seed, Paragraphs paragraphs) {
  Writer writer(seed);
  std::string article;
  while (article.size() < bytes) {
    const uint32_t sentences = 1 + writer.Below(3);
    for (uint32_t i = 0; i < sentences; ++i)
      article += writer.ShortWords() + ' ';
    if (paragraphs == Paragraphs::kShort) article.back() = '\n';
  }
  article.resize(bytes);
  // A mark that was cut through would not be UTF-8.
  for (size_t i = bytes; i > 0 && (article[i - 1] & 0x80) != 0; --i) {
    article[i - 1] = '.';
  }
  return article;
}

std::string OrdinaryArticle(int index) {
  // The extremes, the quartiles and what is between them.
  constexpr int kWords[] = {224, 321, 341, 353, 420, 451, 474, 505, 633};
  return MakeArticle(kWords[index % std::size(kWords)],
                     static_cast<uint32_t>(index));
}

std::vector<std::string> OrdinaryArticles(int count) {
  std::vector<std::string> articles;
  for (int i = 0; i < count; ++i) articles.push_back(OrdinaryArticle(i));
  return articles;
}

}  // namespace quoth
