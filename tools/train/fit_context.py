#!/usr/bin/env python3
"""Fits the weights by which the server picks a claim's time and medium.

usage: tools/train/fit_context.py GOLD.jsonl... [--program=build/tools/train/quoth_context]
                                  [--labels=circumstances.jsonl]
                                  [--check=OTHER.jsonl] [--out=FILE.inc]

quoth_context lists, for every claim of the articles, the phrases that may be its
time or medium, with their features; a phrase is right if it shares half of all
its words with gold's. Claims without the keys "time" and "medium" (null: there is
none) are not annotated, and left out, but for articles that --labels knows by
their id: a line each with the code points of the times and media of its claims,
[number of the claim, time, medium], of claims that have neither nothing, and the
numbers of those that were "skipped". tools/train/circumstances.jsonl has them for
369 articles of PolNeAR's training part, read by one reader. A logistic regression with an L2 penalty,
by Newton's method: no chance in it. Prints F1 by cross-validation over articles,
and that on --check. The weights in the repository come from PolNeAR's training
part and all other annotated articles that are not held out, in this order:

  tools/train/fit_context.py train.jsonl news_train.jsonl news_more.jsonl \\
      --check dev.jsonl news_dev.jsonl news_more_dev.jsonl

Features and candidates are the program's: build quoth_context, fit, and build
it again. While their number changes, the file of weights may hold anything of
the right length (zeros).
Writes server/claims/circumstance_weights.inc. Needs numpy.
"""

import argparse
import json
import pathlib
import subprocess

import numpy as np

import context

ROOT = context.ROOT
OUT = ROOT / "server/claims/circumstance_weights.inc"
# Of a weight for all phrases, of one for a class of them, and of one for a side
# of the cue.
PENALTY, CLASS_PENALTY, SIDE_PENALTY = 0.5, 4.0, 2.0
FOLDS = 5
KINDS = ("time", "medium")
# Added to every score of the kind: more recall, less precision. The best F1 in
# cross-validation.
SHIFT = {"time": 0.5, "medium": 0.5}
# The classes of phrases that are times; the others are media.
TIMES = 10
# kPhraseFeatures, kPhraseClasses and kPhraseSides of the server.
SHARED, CLASSES, SIDES = 55, 15, 3


def read_labels(path):
    with open(path, encoding="utf8") as f:
        return {label["id"]: label for label in map(json.loads, f)}


def add_labels(article, label):
    """Sets "time" and "medium" of its claims."""
    for i, claim in enumerate(article["attributions"]):
        if i not in label.get("skipped", ()):
            claim.update(dict.fromkeys(KINDS))
    for i, *spans in label["claims"]:
        for kind, span in zip(KINDS, spans):
            phrase = article["text"][slice(*span)] if span else None
            article["attributions"][i][kind] = phrase


def read(path, program, labels):
    """[(article number, {kind: gold phrase}, [(kind, phrase, features)])]"""
    with open(path, encoding="utf8") as f:
        articles = [json.loads(line) for line in f]
    for article in articles:
        if article["id"] in labels:
            add_labels(article, labels[article["id"]])
    claims = [[a for a in article["attributions"] if "time" in a]
              for article in articles]
    out = subprocess.run(
        [program, "--candidates"], stdout=subprocess.PIPE, check=True,
        input=b"".join(map(context.frame, articles, claims))).stdout.decode()
    rows, at = [], [(n, gold) for n, group in enumerate(claims) for gold in group]
    at = iter(at)
    for line in out.splitlines():
        if not line.startswith("+"):
            number, gold = next(at)
            rows.append((number, gold, []))
            continue
        _, kind, span, features = line.split("\t")
        begin, end = map(int, span.split("-"))
        phrase = articles[rows[-1][0]]["text"][begin:end]
        rows[-1][2].append((kind, phrase, list(map(int, features.split(",")))))
    return rows


def fit(rows, size):
    samples = [(features, context.same(gold.get(kind), phrase))
               for _, gold, candidates in rows
               for kind, phrase, features in candidates]
    x = np.zeros((len(samples), size), np.float32)
    for i, (features, _) in enumerate(samples):
        x[i, features] = 1
    y = np.array([right for _, right in samples], float)
    penalty = np.full(size, CLASS_PENALTY)
    penalty[:SHARED] = PENALTY
    penalty[SHARED * (1 + CLASSES):] = SIDE_PENALTY
    w = np.zeros(size)

    def loss(weights):
        z = x @ weights
        return (np.logaddexp(0, z) - y * z).sum() + 0.5 * (
            penalty * weights ** 2).sum()

    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        scale = 1.0
        while scale > 1e-4 and loss(w - scale * step) > loss(w):
            scale /= 2
        w = w - scale * step
        if np.abs(step).max() < 1e-5:
            break
    return w


def counts(rows, w):
    out = {kind: np.zeros(3) for kind in KINDS}
    for _, gold, candidates in rows:
        for kind in KINDS:
            best, phrase = -SHIFT[kind], None
            for k, text, features in candidates:
                if k == kind and w[features].sum() > best:
                    best, phrase = w[features].sum(), text
            out[kind] += (context.same(gold.get(kind), phrase), phrase is not None,
                          bool(gold.get(kind)))
    return out


def show(title, result):
    print(title, "  ".join(
        f"{kind} F1 {context.f1(*c):.1f} P {100 * c[0] / max(1, c[1]):.0f} "
        f"R {100 * c[0] / max(1, c[2]):.0f} ({c[0]:.0f}/{c[1]:.0f}/{c[2]:.0f})"
        for kind, c in result.items()))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--program",
                        default=ROOT / "build/tools/train/quoth_context")
    parser.add_argument("--labels",
                        default=ROOT / "tools/train/circumstances.jsonl")
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path, default=OUT)
    options = parser.parse_args()
    rows, labels = [], read_labels(options.labels)
    for path in options.gold:
        offset = rows[-1][0] + 1 if rows else 0
        rows += [(n + offset, *rest) for n, *rest in read(path, options.program, labels)]
    size = SHARED * (1 + CLASSES + SIDES)
    total = {kind: np.zeros(3) for kind in KINDS}
    recall = {kind: np.zeros(2) for kind in KINDS}
    for fold in range(FOLDS):
        w = fit([r for r in rows if r[0] % FOLDS != fold], size)
        part = counts([r for r in rows if r[0] % FOLDS == fold], w)
        for kind in KINDS:
            total[kind] += part[kind]
    for _, gold, candidates in rows:
        for kind in KINDS:
            if gold.get(kind):
                recall[kind] += (any(k == kind and context.same(gold[kind], t)
                                     for k, t, _ in candidates), 1)
    print("candidates hold the right one:",
          {k: f"{r[0]:.0f}/{r[1]:.0f}" for k, r in recall.items()})
    show(f"cross-validation, {FOLDS} folds:", total)
    w = fit(rows, size)
    show("on what it was fitted to:", counts(rows, w))
    for path in options.check:
        show(f"{path}:", counts(read(path, options.program, labels), w))
    bias = w.copy()
    for kind_of_phrase in range(CLASSES):
        bias[(1 + kind_of_phrase) * SHARED] += SHIFT[
            "time" if kind_of_phrase < TIMES else "medium"]
    lines = ["// Written by tools/train/fit_context.py: log-odds per feature of "
             "circumstance_scorer.h,", "// for all phrases, then for each class, then for each side."]
    for vector in bias.reshape(1 + CLASSES + SIDES, SHARED):
        lines += [" ".join(f"{v:.3f}f," for v in vector[i:i + 8])
                  for i in range(0, SHARED, 8)]
    options.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
