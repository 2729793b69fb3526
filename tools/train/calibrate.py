#!/usr/bin/env python3
"""Makes confidences mean what they say: fits the calibration of a model file.

usage: tools/train/calibrate.py MODEL.qm --all=DEV.jsonl --reported=NEWS_DEV.jsonl
                                [--report] [--server=build/server/quothd]

Runs the real server over gold articles that the model was not trained on, once
per scope: --all has the gold of ALL_ATTRIBUTIONS, --reported that of REPORTED
(each may be given several times). Fits, per scope, three maps (claims with a
cue, claims without, speakers) and writes them into MODEL.qm in place, where the
server finds them (server/model/calibration.h), instead of those that it held.
Takes seconds; nothing is left to chance: the same input gives the same file.

A claim is right if half of its words and its source are; a speaker is right if
the name is, where the claim is found.

With --report nothing is written: prints a reliability table, the expected
calibration error (10 bins) and precision and recall over min_confidence, of the
file as it is and, by fitting on nine tenths of the articles and looking at the
last, of what a fit is worth. Beside each error stands the one that as many
examples would show by chance if every confidence were exactly right. Needs
numpy.
"""

import argparse
import importlib.machinery
import importlib.util
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import convert_model  # noqa: E402

PREFIX = "calibration."
SCOPES = ("all", "reported")
KINDS = ("claim", "quotation", "speaker")
BINS = 10
# Fitted on all parts of the articles but one, measured on that one.
FOLDS = 10
# Of a map: the fewest examples per knot, and the most knots.
KNOT_EXAMPLES, MOST_KNOTS = 40, 10
# With fewer examples than this a map is a logistic curve of two parameters.
CURVE_BELOW = 600
# How many examples at the overall rate every knot is mixed with.
PRIOR = 4
WORD = re.compile(r"\w+(?:['’]\w+)*|[$%€£]")
TITLES = set("mr mrs ms miss dr sir lord lady sen senator rep representative gov "
             "governor president prime minister gen general col judge justice "
             "professor prof rev the a an".split())


# The model file -------------------------------------------------------------


def read_model(path, scopes):
    """A convert_model.Writer with what the file holds, but the maps of `scopes`."""
    data = path.read_bytes()
    magic, version, _ = convert_model.HEADER.unpack_from(data)
    if magic != convert_model.MAGIC or version != convert_model.FORMAT_VERSION:
        sys.exit(f"{path} is no model file of version {convert_model.FORMAT_VERSION}")
    at = convert_model.HEADER.size
    _, block, count = convert_model.CHECKED_HEADER.unpack_from(data, at)
    at += convert_model.CHECKED_HEADER.size
    writer = convert_model.Writer(None)
    for line in data[at:at + block].rstrip(b"\0").decode().splitlines():
        key, _, value = line.partition("=")
        writer.properties[key] = value
    at += block
    for _ in range(count):
        name, kind, rank, d0, d1, d2, _, offset, size = (
            convert_model.RECORD.unpack_from(data, at))
        at += convert_model.RECORD.size
        name = name.rstrip(b"\0").decode()
        if any(name.startswith(f"{PREFIX}{scope}.") for scope in scopes):
            continue
        dtype = {convert_model.FLOAT32: "<f4", convert_model.INT8: "i1",
                 convert_model.BYTES: "u1"}[kind]
        array = np.frombuffer(data[offset:offset + size], dtype)
        writer.tensors.append((name, kind, array.reshape((d0, d1, d2)[:rank])))
    return writer


# Asking the server ----------------------------------------------------------


def evaluate_tool():
    """tools/evaluate, which has no ending, as a module."""
    loader = importlib.machinery.SourceFileLoader("evaluate", str(ROOT / "tools/evaluate"))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("evaluate", loader))
    loader.exec_module(module)
    return module


