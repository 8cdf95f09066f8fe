"""Development gold sets: what the table is measured on, and what the corpus must not contain.

A set is `(name, queries, candidates, gold)`; `gold[i]` lists the candidate indices that are right for query i.
MWSU and the course catalogue behind it are read here for measuring only; `corpus.py` never reads them.
"""

import csv
import pathlib
import random
import re
from collections import defaultdict

SEED = 20261
TEST_TASKS = 2000
VALIDATION_TASKS = 1000


def rows(path, quoting=csv.QUOTE_NONE, delimiter="\t"):
    """Records of a table; O*NET and the gold sets are tab separated without quoting."""
    with open(path, encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=delimiter, quoting=quoting))


def words(text):
    """Lower-case letters and digits only: the form in which duplicates are recognised."""
    return re.findall(r"[a-z0-9]+", text.lower())


def onet(shared):
    """Task -> detailed work activity, two disjoint seeded samples: `onet_val` (for choices), `onet` (for reporting)."""
    folder = pathlib.Path(shared) / "data" / "onet"
    activities = rows(folder / "DWA Reference.txt")
    index = {row["DWA ID"]: i for i, row in enumerate(activities)}
    candidates = [row["DWA Title"].strip() for row in activities]
    tasks = defaultdict(set)
    for row in rows(folder / "Tasks to DWAs.dev.txt"):
        tasks[row["Task"].strip()].add(index[row["DWA ID"]])
    texts = sorted(tasks)
    random.Random(SEED).shuffle(texts)
    test, rest = texts[:TEST_TASKS], texts[TEST_TASKS : TEST_TASKS + VALIDATION_TASKS]
    return {
        "onet": [("onet", test, candidates, [sorted(tasks[t]) for t in test])],
        "onet_val": [("onet_val", rest, candidates, [sorted(tasks[t]) for t in rest])],
    }


def nice(shared):
    """NICE knowledge, skill or ability statement -> name of its competency."""
    table = rows(pathlib.Path(shared) / "data" / "gold" / "nice_k_to_competency.dev.tsv")
    candidates = sorted({row["competency"] for row in table})
    queries = [row["ksa"].strip() for row in table]
    return {"nice": [("nice", queries, candidates, [[candidates.index(row["competency"])] for row in table])]}


def mwsu(shared, context=True, maximal_overlap=1.0):
    """Course outcome or topic -> standard item, ranked within the same standard and kind.

    With context the parent topic (query) and the last area name (candidate) are put in front, as `area: statement`.
    `maximal_overlap` drops queries whose best gold pair shares at least that token-Jaccard (copied wording).
    """
    folder = pathlib.Path(shared) / "data" / "gold"
    items, pairs = rows(folder / "mwsu_standard_items.tsv"), rows(folder / "mwsu_dev.tsv")
    parts = []
    for standard, kind in sorted({(pair["standard"], pair["kind"]) for pair in pairs}):
        pool = [item for item in items if (item["standard"], item["kind"]) == (standard, kind)]
        index = {(item["knowledge_area"], item["id"]): i for i, item in enumerate(pool)}
        found = {}
        for pair in pairs:
            key = (pair["knowledge_area"], pair["id"])
            if (pair["standard"], pair["kind"]) == (standard, kind) and key in index:
                links = found.setdefault((pair["course_text"], pair["course_topic_path"]), [])
                links.append((index[key], float(pair["token_jaccard"])))
        queries, gold = [], []
        for (text, path), links in found.items():
            if max(overlap for _, overlap in links) >= maximal_overlap:
                continue
            parent = path.split(" > ")[-1]
            queries.append(f"{parent}: {text}" if context and parent else text)
            gold.append(sorted({i for i, _ in links}))
        last = lambda item: item["area_names"].split(" > ")[-1]
        candidates = [f"{last(item)}: {item['text']}" if context and last(item) else item["text"] for item in pool]
        parts.append((f"mwsu {standard} {kind}", queries, candidates, gold))
    return parts


def security_framework(shared):
    """NIST CSF 1.1 and Privacy Framework subcategory -> SP 800-53 control (name and text)."""
    folder = pathlib.Path(shared) / "data" / "gold"
    controls = rows(folder / "nist800-53-r5-controls.tsv")
    index = {row["control"]: i for i, row in enumerate(controls)}
    found = defaultdict(set)
    for row in rows(folder / "nist_csf11_to_80053r5.dev.tsv"):
        if row["control"] in index:
            found[row["subcategory_text"]].add(index[row["control"]])
    queries = sorted(found)
    return {
        "csf": [("csf", queries, [f"{r['name']}: {r['text']}" for r in controls], [sorted(found[q]) for q in queries])]
    }


def all_sets(shared):
    """Every measured set by name; a set may have parts with candidate pools of their own."""
    sets = {**onet(shared), **nice(shared), **security_framework(shared)}
    sets["mwsu"] = mwsu(shared, context=False)
    sets["mwsu_ctx"] = mwsu(shared)
    sets["mwsu_ctx_j6"] = mwsu(shared, maximal_overlap=0.6)
    return sets


def held_out(shared):
    """Queries no training sentence may equal or nearly equal: O*NET samples, NICE statements, CSF subcategories."""
    sets = {**onet(shared), **nice(shared), **security_framework(shared)}
    return sorted({text for parts in sets.values() for _, queries, _, _ in parts for text in queries})
