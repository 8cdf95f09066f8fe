"""The small encoder for training, in JAX: a few transformer layers over the rows of the static table.

The arithmetic is that of `crates/align/src/encoder.rs`: x = row + place; each layer x += O attend(QKV n(x)), then x += D relu(U n(x) + b);
the sentence is the sum of its tokens. Sentences are packed into rows of LENGTH tokens, so that nothing is computed for padding.
A model is a dict: `place`, `l0` … (each `g1 qkv out g2 up ub down`); the table's rows are kept apart, in `Rows`.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy
import scipy.sparse

DIMS, HEADS, HIDDEN, LAYERS = 256, 8, 512, 2
LONGEST = 128  # tokens read of a sentence
LENGTH = 128  # tokens of a packed row
SLOTS = 48  # sentences a packed row may hold
COUNT = 1024  # sentences of a batch


def fresh(seed):
    """Layers that leave the static sum nearly as it is."""
    generator = numpy.random.default_rng(seed)
    matrix = lambda *shape: (generator.standard_normal(shape) / numpy.sqrt(shape[0])).astype(numpy.float32)
    model = {"place": jnp.zeros((LONGEST, DIMS), jnp.float32)}
    for layer in range(LAYERS):
        model[f"l{layer}"] = {
            "g1": jnp.ones(DIMS), "qkv": matrix(DIMS, 3 * DIMS), "out": matrix(DIMS, DIMS) * 0.02,
            "g2": jnp.ones(DIMS), "up": matrix(DIMS, HIDDEN), "ub": jnp.zeros(HIDDEN), "down": matrix(HIDDEN, DIMS) * 0.02,
        }  # fmt: skip
    return model


def normalise(x, gain):
    return x * gain / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-6)


def unit(vectors):
    return vectors / jnp.sqrt((vectors * vectors).sum(-1, keepdims=True) + 1e-9)


def forward(model, x, packed):
    """(static sums, contextual sums), COUNT x DIMS each, of token vectors `x` [rows, LENGTH, DIMS]."""
    sentence, place, slot, where = packed
    pool = (slot[:, :, None] == jnp.arange(SLOTS)[None, None]).astype(jnp.float32)
    sums = lambda tokens: jnp.einsum("rls,rld->rsd", pool, tokens).reshape(-1, DIMS)[where]
    static = sums(x)
    x = x + model["place"][place]
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence < COUNT)[:, None, :]
    hidden = jnp.where(same, 0.0, -1e9)[:, None]
    rows = len(x)
    for layer in range(LAYERS):
        one = model[f"l{layer}"]
        parts = jnp.split(normalise(x, one["g1"]) @ one["qkv"], 3, -1)
        query, key, value = (p.reshape(rows, LENGTH, HEADS, DIMS // HEADS).transpose(0, 2, 1, 3) for p in parts)
        weight = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / numpy.sqrt(DIMS // HEADS) + hidden, -1)
        x = x + (weight @ value).transpose(0, 2, 1, 3).reshape(rows, LENGTH, DIMS) @ one["out"]
        x = x + jax.nn.relu(normalise(x, one["g2"]) @ one["up"] + one["ub"]) @ one["down"]
    return static, sums(x)


def pack(ids, rows):
    """(ids, (sentence, place, slot, where), which sentences fit): long ones first, each into the first row with room."""
    shape = (rows, LENGTH)
    out, place = numpy.zeros(shape, numpy.int32), numpy.zeros(shape, numpy.int32)
    sentence, slot = numpy.full(shape, COUNT, numpy.int32), numpy.full(shape, -1, numpy.int32)
    where, taken, used, kept, first = numpy.zeros(COUNT, numpy.int32), numpy.zeros(rows, int), numpy.zeros(rows, int), [], 0
    for index in sorted(range(len(ids)), key=lambda i: -len(ids[i])):
        tokens = ids[index][:LONGEST]
        fitting = numpy.flatnonzero((taken[first:] + len(tokens) <= LENGTH) & (used[first:] < SLOTS))
        if not len(tokens) or len(kept) >= COUNT or not len(fitting):
            continue
        row, number = first + fitting[0], len(kept)
        start = taken[row]
        span = slice(start, start + len(tokens))
        out[row, span], sentence[row, span], place[row, span] = tokens, number, numpy.arange(len(tokens))
        slot[row, span], where[number] = used[row], row * SLOTS + used[row]
        taken[row] += len(tokens)
        used[row] += 1
        kept.append(index)
        while first < rows - 1 and taken[first] >= LENGTH - 1:
            first += 1
    return out, (sentence, place, slot, where), numpy.array(kept, int)


def adam(model, slope, first, second, step, rate):
    """One step of Adam on the layers."""
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
    second = jax.tree.map(lambda v, g: 0.98 * v + 0.02 * g * g, second, slope)
    size, spread = rate / (1 - 0.9**step), 1 / (1 - 0.98**step)
    model = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v * spread) + 1e-8), model, first, second)
    return model, first, second


class Rows:
    """The table's rows, trained by Adam on those each batch touches."""

    def __init__(self, rows):
        self.rows = numpy.array(rows, numpy.float32)
        self.first, self.second = numpy.zeros_like(self.rows), numpy.zeros_like(self.rows)

    def update(self, ids, sentence, slope, step, rate):
        kept = sentence.ravel() < COUNT
        flat = ids.ravel()[kept]
        used, compact = numpy.unique(flat, return_inverse=True)
        pick = (numpy.ones(len(flat), numpy.float32), (compact, numpy.arange(len(flat))))
        slope = scipy.sparse.csr_matrix(pick, (len(used), len(flat))) @ numpy.asarray(slope).reshape(-1, DIMS)[kept]
        self.first[used] = 0.9 * self.first[used] + 0.1 * slope
        self.second[used] = 0.999 * self.second[used] + 0.001 * slope * slope
        size = numpy.float32(rate * numpy.sqrt(1 - 0.999**step) / (1 - 0.9**step))
        self.rows[used] -= size * self.first[used] / (numpy.sqrt(self.second[used]) + 1e-8)


