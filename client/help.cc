#include "client/help.h"

namespace quoth::client {
namespace {

constexpr char kGeneral[] = R"(quoth: who said what in a news article

Usage:
  quoth extract [flags] FILE...   the claims of articles; - is standard input
  quoth info [flags]              what the server is and what it takes
  quoth help [COMMAND]            this text, or all about a command
  quoth --version

Quoth's server, quothd, does the work. This program sends it articles and shows
the answers.

Examples:
  quoth extract story.txt
  quoth extract --format=html story.txt > story.html
  quoth extract --format=jsonl stories/*.txt > claims.jsonl
)";

constexpr char kExtract[] = R"(quoth extract [flags] FILE...

Sends each file, a plain-text article in UTF-8, to the server and prints who
said what in it. The file - is standard input. Answers come in the order of the
files. A file that fails does not stop the others.

How the answers look:
  --format=text       for reading in a terminal (default)
  --format=json       the response as JSON; of several files one after another,
                      each with its name as articleId
  --format=jsonl      a line a file: {"file": ..., "response": ...} or
                      {"file": ..., "error": {"code": ..., "message": ...}}
  --format=html       one web page, the claims highlighted in the articles
  --color=auto        colour in text: auto (on a terminal, unless NO_COLOR is
                      set), always or never
  --encoding=utf32    what offsets in JSON count: utf8 (bytes), utf16 (code
                      units) or utf32 (code points, default)

What is asked for:
  --scope=reported    what counts as a claim: reported (speech, writing, stated
                      belief, findings, demands) or all (also inner states,
                      intentions and passives without a holder)
  --claim_types=...   only these, comma-separated: direct, indirect, mixed
  --acts=...          only these, comma-separated: statement, denial, criticism,
                      approval, directive, question, commitment, belief, other
  --min_confidence=0  only claims of at least this confidence, 0 to 1
  --context_sentences=0
                      sentences before and after each claim
  --language=en       the articles' language as a BCP 47 code; default: detected

Many articles, into a file that a later run goes on with:
  --out=FILE          a line of JSON for each article, in the order of the
                      answers: as --format=jsonl, {"file": ..., or {"id": ...
  --input_jsonl       the files hold an article a line: {"id": ..., "text": ...}
                      with another id each, a string of up to 4096 bytes or a
                      whole number below 2^53
  --resume            go on with the file of --out: what it answers is not asked
                      again, and a line that was torn is done anew
  --retry_errors      the same, and what failed is tried again
  --in_flight=0       articles in flight at a time; 0: what suits the server
A run may be ended at any time, and the server too: it is waited for as long as
--timeout says. Nothing is lost and no article has two lines. An article that
the server does not answer within --timeout, though it answers others, has an
error for its line.

How the server is called:
  --address=127.0.0.1:50051
                      where it listens
  --jobs=4            files in flight at a time, 1 to 256; not with --out
  --timeout=60s       the longest that one file may take, retries included
  --retries=4         how often a call is tried again while the server is not
                      there; 0: never, nor where it is overloaded
  --tls               over TLS; each of the next four implies it
  --ca=FILE           who may sign the server's certificate, in PEM; default: as
                      for the rest of the system
  --cert=FILE         a certificate of this client, in PEM, for a server that
                      asks for one,
  --key=FILE          and its key
  --server_name=NAME  the name in the server's certificate, if it is not that of
                      the address
  --token_file=FILE   the caller's token; without it, that of the environment
                      variable QUOTH_TOKEN, if there is one

Exit status: 0 if all went well, 1 if a file failed, 2 if the command line was
not understood.

Examples:
  quoth extract story.txt
  pandoc -t plain --wrap=none story.html | quoth extract -
  quoth extract --format=html --scope=all story.txt > story.html
  quoth extract --format=jsonl --jobs=8 stories/*.txt > claims.jsonl
  quoth extract --out=claims.jsonl --resume --input_jsonl articles.jsonl
  quoth extract --acts=denial,criticism --min_confidence=0.8 story.txt
  quoth extract --tls --address=quoth.example:443 --token_file=token story.txt
)";

constexpr char kInfo[] = R"(quoth info [flags]

Prints the server's version and model, the languages that the model reads, and
the limits of a request.

  --format=text       for reading (default), or json
  --address=127.0.0.1:50051
                      where the server listens
  --timeout=60s       the longest that it may take
  --retries=4         how often it is tried again
  --tls, --ca, --cert, --key, --server_name, --token_file
                      as in: quoth help extract
)";

}  // namespace

std::string HelpText(std::string_view command) {
  if (command == "extract") return kExtract;
  if (command == "info") return kInfo;
  return kGeneral;
}

std::string VersionText() { return "quoth " QUOTH_VERSION; }

}  // namespace quoth::client
