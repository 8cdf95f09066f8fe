"""Second training of the encoder: pairs that belong together draw near, while sentences go on to imitate the teacher.

Softmax over the batch's targets for every query, and the other way at half weight; other right pairs of the batch are hidden. Half of the
batches take similar targets together. `--held FOLD` leaves a fold out, for measuring. Writes `trained.pkl` or `trained-FOLD.pkl`.
"""

import argparse
import pathlib
import pickle
import time

import jax
import jax.numpy as jnp
import numpy

import encoder
import imitate
import pairs
import student
import table

SEED, PAIRS, TEMPERATURE = 11, 320, 0.06
SHARE = {"onet": 0.42, "esco": 0.22, "cip": 0.12, "nice": 0.07, "csf": 0.05, "other": 0.12}
GATHERED = ("onet", "esco", "cip")
LONG_PART = 0.72  # of a batch's tokens that may be those of pairs; the rest are sentences of the corpus


def contrast(vectors, queries, targets, mask, others):
    cosines = vectors[queries] @ vectors[targets].T / TEMPERATURE + jnp.where(others, -1e9, 0.0)
    own = jnp.diagonal(cosines)
    forth = jax.nn.logsumexp(cosines + jnp.where(mask[None] > 0, 0, -1e9), 1) - own
    back = jax.nn.logsumexp(cosines + jnp.where(mask[:, None] > 0, 0, -1e9), 0) - own
    return ((forth + 0.5 * back) * mask).sum() / jnp.maximum(mask.sum(), 1)


def loss(trained, packed, shown, target, teacher, mask, pair):
    model, x = trained
    static, contextual = encoder.forward(model, x * shown[..., None], packed)
    imitation = encoder.imitation(contextual, target, teacher, mask) + 0.5 * encoder.imitation(static, target, teacher, mask)
    return imitation + contrast(encoder.unit(contextual), *pair) + 0.4 * contrast(encoder.unit(static), *pair)


@jax.jit
def step(model, x, first, second, number, rate, *batch):
    value, (slope, rows) = jax.value_and_grad(loss)((model, x), *batch)
    return *encoder.adam(model, slope, first, second, number, rate), rows, value


class Drawer:
    """Pairs of each source in random order, or similar targets together."""

    def __init__(self, sources, target, generator):
        self.sources, self.generator = sources, generator
        self.order = {name: generator.permutation(len(one)) for name, one in sources.items()}
        self.place = dict.fromkeys(sources, 0)
        of = lambda name: target[numpy.array([right for _, right in sources[name]])]
        self.near = {name: student.neighbourhoods(of(name), numpy.random.default_rng(3), clusters=120) for name in GATHERED}

    def draw(self, name):
        if name in self.near and self.generator.random() < 0.5:
            near, out = self.near[name], []
            while len(out) < PAIRS:
                members = numpy.flatnonzero(near == near[self.generator.integers(len(near))])
                out += list(self.generator.permutation(members)[:40])
            return [self.sources[name][i] for i in out[:PAIRS]]
        out = []
        while len(out) < PAIRS:
            if self.place[name] >= len(self.order[name]):
                self.order[name], self.place[name] = self.generator.permutation(len(self.order[name])), 0
            out.append(self.sources[name][self.order[name][self.place[name]]])
            self.place[name] += 1
        return out


def batch(drawn, ids, sentences, rows, generator):
    """(sentence numbers, pairs kept) of a batch: pairs while there is room, then sentences of the corpus."""
    length = lambda index: min(len(ids[index]), encoder.LONGEST)
    seen, kept, room = {}, [], rows * encoder.LENGTH * LONG_PART
    for one in drawn:
        cost = sum(length(index) for index in one if index not in seen)
        if cost > room or len(seen) > 700:
            break
        room -= cost
        for index in one:
            seen.setdefault(index, None)
        kept.append(one)
    room, filler = rows * encoder.LENGTH * 0.95 - sum(map(length, seen)), []
    while len(seen) + len(filler) < encoder.COUNT:
        index = int(generator.integers(sentences))
        room -= len(ids[index])
        if room < 0:
            break
        filler.append(index)
    return numpy.array([*seen, *filler]), kept


