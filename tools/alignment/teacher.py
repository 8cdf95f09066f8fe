"""Runs the teacher (all-MiniLM-L6-v2) on the corpus with ONNX Runtime on the CPU.

The graph is built here from the safetensors file: six post-norm BERT layers, mean pooling, no torch.
Writes `teacher.npy` (sentences x 384, float16, unit length) and `teacher_vocab.npy` (one row per WordPiece).
"""

import argparse
import json
import math
import pathlib
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS = 12
LONGEST = 128
CLASSIFY, SEPARATE = 101, 102


def build(folder, out):
    """Writes the encoder as an ONNX file: `ids` [batch, length] without padding -> `sentence` [batch, width]."""
    weights = load_file(folder / "model.safetensors")
    width = weights["embeddings.word_embeddings.weight"].shape[1]
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    constants, nodes = [], []

    def constant(value):
        name = f"constant{len(constants)}"
        constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def node(kind, *inputs, **attributes):
        name = f"{kind}{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def dense(x, name):
        product = node("MatMul", x, constant(weights[f"{name}.weight"].T))
        return node("Add", product, constant(weights[f"{name}.bias"]))

    def normalise(x, name):
        scale, bias = constant(weights[f"{name}.weight"]), constant(weights[f"{name}.bias"])
        return node("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    words = node("Gather", constant(weights["embeddings.word_embeddings.weight"]), "ids")
    length = node("Slice", node("Shape", "ids"), constant(numpy.array([1])), constant(numpy.array([2])))
    # Segment 0 is added to every position once, since no input has a second segment.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    place = node("Slice", constant(places[:LONGEST]), constant(numpy.array([0])), length)
    x = normalise(node("Add", words, place), "embeddings.LayerNorm")
    split, join = constant(numpy.array([0, 0, HEADS, width // HEADS])), constant(numpy.array([0, 0, width]))
    temperature = constant(numpy.float32(1 / math.sqrt(width // HEADS)))
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}"
        heads = {
            name: node("Transpose", node("Reshape", dense(x, f"{prefix}.attention.self.{name}"), split), perm=order)
            for name, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        }
        scores = node("Mul", node("MatMul", heads["query"], heads["key"]), temperature)
        mixed = node("MatMul", node("Softmax", scores, axis=-1), heads["value"])
        mixed = node("Reshape", node("Transpose", mixed, perm=[0, 2, 1, 3]), join)
        x = normalise(
            node("Add", x, dense(mixed, f"{prefix}.attention.output.dense")), f"{prefix}.attention.output.LayerNorm"
        )
        inner = node("Gelu", dense(x, f"{prefix}.intermediate.dense"))
        x = normalise(node("Add", x, dense(inner, f"{prefix}.output.dense")), f"{prefix}.output.LayerNorm")
    nodes.append(helper.make_node("ReduceMean", [x, constant(numpy.array([1]))], ["sentence"], keepdims=0))
    graph = helper.make_graph(
        nodes,
        "teacher",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["batch", width])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, out)


class Teacher:
    """Sentence -> unit vector of 384 numbers, exactly as sentence-transformers computes it (mean pooling)."""

    def __init__(self, folder, work, threads=2):
        folder, path = pathlib.Path(folder), pathlib.Path(work) / "teacher.onnx"
        if not path.exists():
            build(folder, path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def run(self, ids):
        """Vectors of a rectangular batch of token ids."""
        vectors = self.session.run(None, {"ids": ids})[0]
        return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)

    def __call__(self, texts, tokens_a_batch=2048, progress=False):
        """Vectors of texts; sentences of equal length share a batch, so no padding and no mask is needed."""
        encoded = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        groups = {}
        for index, ids in enumerate(encoded):
            groups.setdefault(len(ids), []).append(index)
        out, done, start = numpy.zeros((len(encoded), 384), numpy.float32), 0, time.time()
        for length, members in sorted(groups.items()):
            step = max(1, tokens_a_batch // length)
            for begin in range(0, len(members), step):
                batch = members[begin : begin + step]
                out[batch] = self.run(numpy.array([encoded[i] for i in batch], numpy.int64))
            done += len(members)
            if progress:
                print(f"  length {length}: {done} of {len(encoded)}, {time.time() - start:.0f} s", flush=True)
        return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True, help="folder with model.safetensors and tokenizer.json")
    arguments.add_argument("--work", required=True, help="scratch folder holding corpus.tsv")
    given = arguments.parse_args()
    work = pathlib.Path(given.work)
    teacher = Teacher(given.model, work)
    lines = (work / "corpus.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t", 1)[1] for line in lines]
    start = time.time()
    numpy.save(work / "teacher.npy", teacher(texts, progress=True).astype(numpy.float16))
    print(json.dumps({"sentences": len(texts), "seconds": round(time.time() - start, 1)}), flush=True)
    size = teacher.tokenizer.get_vocab_size()
    single = [[CLASSIFY, token, SEPARATE] for token in range(size)]
    vocabulary = numpy.concatenate([teacher.run(numpy.array(single[b : b + 512])) for b in range(0, size, 512)])
    numpy.save(work / "teacher_vocab.npy", vocabulary.astype(numpy.float32))


if __name__ == "__main__":
    main()
