#!/usr/bin/env python3
"""News articles of many kinds with claims, REPORTED, to learn from beside the
gold files: text from public repositories, annotations from open_news.jsonl.

    git clone https://github.com/vanatteveldt/wikinews
    git clone https://github.com/scrapinghub/article-extraction-benchmark
    git clone https://github.com/fhamborg/Giveme5W1H
    tools/train/open_news.py wikinews article-extraction-benchmark Giveme5W1H \\
        --out=news_more.jsonl --held_out=news_more_dev.jsonl

Of open_news.jsonl each line has an article: its key (a URL, or a path in its
repository), the CRC-32 of its text and the claims after the gold files'
scheme, with spans as [begin, end) in code points where those have text. The
texts are their publishers' (Wikinews: CC BY 2.5) and stay where they are. An
article whose text is not there any more, or is another one, is left out and
counted. One article in ten is held out, to measure on.
"""

import argparse
import csv
import json
import pathlib
import re
import sys
import zlib

import wikinews

ANNOTATIONS = pathlib.Path(__file__).with_name("open_news.jsonl")
LONGEST = 600  # Words, after which an article ends with its paragraph.
PHRASES = ("addressee", "medium", "time")


def cut(text):
    """The first paragraphs of a text that a program took from a page."""
    kept, words = [], 0
    for line in text.replace("\r", "").replace("\t", " ").split("\n"):
        if words > LONGEST:
            break
        kept.append(line)
        words += len(line.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def wikinews_texts(folder):
    csv.field_size_limit(sys.maxsize)
    for path in sorted((folder / "data").glob("*.csv")):
        with open(path, encoding="utf8", newline="") as f:
            for row in csv.DictReader(f):
                found = wikinews.article(row)
                if found:
                    yield found["origin"], found["text"]


def benchmark_texts(folder):
    pages = json.loads((folder / "ground-truth.json").read_text(encoding="utf8"))
    for page in pages.values():
        yield page["url"], cut(page["articleBody"])


def giveme5w1h_texts(folder):
    for path in folder.glob("Giveme5W1H/examples/datasets/*/data/*.json"):
        try:
            page = json.loads(path.read_text(encoding="utf8"))
        except ValueError:
            continue
        title, text = page.get("title"), page.get("text") or ""
        key = f"fhamborg/Giveme5W1H/{path.relative_to(folder)}"
        yield key, cut(f"{title}\n\n{text}" if title else text)


def texts(folder):
    """(key, text) of what a clone holds."""
    if (folder / "ground-truth.json").exists():
        return benchmark_texts(folder)
    if (folder / "Giveme5W1H").exists():
        return giveme5w1h_texts(folder)
    return wikinews_texts(folder)


def merged(line, text):
    """The article as a gold file has it."""
    claims = []
    for claim in line["claims"]:
        words = {p: text[slice(*claim[p])] if claim.get(p) else None for p in PHRASES}
        claims.append({"realis": "ACTUAL", "source": [], "cue": [], **claim, **words})
    return {"id": line["id"], "origin": line["key"], "text": text, "attributions": claims}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+", type=pathlib.Path)
    parser.add_argument("--out", required=True)
    parser.add_argument("--held_out", required=True)
    options = parser.parse_args()
    known = {key: text for folder in options.clones for key, text in texts(folder)}
    files = [open(p, "w", encoding="utf8") for p in (options.out, options.held_out)]
    missing = 0
    for line in map(json.loads, ANNOTATIONS.read_text(encoding="utf8").splitlines()):
        text = known.get(line["key"], "")
        if zlib.crc32(text.encode()) != line["crc32"]:
            missing += 1
            continue
        article = merged(line, text)
        print(json.dumps(article, ensure_ascii=False), file=files[line["held_out"]])
    for f in files:
        f.close()
    if missing:
        print(f"{missing} articles are missing or have changed.", file=sys.stderr)


if __name__ == "__main__":
    main()
