// The frame of the page that HtmlRenderer fills: style, script and legend.
//
//   page = PageHead("Who said what: story.txt") + sections + PageFoot();

#ifndef QUOTH_CLIENT_PAGE_H_
#define QUOTH_CLIENT_PAGE_H_

#include <string>

namespace quoth::client {

// `escaped_title` is HTML already.
std::string PageHead(const std::string& escaped_title);
std::string PageFoot();

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_PAGE_H_
