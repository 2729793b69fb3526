#!/usr/bin/env python3
"""Trains the network; resumable, seeded.

    pip install -r tools/train/requirements.txt
    cmake --build build --target quoth_features
    tools/train/train.py --out=runs/en --start=weights.safetensors \\
        --vocabulary=vocab.txt --features=build/tools/train/quoth_features \\
        --data=all:train.jsonl --data=reported:news_train.jsonl \\
        --check=reported:news_dev.jsonl --epochs=8
    tools/convert_model.py runs/en/weights.safetensors vocab.txt models/quoth-en.qm

Each --data is one scope's gold file; an epoch reads all of them once, or
times:scope:file that many times. --tune says what may change: "heads" (the
encoder stays as it is, and with it every head that gets no data), or
"encoder" (everything but the word embeddings, which stay frozen always).
--soft adds a teacher's labels (teach.py). tools/train/run has the runs that
led to the model that ships.

A checkpoint is written every few minutes to OUT/checkpoint.pt; the same
command goes on from there after a cut. At the end OUT/weights.safetensors
holds the running average of the weights, which scores better than the last.
"""

import argparse
import collections
import json
import os
import random
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

import articles
import batches
from network import SCOPES, Dropout, Network, load_weights, pick_layers

# An epoch cuts windows to a size of its own, so that paragraphs meet
# different neighbours; the first is the size of serving.
WINDOW_PIECES = [254, 238, 222, 206, 190]

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

# Steps for which one pool of dropout masks serves.
DROPOUT_STEPS = 50

Source = collections.namedtuple("Source", "times scope articles")


def parse_source(text, options):
    parts = text.split(":", 2) if text[0].isdigit() else ["1", *text.split(":", 1)]
    times, scope, path = parts
    found = articles.load(path, options.features, options.vocabulary, WINDOW_PIECES)
    return Source(int(times), scope, found)


def add_soft_labels(sources, paths):
    """Each file goes to the sources whose articles it has labels for."""
    files = [torch.load(p, weights_only=False) for p in paths]
    for source in sources:
        for scope in SCOPES:
            labels = [f["articles"] for f in files if f["scope"] == scope and
                      all(a.id in f["articles"] and
                          len(f["articles"][a.id]["cue"]) == a.words
                          for a in source.articles)]
            if labels:
                articles.add_soft_labels(source.articles, scope, labels)


def epoch_batches(sources, options, epoch):
    """[(scope, windows)] of one epoch, the same for the same seed."""
    rng = random.Random(f"{options.seed}/{epoch}")
    out = []
    for source in sources:
        for _ in range(source.times):
            size = rng.randrange(len(WINDOW_PIECES))
            windows = [w for a in source.articles for w in a.windows[size]]
            groups = batches.plan(windows, options.batch_pieces, rng)
            out += [(source.scope, g) for g in groups]
    rng.shuffle(out)
    return out


def hard(logits, labels, **kw):
    return F.cross_entropy(logits.reshape(-1, 3), labels.reshape(-1),
                           ignore_index=batches.IGNORED, **kw)


def soft(logits, labels):
    """Sum of cross-entropies against probabilities, and of how many."""
    known = ~labels[..., 0].isnan()
    return -(labels[known] * logits[known].log_softmax(-1)).sum(), int(known.sum())


def loss(network, batch, scope, soft_share=0.0):
    """Weighted as in the first run: cues 5, auxiliary tags 1, roles 1 per 25 words.

    Gold is of one scope. Where a teacher's labels are known they take
    soft_share of that loss; the other scope's heads learn from them alone, at
    the same weight.
    """
    words = network.words(batch)
    total = 0
    for head in (scope, *(s for s in SCOPES if s != scope)):
        taught = soft_share > 0 and head in batch.soft_tags
        if head != scope and not taught:
            continue
        gold = (1 - soft_share if taught else 1) if head == scope else 0
        z = network.heads(head).tags(words).view(*words.shape[:2], 3, 3)
        if gold:
            total = total + gold * 5 * hard(z[:, :, 0], batch.tags[:, :, 0])
            total = total + hard(z[:, :, 1:], batch.tags[:, :, 1:])
        if taught:
            value, count = soft(z[:, :, 0], batch.soft_tags[head])
            total = total + soft_share * 5 * value / max(1, count)
        if len(batch.row):
            roles = network.roles(words, batch, head)
            per_word = 1 / (25 * len(batch.row))
            if gold:
                total = total + gold * per_word * hard(roles, batch.roles, reduction="sum")
            if taught and head in batch.soft_roles:
                value, _ = soft(roles, batch.soft_roles[head])
                total = total + soft_share * per_word * value
    return total


@torch.no_grad()
def check(network, sources, options):
    """Mean loss of each --check file, without dropout."""
    network.eval()
    out = {}
    for source in sources:
        windows = [w for a in source.articles for w in a.windows[0]]
        groups = batches.plan(windows, options.batch_pieces, random.Random(0))
        losses = [loss(network, batches.collate(g).to(DEVICE), source.scope).item()
                  for g in groups]
        out[source.scope] = sum(losses) / len(losses)
    network.train()
    return out


