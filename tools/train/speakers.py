#!/usr/bin/env python3
"""Trains the scorer that says whom a source without a name stands for.

usage: tools/train/speakers.py GOLD.jsonl... --scorer=PATH/score.py
           [--tool=build/tools/train/quoth_speakers] [--model=models/quoth-en.qm]
           [--out=server/speakers/link_weights.inc] [--folds=3] [--rounds=2]

GOLD.jsonl has an article a line, as tools/evaluate reads it; articles without
speakers are passed over. The queries, their candidates and features come from
quoth_speakers, the serving code itself; the scorer's rule says which candidates
are right. What a source is linked to depends on the links before it, so the
queries are written anew with the last weights --rounds times.

With --folds the same is first done on all folds but one and measured on that
one: what the printed figures say is held out. The weights are those of all
articles. Seeded: the same in gives the same out on one kind of machine.
"""

import argparse
import collections
import importlib.machinery
import importlib.util
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy as np
import torch

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
# As in server/speakers/candidates.h and link_scorer.h.
FEATURES = 136
HIDDEN = 20  # Of each net ...
NETS = 3  # ... of so many, which are one in link_scorer.h.
TASKS = ("he she they it I we person people organization document "
         "no-source surname").split()
NO_SOURCE = TASKS.index("no-source")
# A claim without a source whose speaker the gold file does not name says less
# than one with: readers leave it open when in doubt. They are sure where it is
# reported in the passive ("it is thought").
UNNAMED_WEIGHT, UNNAMED_PASSIVE_WEIGHT = 0.08, 0.5
PASSIVE, DIRECT = 33, 31  # Features, as in server/speakers/link_features.h.


def load_module(name, path):
    loader = importlib.machinery.SourceFileLoader(name, str(path))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


class Queries:
    """All queries of some articles: rows of candidates, query after query."""

    def __init__(self, data, articles, same_speaker):
        features, right, sizes, tasks, weights, rows = [], [], [], [], [], []
        at = 0
        while at < len(data):
            article, claim, task, count = struct.unpack_from("<4i", data, at)
            at += 16
            names = []
            candidates = np.empty((count, FEATURES), np.float32)
            for k in range(count):
                size, = struct.unpack_from("<i", data, at)
                names.append(data[at + 4:at + 4 + size].decode())
                at += 4 + size
                candidates[k] = np.frombuffer(data, np.float32, FEATURES, at)
                at += 4 * FEATURES
            gold = articles[article]["attributions"][claim]
            if gold.get("speaker"):
                accepted = gold.get("accept") or [gold["speaker"]]
                ok = [same_speaker(name, accepted, gold["kind"])
                      for name in names]
                weight = 1.0
            elif task == NO_SOURCE and "speaker" in gold:
                ok = [False] * (count - 1) + [True]
                passive = candidates[0, PASSIVE] and not candidates[0, DIRECT]
                weight = UNNAMED_PASSIVE_WEIGHT if passive else UNNAMED_WEIGHT
            else:
                continue
            features.append(candidates)
            right.extend(ok)
            sizes.append(count)
            tasks.append(task)
            weights.append(weight)
            rows.append((article, claim))
        self.features = torch.from_numpy(np.concatenate(features))
        self.right = torch.tensor(right)
        self.tasks = np.array(tasks)
        self.weights = torch.tensor(weights)
        self.query = torch.repeat_interleave(torch.arange(len(sizes)),
                                             torch.tensor(sizes))
        self.count = len(sizes)
        self.rows = rows


class Scorer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Parameter(torch.zeros(FEATURES))
        self.hidden = torch.nn.Parameter(
            torch.randn(FEATURES, HIDDEN) * 0.15)
        self.bias = torch.nn.Parameter(torch.zeros(HIDDEN))
        self.output = torch.nn.Parameter(torch.randn(HIDDEN) * 0.3)

    def forward(self, x, drop=0.0):
        units = torch.relu(x @ self.hidden + self.bias)
        if drop:
            units = torch.nn.functional.dropout(units, drop)
        return x @ self.linear + units @ self.output


