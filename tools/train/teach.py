#!/usr/bin/env python3
"""Soft labels: what a trained network (a teacher) says about gold articles.

    tools/train/teach.py --weights=l12.safetensors --scope=all \\
        --vocabulary=vocab.txt --features=build/tools/train/quoth_features \\
        --data=train.jsonl --out=train.all.l12.soft

train.py takes the files with --soft; several of one scope count as the mean
of their teachers (Hinton, Vinyals, Dean: "Distilling the Knowledge in a
Neural Network", 2015). A teacher of one scope may label articles whose gold
is of the other: that is how the two scopes see each other's text.
"""

import argparse

import numpy as np
import torch
from safetensors.torch import load_file

import articles
import batches
from network import SCOPES, Network, layers_of, load_weights

# The windows of serving.
WINDOW_PIECES = 254


@torch.no_grad()
def label(network, windows, scope):
    """[(cue probabilities [words, 3], {claim index: role probabilities})]."""
    batch = batches.collate(windows)
    words = network.words(batch)
    cues = network.heads(scope).tags(words)[..., :3].softmax(-1).half().numpy()
    roles = np.zeros((0, 0, 3), np.float16)
    if len(batch.row):
        roles = network.roles(words, batch, scope).softmax(-1).half().numpy()
    out, at = [], 0
    for i, window in enumerate(windows):
        n = len(window.first)
        of_claim = {}
        for claim in window.claims:
            of_claim[claim.index] = (window.begin, roles[at, :n])
            at += 1
        out.append((cues[i, :n], of_claim))
    return out


def label_articles(network, found, scope, batch_pieces):
    """{article id: {"cue": [words, 3], "roles": {claim: (first word, [n, 3])}}}."""
    todo = [(a, w) for a in found for w in a.windows[0]]
    todo.sort(key=lambda pair: len(pair[1].pieces))
    out = {a.id: {"cue": np.full((a.words, 3), np.nan, np.float16), "roles": {}}
           for a in found}
    while todo:
        longest = len(todo[-1][1].pieces)
        group = todo[-max(1, batch_pieces // longest):]
        del todo[-len(group):]
        answers = label(network, [w for _, w in group], scope)
        for (article, window), (cues, roles) in zip(group, answers):
            own = out[article.id]
            own["cue"][window.begin:window.begin + len(cues)] = cues
            own["roles"].update(roles)
    return out


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--weights", required=True)
    add("--scope", choices=SCOPES, required=True)
    add("--vocabulary", required=True)
    add("--features", required=True, help="the quoth_features program")
    add("--data", required=True, help="a gold file, of any scope")
    add("--out", required=True)
    add("--batch_pieces", type=int, default=2048)
    add("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    found = articles.load(options.data, options.features, options.vocabulary,
                          [WINDOW_PIECES])
    tensors = load_file(options.weights)
    network = Network(layers=layers_of(tensors))
    load_weights(network, tensors)
    network.eval()
    labels = label_articles(network, found, options.scope, options.batch_pieces)
    torch.save({"scope": options.scope, "articles": labels}, options.out)


if __name__ == "__main__":
    main()
