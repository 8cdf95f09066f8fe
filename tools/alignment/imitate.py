"""First training of the encoder: table and layers together imitate the teacher on the corpus. Writes `imitated.pkl`."""

import argparse
import pathlib
import pickle
import time

import jax
import jax.numpy as jnp
import numpy

import encoder
import student

SEED = 7
STATIC = 0.5  # what the static sums' own imitation counts beside that of the layers


def loss(trained, packed, kept, target, teacher, mask):
    model, x = trained
    static, contextual = encoder.forward(model, x * kept[..., None], packed)
    return encoder.imitation(contextual, target, teacher, mask) + STATIC * encoder.imitation(static, target, teacher, mask)


@jax.jit
def step(model, x, first, second, number, rate, *batch):
    value, (slope, rows) = jax.value_and_grad(loss)((model, x), *batch)
    return *encoder.adam(model, slope, first, second, number, rate), rows, value


def padded(values, kept):
    """Values of the sentences that fit, filled up to COUNT."""
    out = numpy.zeros((encoder.COUNT, values.shape[1]), numpy.float32)
    out[: len(kept)] = values
    return out


def options_parser():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True, help="folder with tokenizer.json")
    arguments.add_argument("--work", required=True, help="scratch folder with corpus.tsv, teacher.npy and table.npy")
    arguments.add_argument("--epochs", type=float, default=4.5)
    arguments.add_argument("--rate", type=float, default=2e-3)
    arguments.add_argument("--rows", type=int, default=116, help="packed rows of a batch")
    return arguments


def main():
    given = options_parser().parse_args()
    counts, teacher, target, _ = student.load(given)
    ids = student.token_lists(given)
    rows = numpy.load(pathlib.Path(given.work) / "table.npy")
    lengths = numpy.linalg.norm(rows, axis=1)
    table, model = encoder.Rows(rows / lengths[lengths > 0].mean()), encoder.fresh(SEED)
    generator = numpy.random.default_rng(SEED)
    groups = student.neighbourhoods(target, generator)
    first = second = jax.tree.map(jnp.zeros_like, model)
    total = int(given.epochs * len(student.batches(len(ids), groups, encoder.COUNT, numpy.random.default_rng(0), 0.5)))
    number, start = 0, time.time()
    while number < total:
        for batch in student.batches(len(ids), groups, encoder.COUNT, generator, 0.5)[: total - number]:
            number += 1
            numbers, packed, kept = encoder.pack([ids[i] for i in batch], given.rows)
            chosen = batch[kept]
            mask = (numpy.arange(encoder.COUNT) < len(kept)).astype(numpy.float32)
            shown = (generator.random(numbers.shape) >= 0.05).astype(numpy.float32)
            rate = given.rate * min(1, number / 100) * 0.5 * (1 + numpy.cos(numpy.pi * number / (total + 1)))
            model, first, second, slope, value = step(
                model, table.rows[numbers], first, second, float(number), rate,
                packed, shown, padded(target[chosen], kept), padded(teacher[chosen], kept), mask,
            )  # fmt: skip
            table.update(numbers, packed[0], slope, number, rate)
            if number % 50 == 0:
                print(f"  {number} of {total}: loss {float(value):.4f}, {time.time() - start:.0f} s", flush=True)
    with open(pathlib.Path(given.work) / "imitated.pkl", "wb") as out:
        pickle.dump((jax.tree.map(numpy.asarray, model), table.rows), out)


if __name__ == "__main__":
    main()
