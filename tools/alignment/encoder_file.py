"""The small encoder's file and its reference arithmetic. The Rust crate `align` mirrors this file (`src/encoder.rs`).

`encoder.bin`, little-endian: magic `CWEN`, u32 version (1), dims, heads, hidden, layers, places; places x dims f32; then per layer the
matrices QKV, O, U, D, each as one f32 scale an output and outputs x inputs i16, with U's bias (f32) after U. The gains of the
normalisations are folded into QKV and U.
"""

import struct

import numpy

MAGIC, VERSION = b"CWEN", 1
MOST_STEPS = 2_147_483_647 / 8_191  # steps of an output's weights add up to less: no sum can overflow 32 bits


def steps(matrix):
    """(scales, steps) of a matrix inputs x outputs, as outputs x inputs in 16 bits (12 at most are used)."""
    rows = numpy.ascontiguousarray(matrix.T).astype(numpy.float64)
    room = MOST_STEPS - rows.shape[1]
    scale = numpy.maximum(numpy.abs(rows).sum(1) / room, numpy.abs(rows).max(1) / 2047)
    scale = numpy.maximum(scale, 1e-30).astype(numpy.float32)
    return scale, numpy.rint(rows / scale[:, None]).astype(numpy.int16)


def write(path, model, heads):
    """Writes a model: `place` and `l0` … with `g1 qkv out g2 up ub down`."""
    layers = [model[f"l{number}"] for number in range(sum(name.startswith("l") for name in model))]
    places, dims = model["place"].shape
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<6I", VERSION, dims, heads, layers[0]["up"].shape[1], len(layers), places))
        out.write(model["place"].astype("<f4").tobytes())
        for layer in layers:
            for matrix in (layer["g1"][:, None] * layer["qkv"], layer["out"], layer["g2"][:, None] * layer["up"], layer["down"]):
                scale, values = steps(matrix)
                out.write(scale.astype("<f4").tobytes() + values.astype("<i2").tobytes())
                if matrix.shape == layer["up"].shape and matrix.shape[1] == len(layer["ub"]):
                    out.write(layer["ub"].astype("<f4").tobytes())
