#!/usr/bin/env python3
"""Measures act, realis, addressee, medium and time on gold claims.

usage: tools/train/context.py GOLD.jsonl [--program=build/tools/train/quoth_context]
                              [--show=act|realis|addressee|medium|time] [--limit=N]

Every gold claim goes through the serving code's rules with its gold cue, source
and content; so the figures tell of the rules alone (tools/evaluate tells of the
whole server). A phrase is right if it shares half of all its words with gold's.
--show prints the claims that are wrong in that respect.
"""

import argparse
import collections
import json
import pathlib
import re
import struct
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACTS = ("STATEMENT", "DENIAL", "CRITICISM", "APPROVAL", "DIRECTIVE", "QUESTION",
        "COMMITMENT", "BELIEF", "OTHER")
REALIS = ("ACTUAL", "NEGATED", "HYPOTHETICAL")
PHRASES = ("addressee", "medium", "time")


def frame(article, claims):
    text = article["text"].encode()
    out = [struct.pack("<I", len(text)), text, struct.pack("<I", len(claims))]
    for claim in claims:
        for role in ("cue", "source", "content"):
            spans = claim.get(role) or []
            out.append(struct.pack("<I", len(spans)))
            out += [struct.pack("<II", *span) for span in spans]
    return b"".join(out)


def read(line, text):
    """A line of quoth_context as {"act": ..., "time": phrase or None}."""
    fields = line.split("\t")
    if len(fields) < 5:
        return None
    out = {"act": ACTS[int(fields[0])], "realis": REALIS[int(fields[1])]}
    for name, field in zip(PHRASES, fields[2:]):
        begin, _, end = field.partition("-")
        out[name] = text[int(begin):int(end)] if begin else None
    return out


def words(phrase):
    return set(re.findall(r"\w+", (phrase or "").casefold().replace("’s", "")))


def same(a, b):
    a, b = words(a), words(b)
    return bool(a & b) and len(a & b) >= 0.5 * len(a | b)


def f1(right, given, wanted):
    return 200 * right / (given + wanted) if given + wanted else 100.0


def around(article, claim):
    """The claim's sentence or so, on one line, with its roles marked."""
    text, marks = article["text"], []
    spans = [s for r in ("cue", "source", "content") for s in claim.get(r) or []]
    home = (claim["cue"] or claim["content"])[0]
    begin = max(text.rfind("\n", 0, home[0]) + 1, home[0] - 250)
    end = text.find("\n", home[1])
    end = min(len(text) if end < 0 else end, home[1] + 250)
    for role, (open_, close) in (("cue", "<>"), ("source", "{}"), ("content", "[]")):
        for b, e in claim.get(role) or []:
            marks += [(min(max(b, begin), end), 1, open_), (min(max(e, begin), end), 0, close)]
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return text[begin:end + len(spans) * 2].replace("\n", " / ")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--program",
                        default=ROOT / "build/tools/train/quoth_context")
    parser.add_argument("--show", choices=("act", "realis") + PHRASES)
    parser.add_argument("--limit", type=int, default=10**9)
    options = parser.parse_args()
    with open(options.gold, encoding="utf8") as f:
        articles = [json.loads(line) for line in f]
    claims = [[a for a in article["attributions"] if a.get("act")]
              for article in articles]
    out = subprocess.run(
        [options.program], stdout=subprocess.PIPE, check=True,
        input=b"".join(map(frame, articles, claims))).stdout.decode()
    lines = iter(out.splitlines())

    total = shown = 0
    right = collections.Counter()
    acts = collections.defaultdict(lambda: [0, 0, 0])  # Right, given, wanted.
    phrases = {name: [0, 0, 0] for name in PHRASES}
    for article, gold_claims in zip(articles, claims):
        for gold in gold_claims:
            found = read(next(lines), article["text"])
            if found is None:
                continue
            total += 1
            wrong = set()
            for name in ("act", "realis"):
                right[name] += gold[name] == found[name]
                if gold[name] != found[name]:
                    wrong.add(name)
            acts[gold["act"]][2] += 1
            acts[found["act"]][1] += 1
            acts[gold["act"]][0] += gold["act"] == found["act"]
            for name in PHRASES:
                ok = same(gold.get(name), found[name])
                count = phrases[name]
                count[0] += ok
                count[1] += bool(found[name])
                count[2] += bool(gold.get(name))
                if not ok and (found[name] or gold.get(name)):
                    wrong.add(name)
            if options.show in wrong and shown < options.limit:
                shown += 1
                print(f"gold: {gold.get(options.show)} | found: {found[options.show]}"
                      f" || {around(article, gold)}")
    macro = [f1(*count) for count in acts.values() if count[2]]
    print(f"claims {total}  act {100 * right['act'] / total:.1f}  macro-F1 "
          f"{sum(macro) / len(macro):.1f}  realis {100 * right['realis'] / total:.1f}  " +
          "  ".join(f"{name} {f1(*phrases[name]):.1f} ({phrases[name]})" for name in PHRASES))
    print("  ".join(f"{act} {f1(*count):.0f} {count}" for act, count in acts.items()))


if __name__ == "__main__":
    main()
