"""The static table: its file format, tokenisation and sentence vectors. The Rust crate `align` mirrors this file.

`table.bin`, little-endian: magic `CWST`, u32 version (1), u32 rows, u32 dims, rows x f32 scale, rows x dims x i8.
The vector of a sentence is the sum over its tokens, in order and with repetition, of `scale[t] * row[t]`, divided by
its Euclidean length; a sentence without a token that has a non-zero row has the zero vector.
"""

import struct

import numpy
import scipy.sparse
from tokenizers import Tokenizer

MAGIC, VERSION = b"CWST", 1
SPECIAL = (0, 100, 101, 102, 103)  # [PAD] [UNK] [CLS] [SEP] [MASK]: their rows are zero


def tokenizer(folder):
    """The reference WordPiece tokenizer, without truncation or padding."""
    reference = Tokenizer.from_file(f"{folder}/tokenizer.json")
    reference.no_padding()
    reference.no_truncation()
    return reference


def token_ids(reference, texts):
    """WordPiece ids of each text, without [CLS] and [SEP]."""
    return [encoding.ids for encoding in reference.encode_batch(list(texts), add_special_tokens=False)]


def bags(ids, rows):
    """Token counts as a sparse matrix, sentences x rows."""
    lengths = numpy.array([len(one) for one in ids])
    columns = numpy.concatenate([numpy.asarray(one, numpy.int32) for one in ids] or [numpy.zeros(0, numpy.int32)])
    starts = numpy.concatenate([[0], numpy.cumsum(lengths)])
    return scipy.sparse.csr_matrix((numpy.ones(len(columns), numpy.float32), columns, starts), (len(ids), rows))


def unit(vectors):
    """Rows divided by their length; zero rows stay zero."""
    return vectors / numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def quantise(rows):
    """(scales f32, values i8) of a float table: symmetric, one scale a row, round half to even."""
    rows = rows.astype(numpy.float32)
    rows[list(SPECIAL)] = 0
    scales = numpy.abs(rows).max(1) / numpy.float32(127)
    safe = numpy.where(scales > 0, scales, 1).astype(numpy.float32)
    return scales.astype(numpy.float32), numpy.rint(rows / safe[:, None]).astype(numpy.int8)


def write(path, scales, values):
    """Writes `table.bin`."""
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<III", VERSION, *values.shape))
        out.write(scales.astype("<f4").tobytes() + values.tobytes())


def read(path):
    """The dequantised table of a `table.bin`, rows x dims, f32."""
    with open(path, "rb") as source:
        content = source.read()
    version, rows, dims = struct.unpack("<III", content[4:16])
    if content[:4] != MAGIC or version != VERSION or len(content) != 16 + rows * (4 + dims):
        raise ValueError(f"{path} is no static table of version {VERSION}")
    scales = numpy.frombuffer(content, "<f4", rows, 16)
    values = numpy.frombuffer(content, numpy.int8, rows * dims, 16 + 4 * rows).reshape(rows, dims)
    return scales[:, None] * values.astype(numpy.float32)


def embed(table, reference, texts):
    """Unit vectors of texts by the table, summed in double precision."""
    return unit(bags(token_ids(reference, texts), len(table)) @ table.astype(numpy.float64))
