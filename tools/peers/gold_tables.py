"""Writes the seven development gold sets as tables for `credway bench align`: one folder a set and part.

`SET/queries.tsv` (id, text, context, gold), `SET/candidates.tsv` (id, text, context), and `SET/groups.tsv` (id, group): queries of one
group (a course, an occupation, a job posting) never stand on both sides of a split. Sets: `mwsu-STANDARD-KIND` (measured
together as `mwsu`), `onet`, `nice`, `csf`, `esco-tech`, `esco-house`, `cip`. Texts of vendors and universities are read for measuring only.
"""

import argparse
import csv
import pathlib
from collections import defaultdict


def rows(path, delimiter="\t", quoting=csv.QUOTE_NONE):
    with open(path, encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=delimiter, quoting=quoting))


def tidy(text):
    return " ".join(text.split())


def last(path):
    return path.rsplit(" > ", 1)[-1]


def mwsu(data):
    """Course outcome or topic -> item of the same standard and kind; context: parent topic, last knowledge area; group: course."""
    items, pairs = rows(data / "gold/mwsu_standard_items.tsv"), rows(data / "gold/mwsu_dev.tsv")
    for standard, kind in sorted({(pair["standard"], pair["kind"]) for pair in pairs}):
        key = lambda row: f"{row['knowledge_area']}/{row['id']}"
        pool = [item for item in items if (item["standard"], item["kind"]) == (standard, kind)]
        candidates = [(key(item), item["text"], last(item["area_names"])) for item in pool]
        links = [
            ((pair["course_text"], last(pair["course_topic_path"])), key(pair), pair["course"])
            for pair in pairs
            if (pair["standard"], pair["kind"]) == (standard, kind)
        ]
        yield f"mwsu-{standard}-{kind}", links, candidates


def onet(data):
    """Task -> detailed work activity; group: the six-digit occupation."""
    candidates = [(row["DWA ID"], row["DWA Title"], "") for row in rows(data / "onet/DWA Reference.txt")]
    table = rows(data / "onet/Tasks to DWAs.dev.txt")
    yield "onet", [((row["Task"], ""), row["DWA ID"], row["O*NET-SOC Code"][:7]) for row in table], candidates


def nice(data):
    """Knowledge, skill or ability -> name of its competency; group: the statement."""
    table = rows(data / "gold/nice_k_to_competency.dev.tsv")
    names = sorted({row["competency"] for row in table})
    yield "nice", [((row["ksa"], ""), row["competency"], row["ksa"]) for row in table], [(name, name, "") for name in names]


def csf(data):
    """CSF or Privacy Framework subcategory within its category -> SP 800-53 control; group: the subcategory."""
    controls = [(row["control"], row["text"], row["name"]) for row in rows(data / "gold/nist800-53-r5-controls.tsv")]
    table = rows(data / "gold/nist_csf11_to_80053r5.dev.tsv")
    links = [((row["subcategory_text"], row["category"].split(" (")[0]), row["control"], row["subcategory"]) for row in table]
    yield "csf", links, controls


def esco(data, name):
    """Span of a job posting -> ESCO skill; group: the sentence."""
    labels = [(row["preferred_label"], row["preferred_label"], "") for row in rows(data / "frameworks/esco/esco_skills_en.tsv")]
    labels = list({label[0]: label for label in labels}.values())
    table = rows(data / f"gold/esco_{name}_validation_annotations.csv", ",", csv.QUOTE_MINIMAL)
    links = [((row["sub_span"] or row["span"], ""), row["label"], row["sub_span"] or row["span"]) for row in table]
    yield f"esco-{name}", links, labels


def cip(data):
    """Program definition under its title -> occupation description under its title; group: the program."""
    table = rows(data / "gold/cip2020_to_soc2018_text.dev.tsv")
    occupations = {row["soc"]: (row["soc"], row["soc_description"], row["soc_title"]) for row in table}
    links = [((row["cip_definition"], row["cip_title"]), row["soc"], row["cip"]) for row in table]
    yield "cip", links, sorted(occupations.values())


def sets(data):
    for part in (mwsu(data), onet(data), nice(data), csf(data), esco(data, "tech"), esco(data, "house"), cip(data)):
        yield from part


def gather(links, candidates):
    """Queries in order of text: (text, context, right candidates, group); links to what is no candidate fall away."""
    known, right, group = {row[0] for row in candidates}, defaultdict(set), {}
    for (text, context), gold, of in links:
        if gold in known:
            query = (tidy(text), tidy(context))
            right[query].add(gold)
            group.setdefault(query, of)
    return [(text, context, sorted(right[text, context]), group[text, context]) for text, context in sorted(right)]


def write(folder, links, candidates):
    folder.mkdir(parents=True, exist_ok=True)
    queries = gather(links, candidates)
    table = lambda name: open(folder / name, "w", encoding="utf-8", newline="\n")
    with table("queries.tsv") as out, table("groups.tsv") as groups:
        out.write("id\ttext\tcontext\tgold\n")
        groups.write("id\tgroup\n")
        for number, (text, context, gold, group) in enumerate(queries):
            out.write(f"q{number}\t{text}\t{context}\t{'|'.join(gold)}\n")
            groups.write(f"q{number}\t{group}\n")
    with table("candidates.tsv") as out:
        out.write("id\ttext\tcontext\n")
        out.writelines(f"{number}\t{tidy(text)}\t{tidy(context)}\n" for number, text, context in candidates)
    return len(queries), len(candidates)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", required=True, help="folder with data/")
    arguments.add_argument("--out", required=True, help="folder to write into")
    arguments.add_argument("--unseen", help="corpus.tsv of the table's texts: O*NET tasks that stand in it are left out")
    given = arguments.parse_args()
    seen = {line.split("\t", 1)[1] for line in pathlib.Path(given.unseen).read_text("utf-8").splitlines()} if given.unseen else set()
    for name, links, candidates in sets(pathlib.Path(given.shared) / "data"):
        if name == "onet":
            links = [link for link in links if tidy(link[0][0]) not in seen]
        print(name, *write(pathlib.Path(given.out) / name, links, candidates))


if __name__ == "__main__":
    main()
