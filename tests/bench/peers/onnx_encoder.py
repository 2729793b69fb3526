#!/usr/bin/env python3
"""Speed of ONNX Runtime on an encoder of the size of Quoth's, one thread.

  onnx_encoder.py MODEL.qm PIECES [SECONDS]

Builds the same encoder as the model file says that it has (layers, widths,
heads; weights at random, which do not matter for speed), in fp32 and with ONNX
Runtime's own dynamic int8 quantisation, and prints for each
"NAME PIECES_PER_SECOND", in CPU time of this process. Exits with 3 if a package
is missing.
"""

import os
import struct
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"
try:
    import numpy as np
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper
    from onnxruntime.quantization import QuantType, quantize_dynamic
except ImportError as error:
    print(f"not installed: {error.name}", file=sys.stderr)
    sys.exit(3)


def read_size(path):
    """Returns layers, hidden, heads and feed_forward of a model file, whose
    format server/model/model_file.h describes."""
    with open(path, "rb") as file:
        magic, length = struct.unpack("<8s16xI4x", file.read(32))
        if magic != b"QUOTHMDL":
            sys.exit(f"{path} is no model file")
        lines = file.read(length).rstrip(b"\0").decode().splitlines()
    properties = dict(line.split("=", 1) for line in lines)
    return [int(properties[name])
            for name in ("layers", "hidden", "heads", "feed_forward")]


class Graph:
    """The nodes and weights of a model, as they are added."""

    def __init__(self, hidden, heads):
        self.hidden, self.heads = hidden, heads
        self.nodes, self.weights = [], []
        self.random = np.random.default_rng(1)

    def constant(self, values):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def add(self, kind, *inputs, **attributes):
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name],
                                           **attributes))
        return name

    def linear(self, x, rows, columns):
        weight = self.random.normal(0, 0.05, (rows, columns))
        product = self.add("MatMul", x,
                           self.constant(weight.astype(np.float32)))
        return self.add("Add", product,
                        self.constant(np.zeros(columns, np.float32)))

    def norm(self, x):
        return self.add("LayerNormalization", x,
                        self.constant(np.ones(self.hidden, np.float32)),
                        self.constant(np.zeros(self.hidden, np.float32)),
                        axis=-1)

    def split_heads(self, x, order):
        shape = self.constant(np.array([0, -1, self.heads,
                                        self.hidden // self.heads]))
        return self.add("Transpose", self.add("Reshape", x, shape), perm=order)


def make_model(path, layers, hidden, heads, feed_forward):
    g = Graph(hidden, heads)
    x = "input"
    for _ in range(layers):
        q = g.split_heads(g.linear(x, hidden, hidden), [0, 2, 1, 3])
        k = g.split_heads(g.linear(x, hidden, hidden), [0, 2, 3, 1])
        v = g.split_heads(g.linear(x, hidden, hidden), [0, 2, 1, 3])
        scale = g.constant(np.float32((hidden // heads) ** -0.5))
        scores = g.add("Softmax", g.add("Mul", g.add("MatMul", q, k), scale),
                       axis=-1)
        joined = g.add("Transpose", g.add("MatMul", scores, v),
                       perm=[0, 2, 1, 3])
        joined = g.add("Reshape", joined, g.constant(np.array([0, -1, hidden])))
        x = g.norm(g.add("Add", x, g.linear(joined, hidden, hidden)))
        inner = g.linear(x, hidden, feed_forward)
        # GELU as transformers export it, which ONNX Runtime fuses.
        erf = g.add("Erf", g.add("Div", inner,
                                 g.constant(np.float32(2 ** 0.5))))
        erf = g.add("Add", erf, g.constant(np.float32(1)))
        gelu = g.add("Mul", g.add("Mul", inner, erf),
                     g.constant(np.float32(0.5)))
        x = g.norm(g.add("Add", x, g.linear(gelu, feed_forward, hidden)))
    dims = [1, "pieces", hidden]
    graph = helper.make_graph(
        g.nodes, "encoder",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, dims)],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, dims)], g.weights)
    model = helper.make_model(graph,
                              opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, path)


def measure(path, pieces, hidden, seconds):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options,
                                           ["CPUExecutionProvider"])
    x = np.random.default_rng(2).normal(size=(1, pieces, hidden))
    feed = {"input": x.astype(np.float32)}
    for _ in range(3):
        session.run(None, feed)
    runs, begin = 0, time.process_time()
    while time.process_time() - begin < seconds:
        session.run(None, feed)
        runs += 1
    return runs * pieces / (time.process_time() - begin)


def main():
    size = read_size(sys.argv[1])
    hidden = size[1]
    pieces = int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        full = os.path.join(folder, "fp32.onnx")
        small = os.path.join(folder, "int8.onnx")
        make_model(full, *size)
        quantize_dynamic(full, small, weight_type=QuantType.QInt8,
                         per_channel=True)
        print(f"fp32 {measure(full, pieces, hidden, seconds):.0f}")
        print(f"int8 {measure(small, pieces, hidden, seconds):.0f}")


if __name__ == "__main__":
    main()
