#!/usr/bin/env python3
"""Writes the model file that the server maps: server/model/model_file.h has the format.

    tools/convert_model.py weights.safetensors vocab.txt models/quoth-en.qm

Linear layers become int8 with one scale per output channel, word embeddings
int8 with one scale per row; everything else is fp32. --precision=float32 keeps
all of it in fp32, to see what quantisation costs. What training alone needs
(the auxiliary rows of the tag head, positions behind the longest window) is
left out. Needs numpy and nothing else.
"""

import argparse
import json
import struct
import sys
import zlib

import numpy as np

MAGIC = b"QUOTHMDL"
FORMAT_VERSION = 1
FLOAT32, INT8, BYTES = 0, 1, 2
HEADER = struct.Struct("<8sII")
CHECKED_HEADER = struct.Struct("<QII")  # The checksum covers it, too.
RECORD = struct.Struct("<48sII3IIQQ")
ALIGNMENT = 64


def read_safetensors(path):
    """Returns the tensors of a safetensors file by name, as fp32."""
    with open(path, "rb") as f:
        (size,) = struct.unpack("<Q", f.read(8))
        header = json.loads(f.read(size))
        data = f.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        raw, dtype = data[begin:end], entry["dtype"]
        if dtype in ("F16", "F32"):
            values = np.frombuffer(raw, "<f2" if dtype == "F16" else "<f4")
        elif dtype == "BF16":
            values = (np.frombuffer(raw, "<u2").astype("<u4") << 16).view("<f4")
        else:
            sys.exit(f"{path}: tensor {name} has type {dtype}; "
                     "F16, BF16 and F32 are understood")
        tensors[name] = values.astype(np.float32).reshape(entry["shape"])
    return tensors


def quantize_rows(weight):
    """Returns int8 codes and one fp32 scale per row: weight ~ codes * scale.

    Of a few scales at and below the one that just fits the row's largest
    weight, each row takes that with the least squared error.
    """
    largest = np.maximum(np.abs(weight).max(axis=1), 1e-12)
    best_error = np.full(len(weight), np.inf)
    best_scale = np.zeros(len(weight), np.float32)
    for share in np.linspace(0.7, 1.0, 16):
        scale = (largest * share / 127).astype(np.float32)
        codes = np.clip(np.rint(weight / scale[:, None]), -127, 127)
        error = ((codes * scale[:, None] - weight) ** 2).sum(axis=1)
        better = error < best_error
        best_error[better] = error[better]
        best_scale[better] = scale[better]
    codes = np.clip(np.rint(weight / best_scale[:, None]), -127, 127)
    return codes.astype(np.int8), best_scale


class Writer:
    """Collects tensors and properties and writes them to one file."""

    def __init__(self, precision):
        self.precision = precision
        self.properties = {}
        self.tensors = []

    def add(self, name, array):
        if len(name.encode()) > 47 or not 1 <= array.ndim <= 3:
            sys.exit(f"tensor {name} does not fit a record")
        kind = {"float32": FLOAT32, "int8": INT8, "uint8": BYTES}[
            str(array.dtype)]
        self.tensors.append((name, kind, np.ascontiguousarray(array)))

    def add_floats(self, name, array):
        self.add(name, array.astype(np.float32))

    def add_matrix(self, name, weight):
        """A matrix [rows, columns], int8 with NAME.scale or fp32."""
        if self.precision == "float32":
            self.add_floats(name + ".weight", weight)
            return
        codes, scale = quantize_rows(weight)
        self.add(name + ".weight", codes)
        self.add_floats(name + ".scale", scale)

    def add_linear(self, name, weight, bias):
        self.add_matrix(name, weight)
        self.add_floats(name + ".bias", bias)

    def write(self, path):
        lines = "".join(f"{k}={v}\n" for k, v in self.properties.items())
        block = lines.encode()
        block += b"\0" * (-len(block) % 8)
        offset = (HEADER.size + CHECKED_HEADER.size + len(block) +
                  RECORD.size * len(self.tensors))
        records, data = [], []
        for name, kind, array in self.tensors:
            padding = -offset % ALIGNMENT
            offset += padding
            dims = list(array.shape) + [1] * (3 - array.ndim)
            records.append(RECORD.pack(name.encode(), kind, array.ndim, *dims,
                                       0, offset, array.nbytes))
            data.append(b"\0" * padding + array.tobytes())
            offset += array.nbytes
        body = CHECKED_HEADER.pack(offset, len(block), len(self.tensors))
        body += block + b"".join(records) + b"".join(data)
        header = HEADER.pack(MAGIC, FORMAT_VERSION, zlib.crc32(body))
        with open(path, "wb") as f:
            f.write(header + body)
        return offset


def taps_last(weight):
    """Convolution [out, in, taps] -> matrix [out, taps * in]."""
    out, channels, taps = weight.shape
    return weight.transpose(0, 2, 1).reshape(out, taps * channels)