def paired(kept_pairs, slot, right):
    """(queries, targets, mask, other right pairs) in slots of the batch."""
    inside = [one for one in kept_pairs if one[0] in slot and one[1] in slot]
    queries, targets = numpy.zeros(PAIRS, numpy.int32), numpy.zeros(PAIRS, numpy.int32)
    mask, others = numpy.zeros(PAIRS, numpy.float32), numpy.zeros((PAIRS, PAIRS), bool)
    for row, (query, target) in enumerate(inside):
        queries[row], targets[row], mask[row] = slot[query], slot[target], 1
        for column, (_, other) in enumerate(inside):
            others[row, column] = row != column and (query, other) in right
    return queries, targets, mask, others


def load(given, held):
    """(token ids, teacher, projected teacher, sentences, {source: [(query, target)]}) with indices into all texts."""
    work = pathlib.Path(given.work)
    sentences = [line.split("\t", 1)[1] for line in (work / "corpus.tsv").read_text(encoding="utf-8").splitlines()]
    extra = (work / "pairs.txt").read_text(encoding="utf-8").splitlines()
    index = {text: len(sentences) + i for i, text in enumerate(extra)}
    vectors = numpy.concatenate([numpy.load(work / "teacher.npy"), numpy.load(work / "pairs.npy")]).astype(numpy.float32)
    teacher = table.unit(vectors)
    ids = table.token_ids(table.tokenizer(given.model), sentences + extra)
    ids = [[token for token in one if token not in table.SPECIAL] for one in ids]
    sources = pairs.training(pathlib.Path(given.shared) / "data", held)
    sources = {name: [(index[q], index[t]) for q, t in one] for name, one in sources.items()}
    target = table.unit(teacher @ student.directions(teacher[: len(sentences)]))
    return ids, teacher, target, len(sentences), sources


def options_parser():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", required=True)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--held", type=int, help="fold left out")
    arguments.add_argument("--steps", type=int, default=240)
    arguments.add_argument("--rate", type=float, default=8e-4)
    arguments.add_argument("--row-rate", type=float, default=1e-3)
    arguments.add_argument("--rows", type=int, default=116)
    return arguments


def main():
    given = options_parser().parse_args()
    ids, teacher, target, sentences, sources = load(given, given.held)
    with open(pathlib.Path(given.work) / "imitated.pkl", "rb") as source:
        model, rows = pickle.load(source)
    table_rows, model = encoder.Rows(rows), jax.tree.map(jnp.asarray, model)
    generator = numpy.random.default_rng(SEED)
    drawer, right = Drawer(sources, target, generator), {name: set(one) for name, one in sources.items()}
    first = second = jax.tree.map(jnp.zeros_like, model)
    names, start = list(SHARE), time.time()
    for number in range(1, given.steps + 1):
        name = names[generator.choice(len(names), p=list(SHARE.values()))]
        chosen, kept_pairs = batch(drawer.draw(name), ids, sentences, given.rows, generator)
        numbers, packed, kept = encoder.pack([ids[i] for i in chosen], given.rows)
        pair = paired(kept_pairs, {int(chosen[i]): slot for slot, i in enumerate(kept)}, right[name])
        mask = (numpy.arange(encoder.COUNT) < len(kept)).astype(numpy.float32)
        shown = (generator.random(numbers.shape) >= 0.08).astype(numpy.float32)
        rate = min(1, number / 20) * 0.5 * (1 + numpy.cos(numpy.pi * number / (given.steps + 1)))
        taught = imitate.padded(target[chosen[kept]], kept), imitate.padded(teacher[chosen[kept]], kept)
        model, first, second, slope, value = step(
            model, table_rows.rows[numbers], first, second, float(number), given.rate * rate, packed, shown, *taught, mask, pair
        )
        table_rows.update(numbers, packed[0], slope, number, given.row_rate * rate)
        if number % 40 == 0:
            print(f"  {number} of {given.steps}: loss {float(value):.4f}, {time.time() - start:.0f} s", flush=True)
    name = "trained.pkl" if given.held is None else f"trained-{given.held}.pkl"
    with open(pathlib.Path(given.work) / name, "wb") as out:
        pickle.dump((jax.tree.map(numpy.asarray, model), table_rows.rows), out)


if __name__ == "__main__":
    main()