def imitation(vectors, target, teacher, mask, temperature=0.05):
    """Cosine to the projected teacher + 20 x squared error of pairwise cosines + KL of softened rankings, over a batch."""
    count, got = mask.sum(), unit(vectors)
    loss = ((1 - (got * target).sum(1)) * mask).sum() / count
    wanted, cosines = teacher @ teacher.T, got @ got.T
    loss += 20.0 * (((cosines - wanted) ** 2) * mask[:, None] * mask[None]).sum() / (count * count)
    hidden = jnp.where((jnp.eye(len(got)) > 0) | (mask[None] < 0.5), -1e9, 0.0)
    share = jax.nn.softmax(wanted / temperature + hidden, -1)
    apart = jax.nn.log_softmax(wanted / temperature + hidden, -1) - jax.nn.log_softmax(cosines / temperature + hidden, -1)
    return loss + (jnp.where(share > 0, share * apart, 0).sum(1) * mask).sum() / count


def embed(model, rows, ids, packed_rows=96):
    """(static, contextual) unit vectors of token id lists."""
    run = jax.jit(partial(forward, model))
    static, contextual = (numpy.zeros((len(ids), DIMS), numpy.float32) for _ in range(2))
    order, at = numpy.array(sorted(range(len(ids)), key=lambda i: len(ids[i]))), 0
    while at < len(ids):
        tokens, end = 0, at
        while end < len(ids) and end - at < COUNT and tokens + min(len(ids[order[end]]), LONGEST) <= packed_rows * LENGTH * 0.9:
            tokens += min(len(ids[order[end]]), LONGEST)
            end += 1
        part = order[at:end]
        numbers, packed, kept = pack([ids[i] for i in part], packed_rows)
        one, other = run(rows[numbers], packed)
        static[part[kept]], contextual[part[kept]] = unit(one)[: len(kept)], unit(other)[: len(kept)]
        at = end
    return static, contextual
