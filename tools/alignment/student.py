"""Distils the static table: rows such that the normalised sum of a sentence's rows imitates the teacher's vector.

Three terms per batch, all against the teacher: the vector itself (cosine, teacher projected on its 256 leading
directions), every pair's cosine within the batch (squared error), and every sentence's ranking of the others
(Kullback-Leibler between softened cosines). Half the batches gather neighbours, so that fine distinctions count.
Plain numpy with row-sparse Adam; seeded. Writes `table.npy` (float32).
"""

import argparse
import pathlib
import time

import numpy
import scipy.sparse

import table

SEED = 20263
DIMS = 256


def initial_rows(vocabulary, directions, counts):
    """Teacher's vector of each lone token, centred, projected, and damped by frequency (smooth inverse frequency)."""
    rows = (vocabulary - vocabulary.mean(0)) @ directions
    seen = (counts + 1) / (counts + 1).sum()
    zipf = 1 / numpy.arange(2, len(rows) + 2)
    rows *= (1e-3 / (1e-3 + 0.5 * seen + 0.5 * zipf / zipf.sum()))[:, None]
    return (rows / numpy.linalg.norm(rows, axis=1).mean()).astype(numpy.float32)


def neighbourhoods(vectors, generator, clusters=400, sample=20000, rounds=6):
    """Cluster number of each sentence (spherical k-means on a sample): a way to batch similar sentences together."""
    pick = generator.choice(len(vectors), min(sample, len(vectors)), replace=False)
    clusters = min(clusters, max(2, len(pick) // 20))
    centres = vectors[generator.choice(pick, clusters, replace=False)]
    for _ in range(rounds):
        nearest = (vectors[pick] @ centres.T).argmax(1)
        for number in range(clusters):
            members = pick[nearest == number]
            if len(members):
                centres[number] = vectors[members].mean(0)
        centres = table.unit(centres)
    return numpy.concatenate([(vectors[b : b + 8192] @ centres.T).argmax(1) for b in range(0, len(vectors), 8192)])


def batches(count, groups, size, generator, gathered):
    """One epoch of index arrays; a share `gathered` of them made of whole runs of similar sentences."""
    order = generator.permutation(count)
    cut = int(count * (1 - gathered))
    loose, tight = order[:cut], order[cut:]
    # Clusters follow each other in random order; a run of 64 similar sentences is then dealt to a random batch.
    rank = generator.permutation(groups.max() + 1)
    tight = tight[numpy.argsort(rank[groups[tight]], kind="stable")]
    runs = [tight[b : b + 64] for b in range(0, len(tight), 64)]
    runs = [runs[i] for i in generator.permutation(len(runs))]
    tight = numpy.concatenate(runs) if runs else tight
    whole = [part[b : b + size] for part in (loose, tight) for b in range(0, len(part), size)]
    return [whole[i] for i in generator.permutation(len(whole)) if len(whole[i]) > 8]


def softmax(scores):
    scores = numpy.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def gradient(vectors, target, teacher, pair_weight, rank_weight, temperature):
    """(loss, gradient by the unit vectors) of one batch."""
    count = len(vectors)
    loss = 1 - (vectors * target).sum(1).mean()
    slope = -target / count
    wanted, got = teacher @ teacher.T, vectors @ vectors.T
    if pair_weight:
        error = got - wanted
        loss += pair_weight * (error**2).mean()
        slope += (4 * pair_weight / count**2) * (error @ vectors)
    if rank_weight:
        numpy.fill_diagonal(wanted, -9)
        numpy.fill_diagonal(got, -9)
        p, q = softmax(wanted / temperature), softmax(got / temperature)
        loss += rank_weight * (p * (numpy.log(p + 1e-12) - numpy.log(q + 1e-12))).sum(1).mean()
        error = (q - p) * numpy.float32(rank_weight / temperature / count)
        slope += (error + error.T) @ vectors
    return loss, slope


def train(counts, teacher, target, rows, options, report=None):
    """Trains `rows` in place by Adam on the rows each batch touches; the learning rate falls to zero as a cosine."""
    generator = numpy.random.default_rng(SEED)
    first, second = numpy.zeros_like(rows), numpy.zeros_like(rows)
    groups = neighbourhoods(target, generator)
    steps_an_epoch = len(batches(len(target), groups, options.batch, numpy.random.default_rng(0), options.gathered))
    total, step, start = steps_an_epoch * options.epochs, 0, time.time()
    for epoch in range(options.epochs):
        losses = []
        for batch in batches(len(target), groups, options.batch, generator, options.gathered):
            step += 1
            chosen = counts[batch]
            chosen.data = chosen.data * (generator.random(len(chosen.data)) >= options.drop)
            used, compact = numpy.unique(chosen.indices, return_inverse=True)
            chosen = scipy.sparse.csr_matrix((chosen.data, compact, chosen.indptr), (len(batch), len(used)))
            chosen.data = chosen.data.astype(numpy.float32)
            sums = chosen @ rows[used]
            lengths = numpy.maximum(numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
            vectors = sums / lengths
            loss, slope = gradient(
                vectors, target[batch], teacher[batch], options.pair, options.rank, options.temperature
            )
            losses.append(loss)
            slope = (slope - vectors * (slope * vectors).sum(1, keepdims=True)) / lengths
            slope[lengths[:, 0] <= 1e-6] = 0
            change = chosen.T @ slope
            first[used] = 0.9 * first[used] + 0.1 * change
            second[used] = 0.999 * second[used] + 0.001 * change**2
            rate = options.rate * 0.5 * (1 + numpy.cos(numpy.pi * step / (total + 1))) * min(1, step / 50)
            rate *= numpy.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            rows[used] -= numpy.float32(rate) * first[used] / (numpy.sqrt(second[used]) + 1e-8)
        if report and (epoch % 3 == 2 or epoch == options.epochs - 1):
            print(f"  epoch {epoch + 1}: loss {numpy.mean(losses):.4f} {report(rows)} {time.time() - start:.0f} s", flush=True)
    return rows


def options_parser():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True, help="folder with tokenizer.json")
    arguments.add_argument("--work", required=True, help="scratch folder with corpus.tsv and teacher*.npy")
    arguments.add_argument("--epochs", type=int, default=6)
    arguments.add_argument("--batch", type=int, default=1024)
    arguments.add_argument("--rate", type=float, default=3e-3)
    arguments.add_argument("--drop", type=float, default=0.1, help="share of tokens hidden from the student")
    arguments.add_argument("--pair", type=float, default=20.0, help="weight of the pairwise term")
    arguments.add_argument("--rank", type=float, default=1.0, help="weight of the ranking term")
    arguments.add_argument("--temperature", type=float, default=0.05)
    arguments.add_argument("--gathered", type=float, default=0.5, help="share of batches made of similar sentences")
    return arguments


def directions(teacher):
    """The DIMS leading directions of the teacher's vectors."""
    _, found = numpy.linalg.eigh((teacher.T @ teacher).astype(numpy.float64))
    return found[:, ::-1][:, :DIMS].astype(numpy.float32)


def token_lists(given):
    """Token ids of each sentence of the corpus, without those that have no row."""
    lines = (pathlib.Path(given.work) / "corpus.tsv").read_text(encoding="utf-8").splitlines()
    ids = table.token_ids(table.tokenizer(given.model), [line.split("\t", 1)[1] for line in lines])
    return [[token for token in one if token not in table.SPECIAL] for one in ids]


def load(given):
    """(counts, teacher vectors, projected teacher, initial rows) of the corpus."""
    work = pathlib.Path(given.work)
    texts = [line.split("\t", 1)[1] for line in (work / "corpus.tsv").read_text(encoding="utf-8").splitlines()]
    vocabulary = numpy.load(work / "teacher_vocab.npy")
    teacher = table.unit(numpy.load(work / "teacher.npy").astype(numpy.float32))
    counts = table.bags(table.token_ids(table.tokenizer(given.model), texts), len(vocabulary))
    counts.data[numpy.isin(counts.indices, table.SPECIAL)] = 0
    counts.eliminate_zeros()
    leading = directions(teacher)
    target = table.unit(teacher @ leading)
    rows = initial_rows(vocabulary, leading, numpy.asarray(counts.sum(0)).ravel())
    return counts, teacher, target, rows


def main():
    given = options_parser().parse_args()
    counts, teacher, target, rows = load(given)
    rows = train(counts, teacher, target, rows, given, report=lambda _: "")
    numpy.save(pathlib.Path(given.work) / "table.npy", rows)


if __name__ == "__main__":
    main()