class Ensemble:
    """Nets that differ in their beginnings; their mean errs less than each.
    It is a net itself: with the units of all of them side by side."""

    def __init__(self, nets):
        self.nets = nets

    def __call__(self, x):
        return sum(net(x) for net in self.nets) / len(self.nets)

    def numbers(self):
        count = len(self.nets)
        linear = sum(net.linear for net in self.nets) / count
        hidden = torch.cat([net.hidden for net in self.nets], 1)
        bias = torch.cat([net.bias for net in self.nets])
        output = torch.cat([net.output for net in self.nets]) / count
        parts = (linear, hidden.flatten(), bias, output)
        return torch.cat([p.detach() for p in parts]).tolist()


def log_sum(scores, query, count):
    """The logarithm of the sum of exponentials within each query."""
    most = torch.full((count,), -1e9).scatter_reduce(
        0, query, scores, "amax")
    total = torch.zeros(count).index_add(
        0, query, torch.exp(scores - most[query]))
    return torch.log(total) + most


def fit(queries, args):
    return Ensemble([fit_net(queries, args, args.seed + k)
                     for k in range(NETS)])


def fit_net(queries, args, seed):
    torch.manual_seed(seed)
    model = Scorer()
    solvable = torch.zeros(queries.count).index_add(
        0, queries.query, queries.right.float()) > 0
    asked = torch.nonzero(solvable).flatten()
    begins = torch.searchsorted(queries.query, torch.arange(queries.count))
    sizes = torch.bincount(queries.query, minlength=queries.count)
    batches = -(-len(asked) // args.batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate,
                                  weight_decay=args.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, args.rate, total_steps=args.epochs * batches)
    for _ in range(args.epochs):
        for part in asked[torch.randperm(len(asked))].chunk(batches):
            rows = torch.cat([torch.arange(b, b + n) for b, n in zip(
                begins[part].tolist(), sizes[part].tolist())])
            query = torch.repeat_interleave(torch.arange(len(part)),
                                            sizes[part])
            wrong = torch.where(queries.right[rows], 0.0, -1e9)
            scores = model(queries.features[rows], args.drop)
            gain = (log_sum(scores + wrong, query, len(part))
                    - log_sum(scores, query, len(part)))
            weights = queries.weights[part]
            loss = -(weights * gain).sum() / weights.sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule.last_epoch < schedule.total_steps - 1:
                schedule.step()
    return model


def hits(model, queries):
    """Of each query whether the best candidate is right."""
    with torch.no_grad():
        scores = model(queries.features)
    best = torch.full((queries.count,), -1e9).scatter_reduce(
        0, queries.query, scores, "amax")
    top = (scores == best[queries.query]) & queries.right
    return torch.zeros(queries.count).index_add(
        0, queries.query, top.float()).clamp(max=1)


