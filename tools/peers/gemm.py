"""All pairs of 100,000 statements and 14,000 beside the machine's matrix product, one run.

`python gemm.py --corpus corpus.tsv --credway BINARY` takes the texts of a distillation corpus (`source<TAB>text`), measures the peak of
single-precision products (numpy's BLAS, square matrices) on as many threads, finds the ten nearest of all 100,000 queries with numpy the
plain way on vectors of the same width, and runs `credway bench nearest` twice, on one thread and on all.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

import numpy

QUERIES, CANDIDATES, WIDTH = 100_000, 14_000, 256


def peak(size=4096, runs=7):
    """Operations in a second of the best of some products of square matrices."""
    one = numpy.random.default_rng(1).standard_normal((size, size), dtype=numpy.float32)
    other, best = one.T.copy(), 0
    for _ in range(runs):
        start = time.perf_counter()
        one @ other
        best = max(best, 2 * size**3 / (time.perf_counter() - start))
    return best


def plain(block=1000):
    """Operations in a second of the ten best by numpy: product, then a partition of every row."""
    random = numpy.random.default_rng(2)
    queries, candidates = (random.standard_normal((n, WIDTH), dtype=numpy.float32) for n in (QUERIES // 10, CANDIDATES))
    start = time.perf_counter()
    for first in range(0, len(queries), block):
        numpy.argpartition(-(queries[first : first + block] @ candidates.T), 10, 1)
    return 2 * len(queries) * CANDIDATES * WIDTH / (time.perf_counter() - start)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", required=True)
    arguments.add_argument("--credway", required=True)
    given = arguments.parse_args()
    texts = [line.split("\t", 1)[1] for line in pathlib.Path(given.corpus).read_text(encoding="utf-8").splitlines()]
    threads = os.cpu_count()
    best = peak()
    print(f"single-precision product, {threads} threads: {best / 1e9:.0f} Gop/s at its peak; ten best by numpy {plain() / 1e9:.0f} Gop/s")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, part in (("queries", texts[:QUERIES]), ("candidates", texts[-CANDIDATES:])):
            files.append(pathlib.Path(folder) / f"{name}.tsv")
            files[-1].write_text("id\ttext\tcontext\n" + "".join(f"{at}\t{text}\t\n" for at, text in enumerate(part)), encoding="utf-8")
        for count in (1, threads):
            call = [given.credway, "--json", "--threads", count, "bench", "nearest", "--queries", files[0], "--candidates", files[1]]
            begun = os.times()
            answer = subprocess.run(list(map(str, call)), check=True, capture_output=True, text=True).stdout
            document, ended = json.loads(answer), os.times()
            rate = document["operations_per_second"]
            print(
                f"credway, {count} threads: {document['queries']} x {document['candidates']} in {document['seconds']:.1f} s, {rate / 1e9:.0f} Gop/s, "
                f"{rate / best:.0%} of that peak; {ended.children_user - begun.children_user:.1f} s of processor; answer {document['digest'][:16]}"
            )


if __name__ == "__main__":
    main()
