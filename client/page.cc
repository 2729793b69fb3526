#include "client/page.h"

#include "absl/strings/str_cat.h"

namespace quoth::client {
namespace {

// Roles differ in shape as well as in colour: words have a ground, sources a
// line below, cues a dotted one, and what was not said a dashed frame. All
// pairs of text and ground keep a contrast of at least 4.5 : 1.
constexpr char kStyle[] = R"(
:root { color-scheme: light dark;
  --page: #fbfaf7; --panel: #ffffff; --text: #1c1b19; --dim: #5d5a53;
  --line: #dad6cc; --said: #ffe28a; --indirect: #fff1c4; --nested: #ffd166;
  --on: #ffb938; --source: #0e4c96; --cue: #853705; --warning: #a1260d; }
@media (prefers-color-scheme: dark) { :root {
  --page: #171614; --panel: #211f1c; --text: #ece8df; --dim: #a8a297;
  --line: #3d3a34; --said: #4c3c0c; --indirect: #352e17; --nested: #5c480e;
  --on: #6a5100; --source: #abd1ff; --cue: #ffc59c; --warning: #ff9b85; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.25rem 7rem;
  background: var(--page); color: var(--text);
  font: 1.0625rem/1.65 Georgia, "Times New Roman", serif; }
h1, h2, h3, nav, aside, .legend, .notice, header p, mark::after {
  font-family: system-ui, sans-serif; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .5rem 0;
  overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: .95rem; margin: 0 0 .5rem; }
a { color: var(--source); }
header p, .legend { font-size: .875rem; margin: .25rem 0; }
header p { color: var(--dim); }
.legend mark { margin-right: .75rem; white-space: nowrap; }
nav ol { font-size: .9rem; columns: 16rem; padding-left: 1.5rem; }
.article { border-top: 1px solid var(--line); margin-top: 1.25rem;
  padding-top: 1rem; }
.notice { border-left: 4px solid var(--warning); background: var(--panel);
  font-size: .9rem; margin: .75rem 0; padding: .5rem .75rem; }
article { max-width: 44rem; overflow-wrap: break-word; }
article p { margin: 0 0 1em; scroll-margin-top: 30vh; }
article p:target { border-left: 4px solid var(--warning); margin-left: -1rem;
  padding-left: calc(1rem - 4px); }
aside { font-size: .9rem; line-height: 1.45; }
.speaker { border-top: 1px solid var(--line); }
.speaker summary { cursor: pointer; padding: .5rem 0; }
.speaker[open] summary b { background: var(--on); }
.speaker small { color: var(--dim); display: block; font-size: .8125rem;
  padding-left: 1.05rem; }
.count { background: var(--line); border-radius: 1em; font-size: .8rem;
  padding: .1em .6em; }
.speaker ol { margin: 0 0 .75rem; padding-left: 1.5rem; }
.speaker li { margin: .3rem 0; }
.speaker a { color: inherit; text-decoration-color: var(--dim); }
.warning { color: var(--warning); font-style: normal; font-weight: 700; }
mark { background: none; color: inherit; border-radius: .15em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.said { background: var(--said); padding: .08em 0; }
mark.indirect { background: var(--indirect); }
mark.nested { background: var(--nested); }
mark.unsaid { background: none; outline: 1px dashed var(--warning); }
mark[data-unsaid]::before { content: "[" attr(data-unsaid) "] ";
  color: var(--warning); font-size: .8em; font-weight: 700; }
mark.source { color: var(--source); font-weight: 600;
  border-bottom: 2px solid var(--source); }
mark.cue { color: var(--cue); border-bottom: 2px dotted var(--cue); }
mark[data-tip] { cursor: help; }
mark.said.on, mark.said:hover, mark.said:focus, mark.same,
.at:target + mark, .at:target + .at + mark { background: var(--on);
  outline: 1px solid var(--dim); }
mark:focus { outline: 2px solid var(--source); }
.at { scroll-margin-top: 30vh; }
mark[data-tip]:hover::after, mark[data-tip]:focus::after {
  content: attr(data-tip); white-space: pre-line; position: fixed; z-index: 1;
  left: 50%; bottom: 1rem; transform: translateX(-50%); width: max-content;
  max-width: min(44rem, calc(100vw - 2rem)); padding: .6rem .9rem;
  background: var(--text); color: var(--page); border-radius: .5rem;
  font-size: .9rem; font-weight: 400; line-height: 1.4; }
mark[data-tip]:hover::after { z-index: 2; }
@media (min-width: 56rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 21rem;
    gap: 2.5rem; margin-top: 1rem; }
  aside { grid-column: 2; grid-row: 1; position: sticky; top: 1rem;
    max-height: calc(100vh - 2rem); overflow-y: auto; align-self: start; }
  article { grid-column: 1; grid-row: 1; } }
@media (max-width: 55.99rem) {
  aside { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0;
    max-height: 40vh; overflow-y: auto; padding: .75rem; } }
@media print { aside { display: none; } body { padding: 0; } }
)";

// Opening a speaker's entry highlights that speaker's claims; pointing at a
// piece of a claim highlights its other pieces.
constexpr char kScript[] = R"(
for (const section of document.querySelectorAll('.article')) {
  const marks = [...section.querySelectorAll('mark[data-s]')];
  const speakers = [...section.querySelectorAll('details.speaker')];
  const pick = () => {
    const open = new Set(
        speakers.filter(d => d.open).map(d => d.dataset.s));
    for (const m of marks) {
      m.classList.toggle('on', m.dataset.s.split(' ').some(s => open.has(s)));
    }
  };
  for (const d of speakers) d.addEventListener('toggle', pick);
  const point = claims => {
    for (const m of marks) {
      m.classList.toggle('same', m.matches('.said') &&
          m.dataset.c.split(' ').some(c => claims.includes(c)));
    }
  };
  for (const m of marks) {
    const claims = m.dataset.c.split(' ');
    m.addEventListener('mouseenter', () => point(claims));
    m.addEventListener('mouseleave', () => point([]));
  }
}
)";

// Nothing but the page itself may be loaded or run.
constexpr char kPolicy[] =
    "default-src 'none'; style-src 'unsafe-inline'; script-src "
    "'unsafe-inline'; base-uri 'none'; form-action 'none'";

constexpr char kLegend[] =
    "<p class=\"legend\"><mark class=\"said direct\">quotation</mark>"
    "<mark class=\"said indirect\">reported words</mark>"
    "<mark class=\"source\">source</mark><mark class=\"cue\">cue</mark>"
    "<mark class=\"said unsaid\">not said, or not yet</mark></p>\n";

}  // namespace

std::string PageHead(const std::string& escaped_title) {
  return absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"",
      kPolicy,
      "\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>",
      escaped_title, "</title>\n<style>", kStyle,
      "</style>\n</head>\n<body>\n<h1>", escaped_title, "</h1>\n", kLegend);
}

std::string PageFoot() {
  return absl::StrCat("<script>", kScript, "</script>\n</body>\n</html>\n");
}

}  // namespace quoth::client
