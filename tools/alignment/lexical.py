"""BM25 over lightly stemmed words: a peer, and the lexical half of another."""

import re

import numpy
import scipy.sparse

COMMON = set(
    "a an and are as at be by can do for from has have how if in into is it its of on or other such that the their "
    "these this those to using use used via was what when which who with within without your you".split()
)
ENDINGS = (
    ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"), ("ise", "iz"), ("ize", "iz"),
    ("ations", ""), ("ation", ""), ("ating", ""), ("ators", ""), ("ator", ""), ("ated", ""), ("ates", ""), ("ate", ""),
    ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""), ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""),
    ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def stem(word):
    """The word without its most common ending, when four letters remain."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: len(word) - len(ending)] + instead
            break
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def terms(text):
    return [stem(word) for word in re.findall(r"[a-z0-9+#]+", text.lower()) if word not in COMMON]


def bm25(queries, candidates, k1=1.2, b=0.75):
    """Scores, queries x candidates."""
    documents = [terms(text) for text in candidates]
    number = {term: i for i, term in enumerate(sorted({t for d in documents for t in d}))}
    size = (len(documents), len(number))
    pairs = [(i, number[t]) for i, d in enumerate(documents) for t in d]
    row, column = numpy.array(pairs).T
    counts = scipy.sparse.csr_matrix((numpy.ones(len(pairs)), (row, column)), size).tocoo()
    lengths = numpy.array([len(d) for d in documents])
    present = numpy.bincount(counts.col, minlength=size[1])
    rarity = numpy.log(1 + (len(documents) - present + 0.5) / (present + 0.5))
    saturation = counts.data + k1 * (1 - b + b * lengths[counts.row] / lengths.mean())
    weights = counts.data * (k1 + 1) / saturation * rarity[counts.col]
    matrix = scipy.sparse.csr_matrix((weights, (counts.row, counts.col)), size)
    asked = [(i, number[t]) for i, q in enumerate(queries) for t in set(terms(q)) if t in number]
    row, column = numpy.array(asked).T
    question = scipy.sparse.csr_matrix((numpy.ones(len(asked)), (row, column)), (len(queries), size[1]))
    return numpy.asarray((question @ matrix.T).todense())
