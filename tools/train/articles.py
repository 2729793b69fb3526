"""Gold articles as the network sees them.

The features come from quoth_features, the serving code's own preprocessing;
this module only maps gold spans (code points) to words.

    for article in load("train.jsonl", features, vocabulary, [254]):
        for window in article.windows[0]: window.pieces, window.claims
"""

import dataclasses
import json
import struct
import subprocess

import numpy as np

CUE, CONTENT, SOURCE = 0, 1, 2  # Columns of Window.tags.
OUTSIDE, BEGIN, INSIDE = 0, 1, 2  # Values of Window.tags.
OTHER_ROLE, SOURCE_ROLE, CONTENT_ROLE = 0, 1, 2  # Values of Claim.roles.


@dataclasses.dataclass
class Claim:
    """One gold claim whose cue lies in the window: cue words [begin, end)."""

    index: int  # Among the claims of the article.
    cue_begin: int
    cue_end: int
    roles: np.ndarray  # [words] int64.
    soft: dict = None  # Scope -> [words, 3] probabilities; NaN where none is known.


@dataclasses.dataclass
class Window:
    """One window: piece arrays [pieces], word arrays [words]."""

    pieces: np.ndarray
    shapes: np.ndarray
    quotes: np.ndarray
    first: np.ndarray
    paragraph: np.ndarray
    sentence: np.ndarray
    begin: int = 0  # Its first word, of the words of the article.
    tags: np.ndarray = None  # [words, 3] int64.
    claims: list = None
    soft: dict = None  # Scope -> [words, 3] probabilities of the values of cue tags.


@dataclasses.dataclass
class Article:
    """windows[k] is cut to the k-th of the window sizes asked for."""

    id: str
    words: int
    windows: list


class _Reader:
    """Takes runs of int32 off a buffer."""

    def __init__(self, data):
        self.values, self.at = np.frombuffer(data, "<i4"), 0

    def take(self, n):
        self.at += n
        return self.values[self.at - n:self.at].astype(np.int64)

    def one(self):
        return int(self.take(1)[0])


def load(path, features, vocabulary, window_pieces):
    """Reads a gold file, one JSON article a line.

    features: the quoth_features program; vocabulary: its vocab.txt;
    window_pieces: the window sizes, in pieces without [CLS] and [SEP].
    """
    with open(path, encoding="utf8") as f:
        gold = [json.loads(line) for line in f]
    texts = [a["text"].encode() for a in gold]
    frames = b"".join(struct.pack("<I", len(t)) + t for t in texts)
    out = subprocess.run([features, vocabulary, *map(str, window_pieces)],
                         input=frames, stdout=subprocess.PIPE, check=True)
    reader = _Reader(out.stdout)
    return [_article(a, reader, len(window_pieces)) for a in gold]


def _article(gold, reader, sizes):
    n = reader.one()
    begins, ends = reader.take(n), reader.take(n)
    claims = [_claim_words(a, begins, ends) for a in gold["attributions"]]
    claims = [c for c in claims if len(c["cue"]) and len(c["content"])]
    article = Article(gold["id"], n, [])
    for _ in range(sizes):
        windows = [_window(reader, claims) for _ in range(reader.one())]
        article.windows.append(windows)
    return article


def _claim_words(attribution, begins, ends):
    """The words that each role of an attribution touches, sorted."""
    out = {}
    for role in ("cue", "content", "source"):
        words = [np.arange(np.searchsorted(ends, b, "right"),
                           np.searchsorted(begins, e, "left"))
                 for b, e in attribution.get(role) or []]
        out[role] = np.unique(np.concatenate(words)) if words else np.array([], int)
    return out


def _window(reader, claims):
    begin, words, pieces = reader.take(3)
    window = Window(*(reader.take(pieces) for _ in range(3)),
                    *(reader.take(words) for _ in range(3)))
    window.begin = begin
    window.tags = np.zeros((words, 3), np.int64)
    window.claims = []
    for index, claim in enumerate(claims):
        local = {}
        for column, role in enumerate(("cue", "content", "source")):
            at = claim[role] - begin
            local[role] = at[(at >= 0) & (at < words)]
            goes_on = np.isin(local[role] - 1, local[role])
            window.tags[local[role], column] = np.where(goes_on, INSIDE, BEGIN)
        if len(local["cue"]) == len(claim["cue"]):
            roles = np.zeros(words, np.int64)
            roles[local["content"]] = CONTENT_ROLE
            roles[local["source"]] = SOURCE_ROLE
            window.claims.append(
                Claim(index, int(local["cue"][0]), int(local["cue"][-1]) + 1, roles))
    return window


def add_soft_labels(found, scope, labels):
    """Attaches soft labels (teach.py) to articles; labels: one or more
    teachers' dictionaries, of which the mean counts."""
    for article in found:
        of_teachers = [of[article.id] for of in labels]
        cues = np.mean([t["cue"].astype(np.float32) for t in of_teachers], axis=0)
        for window in (w for windows in article.windows for w in windows):
            words = len(window.first)
            window.soft = window.soft or {}
            window.soft[scope] = cues[window.begin:window.begin + words]
            for claim in window.claims:
                claim.soft = claim.soft or {}
                claim.soft[scope] = np.mean(
                    [_placed(t["roles"].get(claim.index), window.begin, words)
                     for t in of_teachers], axis=0)


def _placed(roles, begin, words):
    """Role probabilities of a teacher's window, moved to the window [begin,
    begin + words); NaN where the teacher's did not reach."""
    out = np.full((words, 3), np.nan, np.float32)
    if roles is not None:
        first, values = roles
        low, high = max(first, begin), min(first + len(values), begin + words)
        if low < high:
            out[low - begin:high - begin] = values[low - first:high - first]
    return out
