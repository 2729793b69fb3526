#!/usr/bin/env python3
"""Perturbs gold articles and keeps their annotations exact.

usage: perturb.py --kind=KIND[,KIND...] [--seed=N] < gold.jsonl > out.jsonl

Articles in the wild use other marks, other names and other line breaks than
those that a model learned from. Each article of standard input (a JSON object
a line: {"id", "text", "attributions"}, spans in code points) goes out again in
a perturbed form of one of the kinds, drawn at random where several are given;
"names+single" applies one after the other, "mix" draws from a mixture that is
made for training. The same seed gives the same output.

    >>> perturb(article, "lower", random.Random(1))

Every kind is a list of edits (begin, end, replacement) of the text; spans move
along with the edits, so that annotations never have to be found again.
"""

import argparse
import bisect
import json
import random
import re
import sys

import perturb_names

DOUBLE, SINGLE, APOSTROPHE = "double", "single", "apostrophe"
OPEN, CLOSE = "open", "close"


# Edits and spans.


def apply(text, edits):
    """The edited text and the function that moves a span [begin, end) along.

    Edits are (begin, end, replacement), disjoint and in order. An edit inside a
    span stretches it. What is inserted at the edge of a span stays outside it;
    what replaces its first or last characters stays inside.
    """
    out, moved, at, delta = [], [], 0, 0
    for begin, end, new in edits:
        assert at <= begin <= end, "edits overlap"
        out += [text[at:begin], new]
        at = end
        moved.append((begin + delta, begin + delta + len(new)))
        delta += len(new) - (end - begin)
    out.append(text[at:])
    ends = [e for _, e, _ in edits]

    def move(p, is_end):
        # Edits [0, i) end at or before p.
        i = bisect.bisect_right(ends, p)
        if is_end:
            while i > 0 and edits[i - 1][0] == edits[i - 1][1] == p:
                i -= 1
        if i < len(edits) and edits[i][0] < p < edits[i][1]:
            return moved[i][1 if is_end else 0]
        return p + (moved[i - 1][1] - ends[i - 1] if i else 0)

    return "".join(out), lambda b, e: [move(b, False), move(e, True)]


def all_spans(article):
    for row in article["attributions"]:
        for role in ("source", "cue", "content"):
            yield from row.get(role) or []


def keep_spans(article, edits):
    """Edits without those that would delete a whole span."""
    whole = {tuple(s) for s in all_spans(article)}
    return [e for e in edits
            if e[2] or not any(e[0] <= b and f <= e[1] for b, f in whole)]


PHRASES = ("addressee", "medium", "time")


def phrase_span(text, phrase, row):
    """Where a phrase about a claim stands: the place nearest to its cue."""
    near = ((row.get("cue") or row.get("content") or [[0, 0]])[0])[0]
    places = [m.start() for m in re.finditer(re.escape(phrase), text)]
    if not places:
        return None
    begin = min(places, key=lambda p: abs(p - near))
    return begin, begin + len(phrase)


def edited(article, edits):
    """The article after the edits, with every span and phrase moved along."""
    edits = sorted(keep_spans(article, edits), key=lambda e: (e[0], e[1]))
    text, move = apply(article["text"], edits)
    rows = []
    for row in article["attributions"]:
        new = dict(row)
        for role in ("source", "cue", "content"):
            new[role] = [move(b, e) for b, e in row.get(role) or []]
        for name in PHRASES:
            span = row.get(name) and phrase_span(article["text"], row[name], row)
            if span:
                begin, end = move(*span)
                new[name] = text[begin:end]
        rows.append(new)
    return {**article, "text": text, "attributions": rows}


# Quotation marks.

ELISIONS = re.compile(r"(?:em|tis|twas|til|till|cause|bout|n|round|\d0s)\b", re.I)


def paragraphs(text):
    """(begin, end) of every line that is not empty."""
    for m in re.finditer(r"[^\n]+", text):
        yield m.start(), m.end()