def add_heads(w, t, prefix):
    """Writes the heads of one scope, whose tensors begin with `prefix`."""
    p = prefix + "arg"
    # Of the tag head the cue's three labels; too few rows to quantise.
    w.add_floats(prefix + "cue.weight", t[prefix + "tags.weight"][:3])
    w.add_floats(prefix + "cue.bias", t[prefix + "tags.bias"][:3])

    # The additive and the multiplicative term of words and of cues read the
    # same input: one product for both.
    for ours, add, multiply in (("argument.word", "tok", "mul_t"),
                                ("argument.cue", "cue", "mul_c")):
        w.add_linear(prefix + ours,
                     np.concatenate([t[f"{p}.{add}.weight"],
                                     t[f"{p}.{multiply}.weight"]]),
                     np.concatenate([t[f"{p}.{add}.bias"],
                                     t[f"{p}.{multiply}.bias"]]))
    w.add_floats(prefix + "argument.distance", t[p + ".dist.weight"])
    w.add_floats(prefix + "argument.relation", t[p + ".rel.weight"])
    w.add_linear(prefix + "argument.down", t[p + ".down.weight"],
                 t[p + ".down.bias"])
    w.add_linear(prefix + "argument.near", taps_last(t[p + ".c1.weight"]),
                 t[p + ".c1.bias"])
    w.add_linear(prefix + "argument.far", taps_last(t[p + ".c2.weight"]),
                 t[p + ".c2.bias"])
    w.add_floats(prefix + "argument.out.weight", t[p + ".out.weight"])
    w.add_floats(prefix + "argument.out.bias", t[p + ".out.bias"])


def convert(source, vocabulary, options):
    t = read_safetensors(source)
    w = Writer(options.precision)
    layers = 1 + max(int(n.split(".")[2]) for n in t
                     if n.startswith("enc.layers."))
    words, hidden = t["enc.word.weight"].shape
    lines = vocabulary.rstrip(b"\n").count(b"\n") + 1
    if lines != words:
        sys.exit(f"the vocabulary has {lines} pieces, the embeddings {words}")
    if hidden % options.heads:
        sys.exit(f"{hidden} dimensions do not divide into {options.heads} heads")
    positions = options.max_window_pieces + 2  # [CLS] and [SEP].
    if positions > len(t["enc.pos.weight"]):
        sys.exit(f"the model has {len(t['enc.pos.weight'])} positions only")
    w.properties = {
        "name": options.name,
        "version": options.model_version,
        "language": options.language,
        "licence": options.licence,
        "precision": options.precision,
        "layers": layers,
        "hidden": hidden,
        "heads": options.heads,
        "feed_forward": len(t["enc.layers.0.f1.bias"]),
        "max_window_pieces": options.max_window_pieces,
        "argument_hidden": len(t["arg.tok.bias"]),
        "argument_channels": len(t["arg.down.bias"]),
    }
    w.add("vocabulary", np.frombuffer(vocabulary, np.uint8))

    w.add_matrix("embedding.word", t["enc.word.weight"])
    w.add_floats("embedding.position", t["enc.pos.weight"][:positions])
    w.add_floats("embedding.shape", t["enc.shape.weight"])
    w.add_floats("embedding.quote", t["enc.quote.weight"])
    w.add_floats("embedding.norm.gain", t["enc.norm.weight"])
    w.add_floats("embedding.norm.bias", t["enc.norm.bias"])
    for i in range(layers):
        for ours, theirs in (("qkv", "qkv"), ("attention_out", "o"),
                             ("feed_forward_in", "f1"),
                             ("feed_forward_out", "f2")):
            p = f"enc.layers.{i}.{theirs}"
            w.add_linear(f"encoder.{i}.{ours}", t[p + ".weight"],
                         t[p + ".bias"])
        for ours, theirs in (("attention_norm", "n1"),
                             ("feed_forward_norm", "n2")):
            p = f"enc.layers.{i}.{theirs}"
            w.add_floats(f"encoder.{i}.{ours}.gain", t[p + ".weight"])
            w.add_floats(f"encoder.{i}.{ours}.bias", t[p + ".bias"])

    # The heads of ALL_ATTRIBUTIONS, and those of REPORTED if there are any.
    add_heads(w, t, "")
    if "reported.tags.weight" in t:
        add_heads(w, t, "reported.")
    return w


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights", help="safetensors file")
    parser.add_argument("vocabulary", help="one word piece a line")
    parser.add_argument("output", help="model file to write")
    parser.add_argument("--precision", choices=("int8", "float32"),
                        default="int8")
    parser.add_argument("--name", default="quoth-en")
    parser.add_argument("--model-version", type=int, default=1)
    parser.add_argument("--language", default="en")
    parser.add_argument("--licence",
                        default="see the model card beside this file")
    parser.add_argument("--heads", type=int, default=12)
    parser.add_argument("--max-window-pieces", type=int, default=254)
    options = parser.parse_args()
    with open(options.vocabulary, "rb") as f:
        vocabulary = f.read()
    writer = convert(options.weights, vocabulary, options)
    size = writer.write(options.output)
    print(f"{options.output}: {len(writer.tensors)} tensors, "
          f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
