"""Measures the int8 table, alone and with BM25, beside MiniLM itself, on the development gold sets.

MRR, hit@1 and hit@5 of the best-ranked right candidate (ties share their mean rank). The weight of BM25 in the
z-score sum is chosen on a validation sample of O*NET tasks that is in neither the test sample nor the corpus.
Prints a Markdown table and writes it with `--out`; `--json` keeps the figures.
"""

import argparse
import json
import pathlib

import numpy

import gold
import lexical
import table
from teacher import Teacher

WEIGHTS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


def ranks(scores, right):
    """Rank of the best right candidate of each query, 1 is first; ties count half."""
    out = []
    for line, wanted in zip(scores, right):
        best = line[wanted].max()
        out.append(1 + (line > best).sum() + ((line == best).sum() - 1) / 2)
    return numpy.array(out)


def standard(scores):
    """Scores of each query in standard deviations from their mean over the candidates."""
    return (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)


def summary(found):
    """MRR, hit@1, hit@5 and a 95 % bootstrap half-width of the MRR."""
    generator, inverse = numpy.random.default_rng(0), 1 / found
    means = [generator.choice(inverse, len(inverse)).mean() for _ in range(400)]
    return {
        "n": len(found),
        "mrr": float(inverse.mean()),
        "hit1": float((found <= 1).mean()),
        "hit5": float((found <= 5).mean()),
        "half": float((numpy.percentile(means, 97.5) - numpy.percentile(means, 2.5)) / 2),
    }


def hybrid_weight(parts, cosine):
    """The BM25 weight with the best MRR on the validation sample."""
    best = {}
    for weight in WEIGHTS:
        scored = [ranks(standard(cosine(q, c)) + weight * standard(lexical.bm25(q, c)), g) for _, q, c, g in parts]
        best[weight] = (1 / numpy.concatenate(scored)).mean()
    return max(best, key=best.get)


def measure(sets, methods):
    """{set: {method: summary}}; a method is a function (queries, candidates) -> scores."""
    return {
        name: {
            label: summary(numpy.concatenate([ranks(method(q, c), g) for _, q, c, g in parts]))
            for label, method in methods.items()
        }
        for name, parts in sets.items()
    }


def markdown(results):
    """The figures as a table: MRR (hit@1 / hit@5)."""
    names = list(results)
    heads = [f"{name} (n={next(iter(results[name].values()))['n']})" for name in names]
    lines = ["| method | " + " | ".join(heads) + " |", "|---" * (len(names) + 1) + "|"]
    for label in next(iter(results.values())):
        cells = [results[name][label] for name in names]
        lines.append(
            f"| {label} | " + " | ".join(f"{c['mrr']:.3f} ({c['hit1']:.3f}/{c['hit5']:.3f})" for c in cells) + " |"
        )
    widths = [f"± {next(iter(results[name].values()))['half']:.3f}" for name in names]
    return "\n".join([*lines, "| 95 % half-width of MRR | " + " | ".join(widths) + " |"]) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", required=True)
    arguments.add_argument("--model", required=True, help="folder of the teacher")
    arguments.add_argument("--work", required=True, help="scratch folder (the teacher's graph is kept there)")
    arguments.add_argument("--table", required=True, help="table.bin")
    arguments.add_argument("--out", help="Markdown file")
    arguments.add_argument("--json", help="JSON file")
    given = arguments.parse_args()
    rows, reference = table.read(given.table), table.tokenizer(given.model)
    teacher, kept = Teacher(given.model, given.work), {}

    def taught(texts):
        key = tuple(texts)
        if key not in kept:
            kept[key] = teacher(texts)
        return kept[key]

    static = lambda q, c: table.embed(rows, reference, q) @ table.embed(rows, reference, c).T
    minilm = lambda q, c: taught(q) @ taught(c).T
    sets = gold.all_sets(given.shared)
    validation = sets.pop("onet_val")
    weights = {"static": hybrid_weight(validation, static), "minilm": hybrid_weight(validation, minilm)}
    mixed = lambda cosine, weight: lambda q, c: standard(cosine(q, c)) + weight * standard(lexical.bm25(q, c))
    methods = {
        "BM25": lexical.bm25,
        "static int8": static,
        f"static int8 + {weights['static']} BM25": mixed(static, weights["static"]),
        "MiniLM fp32": minilm,
        f"MiniLM + {weights['minilm']} BM25": mixed(minilm, weights["minilm"]),
    }
    results = measure(sets, methods)
    text = markdown(results)
    print(text)
    if given.out:
        pathlib.Path(given.out).write_text(text, encoding="utf-8")
    if given.json:
        pathlib.Path(given.json).write_text(json.dumps({"weights": weights, "sets": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