def marks(text):
    """Quotation marks and apostrophes: [(begin, end, level, side)], in order.

    side is OPEN or CLOSE; an apostrophe has none. Straight marks are told apart
    by the characters beside them; what that leaves open alternates within a
    paragraph.
    """
    out = []
    for begin, end in paragraphs(text):
        in_double, in_single = False, False
        for m in re.finditer(r"``|''|[“”„«»\"‘’']", text[begin:end]):
            at, after, mark = begin + m.start(), begin + m.end(), m.group()
            left = text[at - 1] if at > begin else " "
            right = text[after] if after < end else " "
            if mark in ("“", "„", "«", "``"):
                side, level = OPEN, DOUBLE
            elif mark in ("”", "»"):
                side, level = CLOSE, DOUBLE
            elif mark in ('"', "''"):
                level = DOUBLE
                before = left.isspace() or left in "([—–-‘'"
                behind = right.isspace() or right in ")].,;:!?—–-"
                side = (OPEN if before and not behind else
                        CLOSE if behind and not before else
                        CLOSE if in_double else OPEN)
            else:
                level, side = _single(mark, left, right, text[after:end],
                                      in_single)
            if level == DOUBLE:
                in_double = side == OPEN
            elif level == SINGLE:
                in_single = side == OPEN
            out.append((at, after, level, side))
    return out


def _single(mark, left, right, rest, in_single):
    """Level and side of a single mark: a quotation mark or an apostrophe."""
    opens = left.isspace() or left in "([—–\"“-"
    if opens and (right.isalnum() or right in "“\"[$£…"):
        closes = re.search(r"[^\s][’'](?!\w)", rest)
        if mark == "‘" or closes and not ELISIONS.match(rest):
            return SINGLE, OPEN
        return APOSTROPHE, None
    if mark == "‘":
        return SINGLE, OPEN
    if in_single and not right.isalnum() and not left.isspace():
        return SINGLE, CLOSE
    return APOSTROPHE, None


def restyle(text, double=None, single=None, apostrophe=None):
    """Edits that write marks in a style: pairs (opening, closing)."""
    edits = []
    for begin, end, level, side in marks(text):
        style = {DOUBLE: double, SINGLE: single}.get(level)
        new = (apostrophe if level == APOSTROPHE else
               style and style[0 if side == OPEN else 1])
        if new and new != text[begin:end]:
            edits.append((begin, end, new))
    return edits


def straight(article, rng):
    return restyle(article["text"], ('"', '"'), ("'", "'"), "'")


def curly(article, rng):
    return restyle(article["text"], ("“", "”"), ("‘", "’"), "’")


def single(article, rng):
    """British: single marks outside, double ones inside them."""
    text = article["text"]
    if "“" in text or "”" in text or "‘" in text:
        return restyle(text, ("‘", "’"), ("“", "”"), "’")
    return restyle(text, ("'", "'"), ('"', '"'))


def guillemets(article, rng):
    space = rng.choice(["", "", "\xa0"])
    return restyle(article["text"], ("«" + space, space + "»"), ("‹", "›"))


def missing_closers(article, rng):
    """Three of ten closing marks are left out."""
    return [(b, e, "") for b, e, level, side in marks(article["text"])
            if side == CLOSE and rng.random() < 0.3]


def dashes(article, rng):
    """Dashes between words in one style."""
    new = rng.choice([" - ", " -- ", "--", " – ", "—", " — "])
    return [(*m.span(), new) for m in re.finditer(
        r"(?<=\S)(?:\s?[—―]\s?|\s[–-]\s|\s?--\s?)(?=\S)", article["text"])
            if "\n" not in m.group() and m.group() != new]


# Letters.


def _case(text, change):
    return [(i, i + 1, new) for i, c in enumerate(text)
            if (new := change(c)) != c]


def lower(article, rng):
    return _case(article["text"], str.lower)


def upper(article, rng):
    return _case(article["text"], str.upper)


