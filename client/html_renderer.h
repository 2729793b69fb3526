// Claims on a web page: the articles with their claims highlighted, and who
// made them in a list beside. The page is complete in itself and works without
// its script, which only adds the highlighting of one speaker's claims.
//
//   HtmlRenderer renderer({"story.txt"});
//   page = renderer.Begin() + renderer.Article(outcome) + renderer.End();

#ifndef QUOTH_CLIENT_HTML_RENDERER_H_
#define QUOTH_CLIENT_HTML_RENDERER_H_

#include <string>
#include <string_view>
#include <vector>

#include "client/renderer.h"

namespace quoth::client {

// Wants offsets in UTF-8.
class HtmlRenderer : public Renderer {
 public:
  // `files` as on the command line.
  explicit HtmlRenderer(std::vector<std::string> files)
      : files_(std::move(files)) {}

  std::string Begin() const override;
  std::string End() const override;
  std::string Article(const Outcome& outcome) const override;

 private:
  std::vector<std::string> files_;
};

// `text` as the content of an element or of a quoted attribute. Control
// characters, which HTML forbids, become U+FFFD.
std::string EscapeHtml(std::string_view text);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_HTML_RENDERER_H_
