"""Batches of windows as tensors."""

import dataclasses

import numpy as np
import torch

from network import DISTANCE_EDGES

IGNORED = -100  # A target that no loss counts.


@dataclasses.dataclass
class Batch:
    """windows padded to the longest: pieces [B, L], words [B, W], cues [P]."""

    pieces: torch.Tensor
    shapes: torch.Tensor
    quotes: torch.Tensor
    first: torch.Tensor
    valid: torch.Tensor  # [B, W] bool: not padding.
    mask: torch.Tensor  # [B, 1, 1, L], added to attention scores.
    tags: torch.Tensor  # [B, W, 3].
    row: torch.Tensor  # [P]: the window of each cue.
    cue_begin: torch.Tensor
    cue_end: torch.Tensor
    dist: torch.Tensor  # [P, W].
    rel: torch.Tensor  # [P, W].
    roles: torch.Tensor  # [P, W].
    soft_tags: dict  # Scope -> [B, W, 3] probabilities, NaN where none is known.
    soft_roles: dict  # Scope -> [P, W, 3], likewise.

    def to(self, device):
        moved = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            moved[field.name] = ({k: v.to(device) for k, v in value.items()}
                                 if isinstance(value, dict) else value.to(device))
        return Batch(**moved)


def plan(windows, pieces_per_batch, rng):
    """Groups windows of like length into lists of equal work, in random order."""
    order = sorted((w for w in windows if len(w.first) > 3),
                   key=lambda w: len(w.pieces) + 12 * rng.random())
    groups, group, longest = [], [], 0
    for window in order:
        longest = max(longest, len(window.pieces))
        if group and longest * (len(group) + 1) > pieces_per_batch:
            groups.append(group)
            group, longest = [], len(window.pieces)
        group.append(window)
    groups.append(group)
    rng.shuffle(groups)
    return groups


def blurred(begin, end, words, rng):
    """Now and then an imprecise cue, as the argument head will meet when it
    serves."""
    r = rng.random() * 5
    if r >= 1:
        return begin, end
    if end - begin > 1 and r < 0.35:
        return begin + 1, end
    if end - begin > 1 and r < 0.7:
        return begin, end - 1
    return (max(0, begin - 1), end) if r < 0.85 else (begin, min(words, end + 1))


def relation(words, begin, end, paragraph, sentence):
    """Rows of the distance and relation embeddings for each word and a cue."""
    at = np.arange(words)
    distance = np.where(at < begin, begin - at, np.where(at >= end, at - end + 1, 0))
    edges = DISTANCE_EDGES.numpy()
    bucket = np.searchsorted(edges, distance, side="right")
    dist = np.where(at < begin, bucket, np.where(at >= end, bucket + len(edges), 0))
    sentences = np.clip(sentence - sentence[begin], -2, 2) + 2
    paragraphs = np.clip(paragraph - paragraph[begin], -1, 1) + 1
    return dist, sentences * 3 + paragraphs


def collate(windows, rng=None):
    """rng: blur the cues with it (training); None: as they are."""
    count = len(windows)
    length = max(len(w.pieces) for w in windows)
    width = max(len(w.first) for w in windows)
    pieces, shapes, quotes = np.zeros((3, count, length), np.int64)
    first = np.zeros((count, width), np.int64)
    tags = np.full((count, width, 3), IGNORED)
    mask = np.full((count, 1, 1, length), -1e9, np.float32)
    valid = np.zeros((count, width), bool)
    cues = []
    for i, w in enumerate(windows):
        n, k = len(w.pieces), len(w.first)
        pieces[i, :n], shapes[i, :n], quotes[i, :n] = w.pieces, w.shapes, w.quotes
        first[i, :k], tags[i, :k], valid[i, :k] = w.first, w.tags, True
        mask[i, ..., :n] = 0
        cues += [(i, claim) for claim in w.claims]
    dist, rel = np.zeros((2, len(cues), width), np.int64)
    roles = np.full((len(cues), width), IGNORED)
    edges = np.zeros((len(cues), 2), np.int64)
    for p, (i, claim) in enumerate(cues):
        w, k = windows[i], len(windows[i].first)
        edges[p] = claim.cue_begin, claim.cue_end
        if rng:
            edges[p] = blurred(*edges[p], k, rng)
        dist[p, :k], rel[p, :k] = relation(k, *edges[p], w.paragraph, w.sentence)
        roles[p, :k] = claim.roles
    soft_tags = _soft([w.soft for w in windows], width)
    soft_roles = _soft([claim.soft for _, claim in cues], width)
    t = torch.from_numpy
    row = torch.tensor([i for i, _ in cues], dtype=torch.long)
    return Batch(t(pieces), t(shapes), t(quotes), t(first), t(valid), t(mask),
                 t(tags), row, t(edges[:, 0].copy()), t(edges[:, 1].copy()),
                 t(dist), t(rel), t(roles), soft_tags, soft_roles)


def _soft(labels, width):
    """Soft labels of the scopes that any has, padded with NaN to width words."""
    out = {}
    for i, of_scope in enumerate(labels):
        for scope, values in (of_scope or {}).items():
            if scope not in out:
                out[scope] = torch.full((len(labels), width, 3), float("nan"))
            out[scope][i, :len(values)] = torch.from_numpy(values)
    return out