def parameter_groups(network, options):
    """Learning rates: heads learn faster than the encoder, which is trained already."""
    fresh = ("enc.shape.", "enc.quote.")
    slow, fast = [], []
    for name, p in network.named_parameters():
        in_encoder = name.startswith("enc.")
        p.requires_grad_(name != "enc.word.weight" and
                         (options.tune == "encoder" or not in_encoder))
        if p.requires_grad:
            (slow if in_encoder and not name.startswith(fresh) else fast).append(p)
    return [g for g in ({"params": slow, "lr": options.lr, "base": options.lr},
                        {"params": fast, "lr": options.head_lr, "base": options.head_lr})
            if g["params"]]


class Run:
    """What a checkpoint holds."""

    def __init__(self, options, total, scopes):
        self.options, self.total, self.step = options, total, 0
        tensors = load_file(options.start)
        layers = options.layers
        if options.pick:
            picked = [int(i) for i in options.pick.split(",")]
            tensors, layers = pick_layers(tensors, picked), len(picked)
        self.network = Network(layers=layers, dropout=options.dropout)
        load_weights(self.network, tensors)
        self.network.to(DEVICE)
        # Heads that nothing has taught are not saved: whoever starts from the
        # weights then takes those of the other scope for them.
        self.has_reported = "reported" in scopes or any(
            k.startswith("reported.") for k in tensors)
        groups = parameter_groups(self.network, options)
        self.optimizer = torch.optim.AdamW(
            groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-6, fused=True)
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.path = os.path.join(options.out, "checkpoint.pt")

    def save(self):
        state = {"step": self.step, "network": self.network.state_dict(),
                 "optimizer": self.optimizer.state_dict(), "average": self.average,
                 "random": torch.get_rng_state(), "options": vars(self.options)}
        torch.save(state, self.path + ".new")
        os.replace(self.path + ".new", self.path)

    def resume(self):
        if not os.path.exists(self.path):
            return
        state = torch.load(self.path, weights_only=False, map_location=DEVICE)
        if state["options"] != vars(self.options):
            sys.exit(f"{self.path} is of a run with other options; remove it or choose another --out")
        self.step, self.average = state["step"], state["average"]
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        print(f"goes on from step {self.step}", flush=True)

    def learn(self, scope, windows):
        done = self.step / self.total
        factor = max(0.02, min(self.step / (0.1 * self.total), 1) * (1 - done))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor
        if Dropout.pool is None or self.step % DROPOUT_STEPS == 0:
            Dropout.renew(self.options.dropout,
                          self.options.seed * 1_000_003 + self.step // DROPOUT_STEPS, DEVICE)
        rng = random.Random(f"{self.options.seed}/blur/{self.step}")
        value = loss(self.network, batches.collate(windows, rng).to(DEVICE), scope,
                     self.options.soft_share)
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self.options.average, (1 + self.step) / (10 + self.step))
        for name, p in self.network.named_parameters():
            if p.requires_grad:
                self.average[name].lerp_(p.detach(), 1 - keep)
        return value.item()


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--out", required=True)
    add("--start", required=True, help="safetensors: an earlier run's, or BERT's")
    add("--vocabulary", required=True)
    add("--features", required=True, help="the quoth_features program")
    add("--data", action="append", required=True, metavar="[TIMES:]SCOPE:FILE")
    add("--check", action="append", default=[], metavar="SCOPE:FILE")
    add("--soft", action="append", default=[], metavar="FILE",
        help="soft labels of --data articles, made by teach.py")
    add("--soft_share", type=float, default=0.5)
    add("--pick", default="", metavar="I,J,...",
        help="take these layers of --start only: a smaller student")
    add("--tune", choices=("heads", "encoder"), default="encoder")
    add("--layers", type=int, default=6)
    add("--epochs", type=int, default=8)
    add("--lr", type=float, default=1.5e-4)
    add("--head_lr", type=float, default=8e-4)
    add("--dropout", type=float, default=0.1)
    add("--average", type=float, default=0.99)
    add("--batch_pieces", type=int, default=1024)
    add("--seed", type=int, default=1)
    add("--threads", type=int, default=2)
    add("--save_minutes", type=float, default=3)
    return parser.parse_args()


def main():
    options = parse_options()
    os.makedirs(options.out, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    sources = [parse_source(s, options) for s in options.data]
    add_soft_labels(sources, options.soft)
    checks = [parse_source(s, options) for s in options.check]
    plans = [len(epoch_batches(sources, options, e)) for e in range(options.epochs)]
    run = Run(options, sum(plans), {s.scope for s in sources})
    run.resume()
    saved, recent = time.time(), []
    for epoch in range(options.epochs):
        first = sum(plans[:epoch])
        if run.step >= first + plans[epoch]:
            continue
        for scope, windows in epoch_batches(sources, options, epoch)[run.step - first:]:
            recent.append(run.learn(scope, windows))
            if time.time() - saved > 60 * options.save_minutes:
                run.save()
                saved = time.time()
                print(f"step {run.step} of {run.total}, loss "
                      f"{sum(recent[-100:]) / len(recent[-100:]):.3f}", flush=True)
        print(json.dumps({"epoch": epoch + 1, "step": run.step, "steps": run.total,
                          "loss": sum(recent) / max(1, len(recent)),
                          "check": check(run.network, checks, options)}), flush=True)
        recent = []
    run.network.load_state_dict(run.average)
    print(json.dumps({"average": check(run.network, checks, options)}), flush=True)
    save_file({k: v.cpu().contiguous() for k, v in run.average.items()
               if run.has_reported or not k.startswith("reported.")},
              os.path.join(options.out, "weights.safetensors"))
    if os.path.exists(run.path):
        os.remove(run.path)


if __name__ == "__main__":
    main()
