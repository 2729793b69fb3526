#include "server/text/language.h"

#include <gtest/gtest.h>

#include <string>

namespace quoth {
namespace {

using std::string_literals::operator""s;

TEST(DetectLanguageTest, KnowsEnglish) {
  for (const char* text :
       {"\"We are close,\" Antony Blinken said.",
        "“We are close,” he told reporters on Tuesday.",
        "Talks will continue, the minister said.",
        "The governor, who has denied the claim, will not stand again."}) {
    EXPECT_EQ(DetectLanguage(text), "en") << text;
  }
}

TEST(DetectLanguageTest, NeverRefusesAShortEnglishText) {
  for (const char* text :
       {"", " ", "Yes.", "\"No,\" he said.", "Blinken: \"Close.\"",
        "MTV 'sleaze' attacked", "Liverpool 2-1 Chelsea", "NEW YORK (AP)",
        "Nicolas Sarkozy, François Hollande, Ségolène Royal et al.",
        "1234 5678 !!!"}) {
    const std::string code = DetectLanguage(text);
    EXPECT_TRUE(code == "en" || code == "und") << text << " is " << code;
  }
}

TEST(DetectLanguageTest, KnowsOtherLanguages) {
  struct Case {
    const char* code;
    const char* text;
  };
  for (const Case& c : {
           Case{"fr",
                "Le ministre a déclaré mardi que le gouvernement ne changerait "
                "pas sa politique, malgré les critiques de l'opposition."},
           Case{"de",
                "Der Minister sagte am Dienstag, die Regierung werde ihre "
                "Politik trotz der Kritik der Opposition nicht ändern."},
           Case{"es",
                "El ministro dijo el martes que el gobierno no cambiará su "
                "política, a pesar de las críticas de la oposición."},
           Case{"fa", "وزیر خارجه گفت که مذاکرات ادامه خواهد یافت"},
           Case{"ru", "Министр заявил, что переговоры продолжатся."},
           Case{"zh", "外交部发言人说，谈判将继续进行。"},
           Case{"he", "השר אמר ביום שלישי שהשיחות יימשכו"},
       }) {
    EXPECT_EQ(DetectLanguage(c.text), c.code);
  }
}

TEST(DetectLanguageTest, ReadsTheBeginningOfALongText) {
  std::string text;
  while (text.size() < 3 * kMaxDetectionBytes) {
    text += "Talks will continue, the minister said. ";
  }
  EXPECT_EQ(DetectLanguage(text), "en");
  // The limit falls inside a character.
  EXPECT_EQ(DetectLanguage(std::string(kMaxDetectionBytes - 1, ' ') + "é"),
            "und");
}

TEST(DetectLanguageTest, TakesControlCharacters) {
  EXPECT_EQ(DetectLanguage("Talks will\0continue, the minister\0said."s), "en");
  EXPECT_EQ(DetectLanguage(std::string(100, '\0')), "und");
}

TEST(IsLanguageCodeTest, KnowsTheForm) {
  for (const char* code : {"en", "EN", "en-GB", "zh-Hant-TW", "und",
                           "x-klingon", "sl-rozaj-biske-1994"}) {
    EXPECT_TRUE(IsLanguageCode(code)) << code;
  }
  for (const char* code :
       {"", "-", "en-", "-en", "en--GB", "en_GB", "english language", "e n",
        "abcdefghi", "é", "en\n", "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s"}) {
    EXPECT_FALSE(IsLanguageCode(code)) << code;
  }
}

TEST(IsSupportedLanguageTest, EnglishOnly) {
  for (const char* code : {"en", "EN", "en-GB", "en-Latn-US", "En-us"}) {
    EXPECT_TRUE(IsSupportedLanguage(code)) << code;
  }
  for (const char* code :
       {"", "und", "fr", "eng", "e", "enm", "en_GB", "en-"}) {
    EXPECT_FALSE(IsSupportedLanguage(code)) << code;
  }
}

}  // namespace
}  // namespace quoth