class Trainer:
    def __init__(self, args):
        self.args = args
        self.evaluate = load_module("evaluate", ROOT / "tools/evaluate")
        self.same_speaker = load_module("score", args.scorer).same_speaker
        self.folder = tempfile.TemporaryDirectory()
        self.counts = collections.Counter()

    def run_tool(self, articles, model, *flags):
        command = [self.args.tool, self.args.model, *flags]
        if model is not None:
            path = pathlib.Path(self.folder.name, "weights")
            path.write_text(",".join(f"{x:.4g}" for x in model.numbers()),
                            encoding="ascii")
            command.append(f"--weights={path}")
        frames = b"".join(map(self.evaluate.claims_frame, articles))
        return subprocess.run(command, input=frames, check=True,
                              stdout=subprocess.PIPE).stdout

    def queries(self, articles, model):
        return Queries(self.run_tool(articles, model, "--queries"), articles,
                       self.same_speaker)

    def train(self, articles):
        """Begins with the links of the weights in the tree."""
        model = None
        for _ in range(self.args.rounds):
            model = fit(self.queries(articles, model), self.args)
        return model

    def measure(self, articles, model):
        """Adds how often speakers and kinds are right to the counts."""
        lines = iter(self.run_tool(articles, model).decode().split("\n"))
        for article in articles:
            for gold, line in zip(article["attributions"], lines):
                name, kind, *_ = line.split("\t")
                if not gold.get("speaker"):
                    continue
                names = gold.get("accept") or [gold["speaker"]]
                right = self.same_speaker(name, names, gold["kind"])
                for key in ("all", gold["kind"]):
                    self.counts[key] += 1
                    self.counts[key, "right"] += right
                    self.counts[key, "kind"] += kind == gold["kind"]
        held = self.queries(articles, model)
        right = hits(model, held)
        solvable = torch.zeros(held.count).index_add(
            0, held.query, held.right.float()) > 0
        for task, ok, can, weight in zip(held.tasks, right, solvable,
                                         held.weights):
            if weight == 1:
                self.counts["task", TASKS[task]] += 1
                self.counts["task", TASKS[task], "right"] += int(ok)
                self.counts["task", TASKS[task], "can"] += int(can)

    def report(self, title):
        c = self.counts
        print(f"{title}, held out:")
        for key in ("all", "P", "U", "O", "D"):
            print(f"  {key:4} {c[key]:6} speaker "
                  f"{100 * c[key, 'right'] / max(1, c[key]):5.1f}  kind "
                  f"{100 * c[key, 'kind'] / max(1, c[key]):5.1f}")
        for task in TASKS:
            n = max(1, c["task", task])
            print(f"  {task:13} {n:6} right "
                  f"{100 * c['task', task, 'right'] / n:5.1f} of possible "
                  f"{100 * c['task', task, 'can'] / n:5.1f}")
        sys.stdout.flush()


def write(model, figures, path):
    numbers = [f"{x:.4g}" for x in model.numbers()]
    lines = ["// Weights of link_scorer.h, made by tools/train/speakers.py; not",
             "// to be edited. link_features.h says what the rows are.",
             *(f"// {line}" for line in figures), "// clang-format off"]
    for k in range(0, len(numbers), 12):
        lines.append(",".join(numbers[k:k + 12]) + ",")
    lines.append("// clang-format on")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=argparse.SUPPRESS)
    parser.add_argument("gold", type=pathlib.Path, nargs="+")
    parser.add_argument("--scorer", type=pathlib.Path, required=True)
    parser.add_argument("--tool", type=pathlib.Path,
                        default=ROOT / "build/tools/train/quoth_speakers")
    parser.add_argument("--model", type=pathlib.Path,
                        default=ROOT / "models/quoth-en.qm")
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "server/speakers/link_weights.inc")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)

    trainer = Trainer(args)
    files = []
    for path in args.gold:
        articles = trainer.evaluate.read_articles(path)
        files.append([a for a in articles
                      if any(r.get("speaker") for r in a["attributions"])])
    models, figures = [], []
    for fold in range(args.folds):
        kept = [a for file in files
                for i, a in enumerate(file) if i % args.folds != fold]
        models.append(trainer.train(kept))
    for path, file in zip(args.gold, files):
        if not args.folds:
            break
        trainer.counts.clear()
        for fold, model in enumerate(models):
            trainer.measure(file[fold::args.folds], model)
        trainer.report(path.name)
        c = trainer.counts
        figures.append(
            f"{path.stem}, held out: speaker right "
            f"{100 * c['all', 'right'] / c['all']:.1f} %, of persons "
            f"{100 * c['P', 'right'] / max(1, c['P']):.1f} %")
    write(trainer.train([a for file in files for a in file]), figures,
          args.out)


if __name__ == "__main__":
    main()
