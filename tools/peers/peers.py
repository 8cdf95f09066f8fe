"""Other ways of ranking the same statements, for figures side by side: TF-IDF, BM25, MiniLM, MiniLM with BM25.

`python peers.py GOLD [--model DIR] [--credway BINARY] [--deep] [--sets onet,nice …]` reads the folders `gold_tables.py` wrote, ranks every
query, and prints MRR and hit rates of every method and of `credway bench align` on the same tables, with statements a second
of the encoders, one run. Sets in parts (`mwsu-…`) are measured together.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import time

import numpy
import scipy.sparse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "alignment"))
import lexical  # noqa: E402
import teacher  # noqa: E402

DEPTH = 100  # ranks beyond count as not found, as in `credway bench align`
BM25_WEIGHT = 0.2  # chosen on 1,000 O*NET tasks, when the table was first distilled


def table(path):
    with open(path, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))


def joined(row):
    return f"{row['context']}: {row['text']}" if row["context"] else row["text"]


class Part:
    """Queries and candidates of one folder."""

    def __init__(self, folder):
        self.folder = folder
        queries, candidates = table(folder / "queries.tsv"), table(folder / "candidates.tsv")
        index = {row["id"]: at for at, row in enumerate(candidates)}
        self.queries, self.candidates = [joined(row) for row in queries], [joined(row) for row in candidates]
        self.gold = [[index[one] for one in row["gold"].split("|")] for row in queries]


def standard(scores):
    return (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)


def tfidf(part):
    """Cosine of word counts times log(N / n), both sides together."""
    bags, documents = {}, [lexical.terms(text) for text in part.queries + part.candidates]
    for document in documents:
        for word in document:
            bags.setdefault(word, len(bags))
    starts = numpy.cumsum([0] + [len(document) for document in documents])
    columns = numpy.array([bags[word] for document in documents for word in document] or [0])[: starts[-1]]
    counts = scipy.sparse.csr_matrix((numpy.ones(len(columns)), columns, starts), (len(documents), len(bags)))
    counts.sum_duplicates()
    rarity = numpy.log(len(documents) / numpy.maximum(1, numpy.asarray((counts > 0).sum(0)).ravel()))
    weighted = counts.multiply(rarity).tocsr()
    length = numpy.sqrt(numpy.asarray(weighted.multiply(weighted).sum(1)).ravel())
    weighted = scipy.sparse.diags(1 / numpy.maximum(length, 1e-9)) @ weighted
    return numpy.asarray((weighted[: len(part.queries)] @ weighted[len(part.queries) :].T).todense())


def ranks(scores, gold):
    """Rank of the best right candidate; equal scores share their mean rank."""
    out = numpy.empty(len(gold))
    for row, right in enumerate(gold):
        best = scores[row, right].max()
        out[row] = 1 + (scores[row] > best).sum() + ((scores[row] == best).sum() - 1) / 2
    return out


def figures(found):
    inverse = numpy.where(found <= DEPTH, 1 / found, 0)
    return {"n": len(found), "mrr": inverse.mean(), "hit1": (found <= 1).mean(), "hit5": (found <= 5).mean(), "hit10": (found <= 10).mean()}


def credway(binary, folder, engine):
    call = [binary, "--json", "--threads", "2", "bench", "align", "--queries", folder / "queries.tsv", "--candidates", folder / "candidates.tsv"]
    call += ["--engine", engine]
    return json.loads(subprocess.run([str(one) for one in call], check=True, capture_output=True, text=True).stdout)


def nearest(binary, folder):
    """(statements, seconds) of finding the ten nearest candidates of every query by the static table alone."""
    call = [binary, "--json", "--threads", "2", "bench", "nearest", "--queries", folder / "queries.tsv", "--candidates", folder / "candidates.tsv"]
    document = json.loads(subprocess.run([str(one) for one in call], check=True, capture_output=True, text=True).stdout)
    return document["queries"] + document["candidates"], document["seconds"]


def pooled(parts):
    """Means over parts, each counted by its queries."""
    total = sum(part["n"] for part in parts)
    return {"n": total, **{key: sum(p[key] * p["n"] for p in parts) / total for key in ("mrr", "hit1", "hit5", "hit10")}}


def measure(part, encoder, given, speed):
    """{method: figures} of one folder."""
    bm25 = lexical.bm25(part.queries, part.candidates)
    out = {"TF-IDF": figures(ranks(tfidf(part), part.gold)), "BM25": figures(ranks(bm25, part.gold))}
    if encoder:
        start = time.time()
        vectors = encoder(part.queries + part.candidates)
        speed["MiniLM"].append((len(vectors), time.time() - start))
        cosine = vectors[: len(part.queries)] @ vectors[len(part.queries) :].T
        out["MiniLM"] = figures(ranks(cosine, part.gold))
        out["MiniLM+BM25"] = figures(ranks(standard(cosine) + BM25_WEIGHT * standard(bm25), part.gold))
    for engine in (["default"] if given.credway else []) + (["deep"] if given.deep else []):
        document = credway(given.credway, part.folder, engine)
        speed[f"Credway {engine}"].append((document["statements_per_second"] * document["seconds"], document["seconds"]))
        out[f"Credway {engine}"] = document
    if given.credway:
        speed["Credway candidates"].append(nearest(given.credway, part.folder))
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", help="folder written by gold_tables.py")
    arguments.add_argument("--model", help="folder of all-MiniLM-L6-v2")
    arguments.add_argument("--work", default="/tmp", help="where the ONNX file of the model is kept")
    arguments.add_argument("--credway", help="the binary")
    arguments.add_argument("--deep", action="store_true", help="also the deep engine, with the model the binary knows")
    arguments.add_argument("--sets", help="only these, separated by commas")
    given = arguments.parse_args()
    encoder = teacher.Teacher(given.model, given.work) if given.model else None
    speed, found = {name: [] for name in ("MiniLM", "Credway candidates", "Credway default", "Credway deep")}, {}
    for folder in sorted(path for path in pathlib.Path(given.gold).iterdir() if path.is_dir()):
        name = "mwsu" if folder.name.startswith("mwsu") else folder.name
        if given.sets and name not in given.sets.split(","):
            continue
        for method, one in measure(Part(folder), encoder, given, speed).items():
            found.setdefault(name, {}).setdefault(method, []).append(one)
    methods = list(next(iter(found.values())))
    print("| set | n | " + " | ".join(methods) + " |\n|---" + "|---" * (len(methods) + 1) + "|")
    for name, by in found.items():
        cells = [pooled(by[method]) for method in methods]
        print(f"| {name} | {cells[0]['n']} | " + " | ".join(f"{c['mrr']:.3f} ({c['hit1']:.2f}/{c['hit5']:.2f}/{c['hit10']:.2f})" for c in cells) + " |")
    rate = {name: sum(run[0] for run in runs) / sum(run[1] for run in runs) for name, runs in speed.items() if runs}
    for name, one in rate.items():
        beside = f", {one / rate['MiniLM']:.1f} x MiniLM" if "MiniLM" in rate and name != "MiniLM" else ""
        print(f"{name}: {one:.0f} statements/s{beside}")


if __name__ == "__main__":
    main()
