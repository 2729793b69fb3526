#include "client/html_renderer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/answers.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Article(const Outcome& outcome) {
  return HtmlRenderer({outcome.file}).Article(outcome);
}

std::string Page(const Outcome& outcome) {
  const HtmlRenderer renderer({outcome.file});
  return renderer.Begin() + renderer.Article(outcome) + renderer.End();
}

// How often `what` occurs.
int Count(const std::string& where, const std::string& what) {
  int count = 0;
  for (size_t at = where.find(what); at != std::string::npos;
       at = where.find(what, at + what.size())) {
    ++count;
  }
  return count;
}

TEST(EscapeHtmlTest, NothingIsLeftThatHtmlWouldRead) {
  EXPECT_EQ(EscapeHtml("<a b='c' d=\"e\">&amp;\n\x1b\x7f\té"),
            "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;&#10;\uFFFD\uFFFD"
            "\té");
}

TEST(HtmlRendererTest, MarksContentSourceAndCue) {
  ResponseBuilder b("“Yes,” Lee said.");
  b.Speaker("Kim Lee", "minister");
  b.Claim({"Yes,"}, "said", "Lee", "s1");
  const std::string html = Article(b.Finish());
  EXPECT_THAT(
      html,
      HasSubstr("<p id=\"a1-l1\" dir=\"auto\">“<span class=\"at\" "
                "id=\"a1-c1\"></span>"
                "<mark class=\"said direct\" data-c=\"a1-c1\" data-s=\"s1\" "
                "data-tip=\"Kim Lee · “said” · direct statement · 97 %\" "
                "tabindex=\"0\">Yes,</mark>” "
                "<mark class=\"source\" data-c=\"a1-c1\" data-s=\"s1\" "));
  EXPECT_THAT(html, HasSubstr(">Lee</mark> <mark class=\"cue\""));
  EXPECT_THAT(html, HasSubstr("<article lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("1 claim by 1 speaker · test 1"));
}

TEST(HtmlRendererTest, NestedClaimsShareTheirWords) {
  ResponseBuilder b("X said Y denied Z.");
  b.Speaker("X");
  b.Speaker("Y");
  b.Claim({"Y denied Z"}, "said", "X", "s1");
  b.Claim({"Z"}, "denied", "Y", "s2").set_realis(v1::REALIS_NEGATED);
  const std::string html = Article(b.Finish());
  EXPECT_THAT(html, HasSubstr("class=\"said direct nested unsaid\" "
                              "data-c=\"a1-c1 a1-c2\" data-s=\"s1 s2\""));
  EXPECT_THAT(html, HasSubstr("direct statement · 97 %&#10;Y · did NOT say"));
  EXPECT_THAT(html, HasSubstr("data-unsaid=\"did NOT say\""));
  EXPECT_EQ(Count(html, "data-unsaid=\"did"), 1);
  EXPECT_THAT(html, HasSubstr("class=\"said direct source\""));
  EXPECT_EQ(Count(html, "<mark"), Count(html, "</mark>"));
}

TEST(HtmlRendererTest, SpeakersAreListedWithTheirClaimsMostFirst) {
  ResponseBuilder b("a b c d");
  b.Speaker("Once");
  b.Speaker("Twice", "R&D chief");
  b.Claim({"a"}, "", "", "s1");
  b.Claim({"b"}, "", "", "s2");
  b.Claim({"c"}, "", "", "s2");
  b.Claim({"d"}, "", "", "");
  const std::string html = Article(b.Finish());
  EXPECT_THAT(html, HasSubstr("<b>Twice</b> <span class=\"count\">2</span>"
                              "<small>person · R&amp;D chief</small>"));
  EXPECT_LT(html.find("<b>Twice</b>"), html.find("<b>Once</b>"));
  EXPECT_LT(html.find("<b>Once</b>"), html.find("<b>Unknown speaker</b>"));
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(Count(html, absl::StrCat("href=\"#a1-c", i, "\"")), 1);
    EXPECT_EQ(Count(html, absl::StrCat("id=\"a1-c", i, "\"")), 1);
  }
}

TEST(HtmlRendererTest, EverythingFromOutsideIsEscaped) {
  const std::string evil = "\"><script>alert('x')</script>&";
  ResponseBuilder b(evil);
  b.Speaker(evil, evil).set_speaker_id(evil);
  b.Claim({evil}, evil, evil, evil);
  b.response().set_model_version(evil);
  b.response().set_language_code(evil);
  b.response().add_notices()->set_message(evil);
  const std::string html = Page(b.Finish(evil));
  EXPECT_EQ(Count(html, "<script>"), 1);  // The page's own.
  EXPECT_THAT(html, Not(HasSubstr("\"><script>alert")));
  EXPECT_THAT(html, Not(HasSubstr("alert('x')")));

  Outcome failed;
  failed.file = evil;
  failed.response = absl::NotFoundError(evil);
  EXPECT_THAT(Article(failed), Not(HasSubstr("<script>")));
}

TEST(HtmlRendererTest, NoticesThatSayTheSameAreOneWithLinksToTheLines) {
  ResponseBuilder b("a\n\n“b\n“c d “e");
  for (const char* place : {"“c", "“b", "“e"}) {
    v1::Notice& notice = *b.response().add_notices();
    notice.set_message("never closed");
    *notice.mutable_span() = b.Find(place);
  }
  b.response().add_notices()->set_message("about all");
  const std::string html = Article(b.Finish());
  EXPECT_THAT(html, HasSubstr("<p class=\"notice\">never closed (<a "
                              "href=\"#a1-l3\">line 3</a>, <a "
                              "href=\"#a1-l4\">line 4</a>)</p>\n"
                              "<p class=\"notice\">about all</p>\n"));
  EXPECT_EQ(Count(html, "id=\"a1-l4\""), 1);
}

TEST(HtmlRendererTest, ThePageRefersToNothingOutside) {
  ResponseBuilder b("“Yes,” Lee said.");
  b.Claim({"Yes,"}, "said", "Lee", "");
  const std::string html = Page(b.Finish());
  EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(html, HasSubstr("name=\"viewport\""));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (const char* outside : {"http:", "https:", "src=", "@import", "url(",
                              "<link", "<iframe", "fetch("}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

TEST(HtmlRendererTest, SeveralFilesHaveAListAndFailuresASection) {
  const HtmlRenderer renderer({"a.txt", "b<.txt"});
  EXPECT_THAT(renderer.Begin(),
              HasSubstr("<li><a href=\"#a2\">b&lt;.txt</a></li>"));
  Outcome failed;
  failed.index = 1;
  failed.file = "b<.txt";
  failed.response = absl::NotFoundError("gone");
  const std::string html = renderer.Article(failed);
  EXPECT_THAT(html, HasSubstr("id=\"a2\""));
  EXPECT_THAT(html, HasSubstr("gone (NOT_FOUND)"));
}

}  // namespace
}  // namespace quoth::client
