#!/usr/bin/env python3
"""The weights in a model file, to train on from them.

    tools/train/weights_of.py models/quoth-en.qm weights.safetensors

The other way round than tools/convert_model.py; int8 weights are what their
codes stand for. What the model file leaves out comes back as zeros: the
auxiliary rows of the tag heads and the positions behind the longest window.
"""

import argparse
import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

import convert_model as format  # noqa: E402

POSITIONS = 512  # Of the network, network.py.
TAGS = 9  # Rows of a tag head, of which the file has the cue's three.
TAPS = 5  # Of both convolutions.
TYPES = {format.FLOAT32: np.float32, format.INT8: np.int8, format.BYTES: np.uint8}


def read_model(path):
    """Returns {name: array} of a model file."""
    data = pathlib.Path(path).read_bytes()
    magic, version, _ = format.HEADER.unpack_from(data)
    if magic != format.MAGIC or version != format.FORMAT_VERSION:
        sys.exit(f"{path} is no model file of version {format.FORMAT_VERSION}")
    _, properties, count = format.CHECKED_HEADER.unpack_from(data, format.HEADER.size)
    at = format.HEADER.size + format.CHECKED_HEADER.size + properties
    tensors = {}
    for i in range(count):
        record = format.RECORD.unpack_from(data, at + i * format.RECORD.size)
        name, kind, rank, dims = record[0], record[1], record[2], record[3:6]
        array = np.frombuffer(data, TYPES[kind], int(np.prod(dims)), record[7])
        tensors[name.rstrip(b"\0").decode()] = array.reshape(dims[:rank])
    return tensors


class Weights:
    """Collects the tensors of network.py from those of a model file."""

    def __init__(self, model):
        self.model, self.out = model, {}

    def matrix(self, name):
        weight = self.model[name + ".weight"].astype(np.float32)
        scale = self.model.get(name + ".scale")
        return weight if scale is None else weight * scale[:, None]

    def floats(self, theirs, ours, rows=None):
        value = self.model[ours].astype(np.float32)
        if rows:
            value = np.concatenate(
                [value, np.zeros((rows - len(value), *value.shape[1:]), np.float32)])
        self.out[theirs] = value

    def linear(self, theirs, ours, part=slice(None)):
        self.out[theirs + ".weight"] = self.matrix(ours)[part]
        self.out[theirs + ".bias"] = self.model[ours + ".bias"][part]

    def convolution(self, theirs, ours):
        self.linear(theirs, ours)
        flat = self.out[theirs + ".weight"]
        self.out[theirs + ".weight"] = flat.reshape(
            len(flat), TAPS, -1).transpose(0, 2, 1)

    def heads(self, prefix):
        for part in ("weight", "bias"):
            self.floats(f"{prefix}tags.{part}", f"{prefix}cue.{part}", TAGS)
            self.floats(f"{prefix}arg.out.{part}", f"{prefix}argument.out.{part}")
        for ours, add, multiply in (("word", "tok", "mul_t"), ("cue", "cue", "mul_c")):
            half = len(self.model[f"{prefix}argument.{ours}.bias"]) // 2
            self.linear(f"{prefix}arg.{add}", f"{prefix}argument.{ours}", slice(half))
            self.linear(f"{prefix}arg.{multiply}", f"{prefix}argument.{ours}",
                        slice(half, None))
        self.floats(f"{prefix}arg.dist.weight", f"{prefix}argument.distance")
        self.floats(f"{prefix}arg.rel.weight", f"{prefix}argument.relation")
        self.linear(f"{prefix}arg.down", f"{prefix}argument.down")
        self.convolution(f"{prefix}arg.c1", f"{prefix}argument.near")
        self.convolution(f"{prefix}arg.c2", f"{prefix}argument.far")


def weights_of(model):
    w = Weights(model)
    w.out["enc.word.weight"] = w.matrix("embedding.word")
    w.floats("enc.pos.weight", "embedding.position", POSITIONS)
    w.floats("enc.shape.weight", "embedding.shape")
    w.floats("enc.quote.weight", "embedding.quote")
    norms = [("enc.norm", "embedding.norm")]
    for i in range(sum(n.endswith("qkv.bias") for n in model)):
        ours, theirs = f"encoder.{i}", f"enc.layers.{i}"
        for a, b in (("qkv", "qkv"), ("o", "attention_out"),
                     ("f1", "feed_forward_in"), ("f2", "feed_forward_out")):
            w.linear(f"{theirs}.{a}", f"{ours}.{b}")
        norms += [(f"{theirs}.n1", f"{ours}.attention_norm"),
                  (f"{theirs}.n2", f"{ours}.feed_forward_norm")]
    for theirs, ours in norms:
        w.floats(theirs + ".weight", ours + ".gain")
        w.floats(theirs + ".bias", ours + ".bias")
    w.heads("")
    if "reported.cue.weight" in model:
        w.heads("reported.")
    return {name: np.ascontiguousarray(value) for name, value in w.out.items()}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="a file in models/")
    parser.add_argument("weights", help="safetensors file to write")
    options = parser.parse_args()
    save_file(weights_of(read_model(options.model)), options.weights)


if __name__ == "__main__":
    main()
