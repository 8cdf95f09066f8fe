"""Pairs of texts that belong together, for the second training of the encoder, from permitted sources; and the folds it is measured by.

Labelled: O*NET task - work activity, NICE statement - competency, CSF subcategory - control, CIP program - SOC occupation. By their
nature: ESCO alternative label or description - label, occupation description - title, work activity - the wider one, control - its name,
CIP definition - title, CNCF competency - domain. ESCO annotations and Missouri Western are measured only. With `--work` also encodes all
texts with the teacher (`pairs.txt`, `pairs.npy`).
"""

import argparse
import csv
import pathlib
import re
import sys
import zlib

import numpy

import corpus
import gold
import teacher

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "peers"))
import gold_tables  # noqa: E402

FOLDS = 3
LABELLED = ("onet", "nice", "csf", "cip")


def fold(group):
    """Which fold a group (an occupation, a statement, a program) is held out in; the same everywhere."""
    return zlib.crc32(group.encode()) % FOLDS


def joined(text, context):
    text, context = gold_tables.tidy(text), gold_tables.tidy(context)
    return f"{context}: {text}" if context else text


def labelled(data):
    """{set: [(query, group, [right targets])]}."""
    out = {}
    for name, links, candidates in gold_tables.sets(data):
        if name in LABELLED:
            target = {number: joined(text, context) for number, text, context in candidates}
            queries = gold_tables.gather(links, candidates)
            out[name] = [(joined(text, context), group, [target[i] for i in right]) for text, context, right, group in queries]
    return out


def related(data):
    """Pairs that belong together by the nature of their source."""
    skills = gold.rows(data / "frameworks/esco/esco_skills_en.tsv")
    esco = [(corpus.tidy(name), corpus.tidy(row["preferred_label"])) for row in skills for name in row["alt_labels"].split(", ")]
    esco = [pair for pair in esco if pair[0] and len(pair[0].split()) <= 8]
    esco += [(next(corpus.sentences(row["description"]), ""), corpus.tidy(row["preferred_label"])) for row in skills]
    other = [(row["Description"], row["Title"]) for row in gold.rows(data / "onet/Occupation Data.txt")]
    other += [(row["DWA Title"], row["IWA Title"]) for row in gold.rows(data / "onet/DWA Reference.txt")]
    for row in gold.rows(data / "gold/nist800-53-r5-controls.tsv"):
        text = re.sub(r"\[(Assignment|Selection)[^\]]*\]", "", row["text"])
        other.append((next(corpus.sentences(text), ""), row["name"]))
    for row in gold.rows(data / "labour/CIPCode2020.csv", csv.QUOTE_MINIMAL, ","):
        title, text = corpus.tidy(row["CIPTitle"]).rstrip("."), corpus.tidy(row["CIPDefinition"])
        if not text.startswith("Instructional"):
            other.append((text[:400], title.title() if title.isupper() else title))
    other += [(row["competency"], row["domain"]) for row in gold.rows(data / "exams/cncf/cncf_blueprints.tsv")]
    tidy = lambda pairs: sorted({(corpus.tidy(a), corpus.tidy(b)) for a, b in pairs if a and b})
    return {"esco": tidy(esco), "other": tidy(other)}


def training(data, held):
    """{source: [(query, target)]}, without the queries of fold `held` (None: all of them) and their near copies."""
    sets, out = labelled(data), related(data)
    kept_out = [query for one in sets.values() for query, group, _ in one if held is not None and fold(group) == held]
    for name, one in sets.items():
        out[name] = [(q, t) for q, group, right in one if held is None or fold(group) != held for t in right]
    if held is not None:
        for name, one in out.items():
            texts = sorted({query for query, _ in one})
            near = {texts[i] for i in corpus.near_duplicates(texts, kept_out)}
            out[name] = [pair for pair in one if pair[0] not in near]
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", required=True)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--work", required=True)
    given = arguments.parse_args()
    work = pathlib.Path(given.work)
    pairs = training(pathlib.Path(given.shared) / "data", None)
    print({name: len(one) for name, one in pairs.items()})
    texts = sorted({text for one in pairs.values() for pair in one for text in pair})
    (work / "pairs.txt").write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    numpy.save(work / "pairs.npy", teacher.Teacher(given.model, work)(texts).astype(numpy.float16))


if __name__ == "__main__":
    main()
