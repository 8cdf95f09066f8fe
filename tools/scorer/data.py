"""Reads the pair features and measures rankings and probabilities on them.

Numbers of the four sets the encoder was trained on are out of fold: each query's come from the model that saw neither it nor
anything of its group (occupation, program, statement), nor a near copy.
"""

import csv
import pathlib
import zlib

import numpy
from scipy.optimize import minimize

SETS = ("onet", "nice", "csf", "cip")  # fitted on
MEASURED = ("mwsu", "esco-tech", "esco-house")  # never fitted on
FOLDS = 3


class Group:
    """The short lists of one set: `numbers` pairs x features, `label` 0/1, `start` of each query's list."""

    def __init__(self, name, rows, names):
        self.name = name
        self.number = numpy.array([int(row["query"].lstrip("qf")) for row in rows])
        self.part = [row["set"] for row in rows]
        self.label = numpy.array([row["label"] == "1" for row in rows])
        self.numbers = numpy.array([[float(row[feature]) for feature in names] for row in rows])
        keys = [(row["set"], row["query"]) for row in rows]
        self.start = numpy.array([i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]])
        self.size = numpy.diff(numpy.append(self.start, len(rows)))
        self.queries = len(self.start)

    def each(self, per_query):
        """A value of each query, repeated for its pairs."""
        return numpy.repeat(per_query, self.size)

    def log_share(self, strength):
        """ln of each pair's share of its short list."""
        best = numpy.maximum.reduceat(strength, self.start)
        raised = numpy.exp(strength - self.each(best))
        return strength - self.each(best + numpy.log(numpy.add.reduceat(raised, self.start)))

    def nearest(self, column):
        """The greatest value of a column on each query's list, repeated for its pairs."""
        return self.each(numpy.maximum.reduceat(self.numbers[:, column], self.start))

    def ranks(self, score):
        """Rank of the best right target of each query; infinite when none is on the short list."""
        out = numpy.full(self.queries, numpy.inf)
        for query, (start, size) in enumerate(zip(self.start, self.size)):
            order = numpy.argsort(-score[start : start + size], kind="stable")
            right = numpy.flatnonzero(self.label[start : start + size][order])
            if len(right):
                out[query] = right[0] + 1
        return out

    def tops(self, strength):
        """The pair of each query's best answer."""
        return numpy.array([start + strength[start : start + size].argmax() for start, size in zip(self.start, self.size)], int)


def rows(path, kept):
    """({set: rows}, feature names) of a table, those rows for which `kept(set, query)`."""
    found = {}
    with open(path, encoding="utf-8", newline="") as source:
        table = csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in table:
            if kept(row["set"], row["query"]):
                found.setdefault("mwsu" if row["set"].startswith("mwsu-") else row["set"], []).append(row)
    return found, table.fieldnames[5:]


def held_in(gold):
    """{set: {query: fold it is held out in}}, as tools/alignment/pairs.py deals them."""
    out = {}
    for name in SETS:
        lines = (pathlib.Path(gold) / name / "groups.tsv").read_text(encoding="utf-8").splitlines()[1:]
        out[name] = {query: zlib.crc32(group.encode()) % FOLDS for query, group in (line.split("\t") for line in lines)}
    return out


def own(name, query, part, fold):
    """Whether a query is measured by the model of this part: the fold it is held out in, or the shipped one (`rest`)."""
    if name in fold:
        return fold[name][query] == part
    return part == (0 if name.startswith("foreign") else "rest")


def read(folder, gold, prefix):
    """({name: Group}, feature names) of the tables `PREFIX-0.tsv` … (one a fold) and `PREFIX-rest.tsv`."""
    fold, found, names = held_in(gold), {}, None
    for number in range(FOLDS):
        part, names = rows(pathlib.Path(folder) / f"{prefix}-{number}.tsv", lambda name, query: own(name, query, number, fold))
        for name, of in part.items():
            found.setdefault(name, []).extend(of)
    rest, _ = rows(pathlib.Path(folder) / f"{prefix}-rest.tsv", lambda name, query: own(name, query, "rest", fold))
    found.update(rest)
    return {name: Group(name, of, names) for name, of in found.items()}, names


def ranking(ranks):
    """MRR, hit@1, hit@5."""
    return (1 / ranks).mean(), (ranks <= 1).mean(), (ranks <= 5).mean()


def calibration_error(stated, right, bins=10):
    """Expected calibration error over bins of equal width: the same as the product's benchmark."""
    at = numpy.minimum((stated * bins).astype(int), bins - 1)
    return sum(abs((stated[at == i] - right[at == i]).sum()) for i in range(bins)) / len(stated)


def honest_error(stated, draws=200):
    """The calibration error that would be left if every answer were right exactly as often as stated."""
    random = numpy.random.default_rng(1)
    return numpy.mean([calibration_error(stated, random.random(len(stated)) < stated) for _ in range(draws)])


def learned_error(stated, right, parts=5):
    """The calibration error after scale and bias of the log odds are fitted on the other parts, as the product learns from decisions."""
    odds = numpy.log(stated) - numpy.log1p(-stated)
    part, out = numpy.random.default_rng(2).permutation(len(odds)) % parts, numpy.zeros(len(odds))
    for held in range(parts):
        x, y = odds[part != held], right[part != held].astype(float)
        pull = lambda at: 4 * (at[0] - 1) ** 2 + 0.5 * at[1] ** 2
        loss = lambda at: (numpy.logaddexp(0, at[0] * x + at[1]) - y * (at[0] * x + at[1])).sum() + pull(at)
        at = minimize(loss, numpy.array([1.0, 0.0]), method="L-BFGS-B").x
        out[part == held] = 1 / (1 + numpy.exp(-(at[0] * odds[part == held] + at[1])))
    return calibration_error(out, right)


def abstention(stated, right, levels):
    """[(level, share answered, precision or NaN)]."""
    out = []
    for level in levels:
        given = stated >= level
        out.append((level, given.mean(), right[given].mean() if given.any() else float("nan")))
    return out