def answers(model, server, client, asked):
    """{scope: [(article, response)]} of a server with that model file."""
    tool = evaluate_tool()
    tool.CLIENT = client
    with tempfile.TemporaryDirectory() as folder:
        port_file = pathlib.Path(folder, "port")
        process = subprocess.Popen(
            [server, "--address=127.0.0.1:0", f"--port_file={port_file}",
             f"--model={model}"], stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 60
            while not (port_file.exists() and port_file.read_text().strip()):
                if process.poll() is not None or time.monotonic() > end:
                    sys.exit(f"{server} did not start")
                time.sleep(0.05)
            address = f"127.0.0.1:{port_file.read_text().strip()}"
            out = {}
            for scope, articles in asked.items():
                replies = tool.ask(articles, address, [f"--scope={scope}"])
                out[scope] = [(a, r["response"]) for a, r in zip(articles, replies)
                              if "response" in r]
            return out
        finally:
            process.terminate()
            process.wait()


# What is right --------------------------------------------------------------


def words(spans, found):
    return frozenset(i for i, (b, e) in enumerate(found)
                     if any(b < end and e > begin for begin, end in spans))


def iou(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def name_words(name):
    plain = re.sub(r"'s\b", "", name.casefold().replace("’", "'"))
    return {w for w in re.findall(r"\w+", plain)
            if (w not in TITLES and len(w) > 1) or w.isdigit()}


def same_speaker(name, gold):
    person = gold.get("kind", "P") == "P"
    p = name_words(name)
    for accepted in gold.get("accept") or [gold["speaker"]]:
        g = name_words(accepted)
        if not g or not p:
            continue
        if p == g or (person and (g <= p and len(p) <= len(g) + 3 or
                                  p < g and len(p) >= 2)):
            return True
        if not person and len(p & g) >= 0.5 * len(p | g):
            return True
    return False


def examples(article, response):
    """[(kind, confidence, right)] of one article, and how many claims gold has."""
    found = [m.span() for m in WORD.finditer(article["text"])]
    span = lambda s: [(s["begin"], s["end"])] if s else []
    gold = [(words(a["content"], found), words(a.get("source") or [], found), a)
            for a in article["attributions"]]
    gold = [g for g in gold if g[0] and not g[2].get("optional")]
    claims = [(words([x for s in c["content"] for x in span(s)], found),
               words(span(c.get("source")), found), c) for c in response["claims"]]
    pairs = sorted(((iou(g[0], c[0]) + 0.25 * iou(g[1], c[1]), i, j)
                    for i, g in enumerate(gold) for j, c in enumerate(claims)
                    if g[0] & c[0]), reverse=True)
    match, used = {}, set()
    for _, i, j in pairs:
        if i not in used and j not in match:
            match[j] = i
            used.add(i)
    names = {s["speakerId"]: s["name"] for s in response["speakers"]}
    out = []
    for j, (content, source, claim) in enumerate(claims):
        kind = "claim" if claim.get("cue") else "quotation"
        g = gold[match[j]] if j in match else None
        there = g is not None and iou(g[0], content) >= 0.5
        right = there and (bool(g[1] & source) or (not g[1] and not source))
        out.append((kind, claim.get("confidence", 0.0), right))
        name = names.get(claim.get("speakerId"))
        if there and name and g[2].get("speaker"):
            out.append(("speaker", claim.get("speakerConfidence", 0.0),
                        same_speaker(name, g[2])))
    return out, len(gold)


# Fitting --------------------------------------------------------------------


def rising(values, weights):
    """The closest values that do not fall (pool adjacent violators)."""
    pools = []
    for value, weight in zip(values, weights):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, weight, n = pools.pop()
            last = pools[-1]
            last[0] = (last[0] * last[1] + value * weight) / (last[1] + weight)
            last[1] += weight
            last[2] += n
    return np.concatenate([np.full(n, value) for value, _, n in pools])


def logit(p):
    p = np.clip(p, 0.001, 0.999)
    return np.log(p / (1 - p))


def curve(x, y):
    """Knots of a logistic curve in the logit: two parameters, Newton's method,
    each step halved until it is one downhill (undamped, it may run away)."""
    z = np.stack([logit(x), np.ones(len(x))], 1)
    prior = np.array([1.0, 0.0])

    def cost(w):
        margins = np.where(y > 0.5, 1, -1) * (z @ w)
        return np.logaddexp(0, -margins).sum() + ((w - prior) ** 2).sum()

    w = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (p - y) + 2.0 * (w - prior)
        hessian = (z * (p * (1 - p))[:, None]).T @ z + 2.0 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while cost(w - step) > cost(w) and np.abs(step).max() > 1e-9:
            step = step / 2
        w = w - step
    w[0] = max(w[0], 0.0)
    at = np.linspace(max(0.01, x.min()), min(0.99, x.max()), 12)
    at = np.unique(np.round(at, 4))
    return at, 1 / (1 + np.exp(-(w[0] * logit(at) + w[1])))


def fit(pairs):
    """Knots [(confidence, worth)] of a monotone map; None without examples."""
    if len(pairs) < 2:
        return None
    x, y = np.array(pairs, float).T
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    if np.ptp(x) < 1e-6:
        worth = (y.sum() + PRIOR * 0.5) / (len(y) + PRIOR)
        return np.array([[x[0], worth]], np.float32)
    if len(x) < CURVE_BELOW:
        at, worth = curve(x, y)
    else:
        n = min(MOST_KNOTS, len(x) // KNOT_EXAMPLES)
        groups = np.array_split(np.arange(len(x)), n)
        at = np.array([x[g].mean() for g in groups])
        mean = y.mean()
        worth = rising([(y[g].sum() + PRIOR * mean) / (len(g) + PRIOR)
                        for g in groups], [len(g) for g in groups])
        keep = np.concatenate([[True], np.diff(at) > 1e-4])
        at, worth = at[keep], worth[keep]
    return np.stack([at, np.maximum.accumulate(worth)], 1).astype(np.float32)


def apply(knots, confidence):
    return confidence if knots is None else np.interp(confidence, knots[:, 0], knots[:, 1])


def fit_all(rows):
    return {kind: fit([(c, r) for k, c, r in rows if k == kind]) for kind in KINDS}


# Reporting ------------------------------------------------------------------


def reliability(pairs):
    """(ECE in points, [(bin, examples, mean confidence, share right)])."""
    c, right = np.array(pairs, float).T
    bins = np.minimum((c * BINS).astype(int), BINS - 1)
    table, error = [], 0.0
    for b in range(BINS):
        at = bins == b
        if at.any():
            table.append((b, at.sum(), c[at].mean(), right[at].mean()))
            error += at.sum() * abs(c[at].mean() - right[at].mean())
    return 100 * error / len(c), table


def by_chance(pairs):
    """The mean ECE if every example were right as often as it says."""
    confidences = [c for c, _ in pairs]
    random = np.random.default_rng(1)
    return np.mean([reliability(list(zip(confidences,
                                         random.random(len(pairs)) < confidences)))[0]
                    for _ in range(200)])


def report(title, rows, gold, table):
    for name, kinds in (("claims", ("claim", "quotation")), ("speakers", ("speaker",))):
        pairs = [(c, r) for k, c, r in rows if k in kinds]
        if not pairs:
            continue
        error, bins = reliability(pairs)
        print(f"\n{title}, {name}: {len(pairs)} examples, expected calibration "
              f"error {error:.1f} points ({by_chance(pairs):.1f} by chance)")
        if not table:
            continue
        print("  confidence  examples  mean  right")
        for b, n, mean, share in bins:
            print(f"   {b / BINS:.1f}-{(b + 1) / BINS:.1f}   {n:8d}  {100 * mean:4.0f}"
                  f"  {100 * share:5.0f}")
        if name != "claims":
            continue
        print("  min_confidence  claims  precision  recall")
        for least in (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
            kept = [r for c, r in pairs if c >= least]
            if kept:
                print(f"            {least:4.2f}  {len(kept):6d}  "
                      f"{100 * sum(kept) / len(kept):9.1f}  {100 * sum(kept) / gold:6.1f}")


def held_out(per_article):
    """Examples with the confidence of maps fitted on other articles."""
    out = []
    for fold in range(FOLDS):
        maps = fit_all([e for i, rows in enumerate(per_article)
                        if i % FOLDS != fold for e in rows])
        out += [(k, float(apply(maps[k], c)), r)
                for rows in per_article[fold::FOLDS] for k, c, r in rows]
    return out


def measured(model, options, asked):
    """{scope: ([examples per article], claims in gold)}"""
    out = {}
    for scope, pairs in answers(model, options.server, options.client, asked).items():
        rows = [examples(article, response) for article, response in pairs]
        out[scope] = [r for r, _ in rows], sum(n for _, n in rows)
    return out


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--all", action="append", default=[])
    parser.add_argument("--reported", action="append", default=[])
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--server", type=pathlib.Path, default=ROOT / "build/server/quothd")
    parser.add_argument("--client", type=pathlib.Path, default=ROOT / "build/client/quoth")
    options = parser.parse_args()
    asked = {}
    for scope in SCOPES:
        paths = getattr(options, scope)
        if paths:
            asked[scope] = [json.loads(line) for path in paths
                            for line in open(path, encoding="utf8") if line.strip()]
    if not asked:
        parser.error("no gold: --all or --reported is needed")

    if options.report:
        for scope, (rows, gold) in measured(options.model, options, asked).items():
            report(f"{scope}, the file as it is", sum(rows, []), gold, True)
    writer = read_model(options.model, asked)
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder, "plain.qm")
        writer.write(plain)
        results = measured(plain, options, asked)
    for scope, (rows, gold) in results.items():
        report(f"{scope}, as computed", sum(rows, []), gold, False)
        report(f"{scope}, fitted on other articles", held_out(rows), gold,
               options.report)
    if options.report:
        return
    for scope, (rows, _) in results.items():
        for kind, knots in fit_all(sum(rows, [])).items():
            if knots is not None:
                writer.add(f"{PREFIX}{scope}.{kind}", knots)
    temporary = options.model.with_suffix(".new")
    size = writer.write(temporary)
    temporary.replace(options.model)
    print(f"\n{options.model}: {len(writer.tensors)} tensors, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