def title(article, rng):
    """The first line in Title Case, or in CAPITALS if it is that already."""
    first = next(iter(paragraphs(article["text"])), (0, 0))
    line = article["text"][first[0]:min(first[1], first[0] + 300)]
    starts = [m.start() for m in re.finditer(r"(?<![\w’'])\w", line)]
    edits = [(i, i + 1, line[i].upper()) for i in starts if line[i].islower()]
    if not edits:
        edits = _case(line, str.upper)
    return [(first[0] + b, first[0] + e, new) for b, e, new in edits]


CONFUSIONS = {
    "rn": ["m"], "cl": ["d"], "m": ["rn"], "d": ["cl"], "l": ["1", "I"],
    "i": ["l", "1"], "I": ["l", "1"], "1": ["l"], "O": ["0"], "0": ["O"],
    "o": ["0"], "e": ["c"], "c": ["e"], "h": ["b"], "S": ["5"], "B": ["8"],
    "g": ["q"], "t": ["f"], "f": ["t"], "u": ["ii", "n"], "n": ["u", "ri"],
    "w": ["vv"], "v": ["y"], ".": [","], ",": ["."], "“": ["''"], "”": ["''"],
}


def ocr(article, rng, rate=0.01):
    """About one character of a hundred is misread, or a space is lost."""
    text, edits, at = article["text"], [], 0
    edges = {p for span in all_spans(article) for p in span}
    while at < len(text):
        piece = text[at:at + 2] if text[at:at + 2] in CONFUSIONS else text[at]
        if rng.random() < rate:
            # A space at the edge of a span keeps two roles apart.
            lost = (text[at] == " " and not {at, at + 1} & edges and at > 0
                    and text[at - 1].isalpha() and text[at + 1:at + 2].isalpha())
            if lost:
                edits.append((at, at + 1, ""))
            elif piece in CONFUSIONS:
                # Two letters may belong to two spans.
                if len(piece) == 1 or at + 1 not in edges:
                    edits.append((at, at + len(piece),
                                  rng.choice(CONFUSIONS[piece])))
        at += len(piece)
    return edits


# Line breaks.


def no_paragraphs(article, rng):
    return [(*m.span(), " ")
            for m in re.finditer(r"\s*\n\s*", article["text"].rstrip())]


ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Sgt|Rev|Hon|St|"
    r"Jr|Sr|vs|v|No|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"[A-Z])|\b[A-Za-z]\.[A-Za-z])\.$")
SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*( +)(?=[“‘\"'(\[]*[A-Z])")


def sentence_paragraphs(article, rng):
    """Every sentence is a paragraph; a quotation is opened again in the next."""
    text, found = article["text"], marks(article["text"])
    doubles = [(b, e, side) for b, e, level, side in found if level == DOUBLE]
    starts = [b for b, _, _ in doubles]
    edges = {p for span in all_spans(article) for p in span}
    edits = []
    for m in SENTENCE_END.finditer(text):
        begin, end = m.span(1)
        if ABBREVIATION.search(text[max(0, m.start() - 12):m.start() + 1]):
            continue
        i = bisect.bisect_left(starts, begin)
        line = text.rfind("\n", 0, begin) + 1
        inside = i > 0 and starts[i - 1] >= line and doubles[i - 1][2] == OPEN
        if inside:
            # A mark at the edge of a span would belong to no claim.
            if rng.random() < 0.5 or {begin, end} & edges:
                continue
            mark = text[doubles[i - 1][0]:doubles[i - 1][1]]
            edits.append((begin, end, "\n\n" + mark))
        else:
            edits.append((begin, end, "\n\n"))
    return edits


# Names and headlines.


def names(article, rng):
    """Other people, parties, papers and places: see perturb_names."""
    rename = perturb_names.renamer(article, rng)
    new = edited(article, rename.edits(article["text"]))
    for row in new["attributions"]:
        if row.get("speaker"):
            row["speaker"] = rename.string(row["speaker"])
        if row.get("accept"):
            row["accept"] = [rename.string(s) for s in row["accept"]]
    return new


def headline(article, rng):
    """Puts "NAME: CONTENT" of one of the claims before the article."""
    text = article["text"]
    choices = []
    for row in article["attributions"]:
        if row.get("kind") not in (None, "P", "O") or not row.get("speaker"):
            continue
        if len(row["content"]) != 1 or not row["source"]:
            continue
        begin, end = row["content"][0]
        said = text[begin:end].strip("“”\"‘’' ,.")
        if (4 <= len(said.split()) <= 16 and not re.search(r"[“”\"\n.?!:]", said)
                and not re.match(r"(?:that|to|for|of|on|about)\b", said, re.I)):
            choices.append((row, said))
    if not choices:
        return article
    row, said = rng.choice(choices)
    name = row["speaker"]
    if row.get("kind") == "P" and rng.random() < 0.5:
        name = name.split()[-1]
    said = said[0].upper() + said[1:]
    begin = row["content"][0][0]
    quoted = text[begin] in "“\"" or begin > 0 and text[begin - 1] in "“\""
    left, right = "", ""
    if quoted:
        left, right = rng.choice(["‘’", "''", "“”", '""'])
    # The two schemes differ: one takes the colon as a cue and the marks as
    # content; rows of the other carry their type.
    new_scheme = "type" in row
    at = len(name) + 2
    whole = [at, at + len(left + said + right)]
    inner = [at + len(left), at + len(left + said)]
    new = {**row, "source": [[0, len(name)]],
           "cue": [] if new_scheme else [[len(name), len(name) + 1]],
           "content": [inner if new_scheme else whole],
           **{p: None for p in PHRASES if p in row}}
    if new_scheme:
        new["type"] = "DIRECT" if quoted else "INDIRECT"
    out = edited(article, [(0, 0, f"{name}: {left}{said}{right}\n\n")])
    out["attributions"].insert(0, new)
    return out


# A kind gives edits, or (the last two) the whole article.
KINDS = {f.__name__: f for f in (
    straight, curly, single, guillemets, dashes, missing_closers, lower, upper,
    title, ocr, no_paragraphs, sentence_paragraphs, names, headline)}

# For training: a fifth without case, three tenths with other names, three
# tenths with other marks.
MIX = {
    "lower": 10, "upper": 7, "names": 20, "names+single": 4, "names+curly": 2,
    "names+straight": 2, "names+lower": 2, "names+no_paragraphs": 2,
    "single": 9, "guillemets": 6, "curly": 4, "straight": 4,
    "missing_closers": 7, "lower+missing_closers": 1, "dashes": 3, "ocr": 5,
    "no_paragraphs": 3, "sentence_paragraphs": 4, "headline": 4, "title": 3,
}


def perturb(article, kind, rng):
    """The article after the kind, or kinds joined by "+", or "mix"."""
    if kind == "mix":
        for _ in range(8):  # Straight marks cannot be made straight.
            drawn = rng.choices(list(MIX), MIX.values())[0]
            out = perturb(article, drawn, rng)
            if out["text"] != article["text"]:
                break
        return out
    for name in kind.split("+"):
        result = KINDS[name](article, rng)
        article = result if isinstance(result, dict) else edited(article, result)
    return article


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=argparse.SUPPRESS)
    parser.add_argument("--kind", required=True,
                        help="of: mix, " + ", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    kinds = args.kind.split(",")
    for kind in kinds:
        if kind != "mix" and not set(kind.split("+")) <= set(KINDS):
            parser.error(f"--kind: {kind} is not one of mix, {', '.join(KINDS)}")
    for line in sys.stdin:
        if not line.strip():
            continue
        article = json.loads(line)
        # An article's draw does not depend on those before it.
        rng = random.Random(f"{args.seed} {article['id']}")
        out = perturb(article, rng.choice(kinds), rng)
        print(json.dumps(out, ensure_ascii=False))


if __name__ == "__main__":
    main()
