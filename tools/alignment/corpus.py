"""Collects the sentences the table is distilled from: permitted sources only (see MODEL_CARD.md).

Writes `corpus.tsv` (source TAB sentence) in a fixed order, and `corpus.json` with the counts per source.
Never read: our own samples (the table must not change when they do), Missouri Western, ACM, Houston, CompTIA/EC-Council outlines, syllabi, ESCO extraction annotations.
"""

import argparse
import csv
import json
import pathlib
import random
import re
from collections import Counter, defaultdict

import gold

SEED = 20262
LONGEST = 400
# Our own words: how course outcomes and exam objectives are usually phrased around a topic.
FRAMES = """Explain {}|Describe the main ideas of {}|Apply {} to a practical problem|Compare approaches to {}
Introduction to {}|Fundamentals of {}|Advanced {}|Students will be able to {}|Analyse a case involving {}
Demonstrate an understanding of {}|Evaluate {} in a given scenario|Identify the key concepts of {}
Given a scenario, use {}|Summarize the purpose of {}|Discuss the role of {} in practice|Design a solution using {}
Principles of {}|Assess risks related to {}|Plan and carry out {}|Define {} and give examples
Select appropriate methods for {}|Laboratory work in {}|Topics include {}|Select and justify tools for {}""".replace(
    "\n", "|"
).split("|")


def tidy(text):
    """One line, single spaces, no outer white space."""
    return re.sub(r"\s+", " ", text).strip()


def sentences(text):
    """Sentences of a paragraph; a passage longer than LONGEST is cut at semicolons."""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z(\[])", tidy(text)):
        if len(sentence) <= LONGEST:
            yield sentence
        else:
            yield from (part for part in re.split(r";\s*", sentence) if len(part) <= LONGEST)


def clauses(text):
    """Parts of an enumeration: what stands between semicolons or commas, three words or more."""
    for part in re.split(r"[;,]\s+(?:and\s+|or\s+)?", tidy(text)):
        if 3 <= len(part.split()) <= 25:
            yield part.rstrip(".")


def onet(folder):
    for row in gold.rows(folder / "Task Statements.txt"):
        yield row["Task"]
    for row in gold.rows(folder / "DWA Reference.txt"):
        yield row["DWA Title"]
        yield row["IWA Title"]
        yield row["Element Name"]
    for row in gold.rows(folder / "IWA Reference.txt"):
        yield row["IWA Title"]
    for row in gold.rows(folder / "Content Model Reference.txt"):
        yield row["Element Name"]
        yield from sentences(row["Description"])
        yield f"{row['Element Name']}: {row['Description']}"


def onet_parts(folder):
    """Clauses of task statements: short phrases as they occur in outlines."""
    for row in gold.rows(folder / "Task Statements.txt"):
        yield from clauses(row["Task"])


def soc(folder):
    for row in gold.rows(folder / "Occupation Data.txt"):
        yield row["Title"]
        yield row["Description"]
        yield from sentences(row["Description"])
        yield f"{row['Title']}: {row['Description']}"


def cip(path):
    for row in gold.rows(path, csv.QUOTE_MINIMAL, ","):
        title, definition = tidy(row["CIPTitle"]).rstrip("."), tidy(row["CIPDefinition"])
        yield title.title() if title.isupper() else title
        if definition.startswith("Instructional content"):
            continue
        yield from sentences(definition)
        for sentence in sentences(definition):
            if "nstruction in" in sentence:
                yield from clauses(sentence.split("nstruction in", 1)[1])
                yield f"{title}: {sentence}"


def nice(folder):
    for row in gold.rows(folder / "nice_v2.0.0_elements.tsv"):
        yield row["title"]
        yield from sentences(row["text"])
        yield re.sub(r"^(Knowledge of|Skill in)\s+", "", row["text"])
        if row["title"]:
            yield f"{row['title']}: {row['text']}"


def dcwf(folder):
    for row in gold.rows(folder / "dcwf_role_ksat.tsv"):
        yield row["text"]
        yield re.sub(r"^(Knowledge of|Skill in|Skill to|Ability to)\s+", "", row["text"])
    for row in gold.rows(folder / "dcwf_roles.tsv"):
        yield row["work_role"]
        yield from sentences(row["definition"])


def nist(path):
    for row in gold.rows(path):
        yield row["name"]
        text = re.sub(r"\[(Assignment|Selection)[^\]]*\]", "", row["text"])
        pieces = [p for p in re.split(r"(?:^|\s)(?:[a-z]\.|\d+\.|\([a-z]\)|\(\d+\))\s", tidy(text)) if len(p) > 12]
        for piece in pieces:
            yield from sentences(piece)
            if len(piece) <= LONGEST:
                yield f"{row['name']}: {piece}"


def esco(path):
    for row in gold.rows(path):
        label = tidy(row["preferred_label"])
        yield label
        yield from sentences(row["description"])
        first = next(sentences(row["description"]), "")
        if first:
            yield f"{label}: {first}"


def esco_alternatives(path):
    for row in gold.rows(path):
        yield from (tidy(name) for name in row["alt_labels"].split(", ") if len(name.split()) <= 8)


def edison(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    text = re.sub(r"\n\s*Page \d+ of \d+\s*\n[^\n]*\n", "\n", text.replace("\f", "\n"))
    for block in re.split(r"\n\s*\n|\n\s*[•o·-]\s+", text):
        if "....." not in block:
            yield from sentences(block)


def cncf(folder):
    for row in gold.rows(folder / "cncf_blueprints.tsv"):
        yield row["domain"]
        yield row["competency"]
        yield f"{row['domain']}: {row['competency']}"
    for path in sorted(folder.glob("*.md")):
        outline = re.split(r"\n#+ .*(?:Contribut|Author|Maintain|Licen)", path.read_text(encoding="utf-8"))[0]
        for line in outline.splitlines():
            if not line.lstrip().startswith("|") and "http" not in line:
                yield from sentences(re.sub(r"[#*`_]+|^\s*[-+]\s*", "", line))


def framed(topics, count, generator):
    """Our own phrases around permitted topics: `Explain X`, `X: Apply Y to a practical problem` ..."""
    for _ in range(count):
        topic, other = generator.choice(topics), generator.choice(topics)
        text = generator.choice(FRAMES).format(topic)
        shape = generator.random()
        if shape < 0.2:
            text = f"{text} and {other}"
        elif shape < 0.4:
            text = f"{other.capitalize()}: {text}"
        yield text


def passages(forbidden, texts):
    """Indices of texts of three words or more that stand word for word inside a forbidden text (its clauses, say)."""
    inside = set()
    for text in forbidden:
        one = gold.words(text)
        inside.update(" ".join(one[a:b]) for a in range(len(one)) for b in range(a + 3, len(one) + 1))
    return {index for index, text in enumerate(texts) if " ".join(gold.words(text)) in inside}


def near_duplicates(texts, forbidden, threshold=0.7):
    """Indices of texts whose word sets overlap a forbidden text by more than `threshold` (Jaccard), or equal it."""
    sets = [frozenset(gold.words(text)) for text in forbidden]
    frequency = Counter(word for one in sets for word in one)
    postings = defaultdict(list)
    for number, one in enumerate(sets):
        for word in one:
            postings[word].append(number)
    found = set()
    for index, text in enumerate(texts):
        one = frozenset(gold.words(text))
        shared = Counter()
        # A pair above 0.7 shares a word among the rarest third (and one) of the text's own words.
        rare = sorted((w for w in one if w in postings), key=lambda w: (frequency[w], w))
        for word in rare[: len(one) - int(threshold * len(one)) + 1]:
            shared.update(postings[word])
        if any(len(one & sets[n]) > threshold * len(one | sets[n]) for n in shared):
            found.add(index)
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", required=True, help="folder with data/ (O*NET, NICE, ESCO ...)")
    arguments.add_argument("--work", required=True, help="scratch folder")
    arguments.add_argument("--framed", type=int, default=30000)
    given = arguments.parse_args()
    data, work = pathlib.Path(given.shared) / "data", pathlib.Path(given.work)
    frameworks = data / "frameworks"
    sources = {
        "onet": onet(data / "onet"),
        "soc": soc(data / "onet"),
        "nice": nice(frameworks / "nice"),
        "dcwf": dcwf(frameworks / "dcwf"),
        "nist": nist(data / "gold" / "nist800-53-r5-controls.tsv"),
        "cip": cip(data / "labour" / "CIPCode2020.csv"),
        "cncf": cncf(data / "exams" / "cncf"),
        "edison": edison(frameworks / "edison" / "EDISON01_CF-DS-release4-v11.txt"),
        "esco": esco(frameworks / "esco" / "esco_skills_en.tsv"),
        "onet_parts": onet_parts(data / "onet"),
        "esco_alt": esco_alternatives(frameworks / "esco" / "esco_skills_en.tsv"),
    }
    seen, kept = set(), []
    for source, texts in sources.items():
        for text in map(tidy, texts):
            key = " ".join(gold.words(text))
            if 3 <= len(text) <= 700 and key and key not in seen:
                seen.add(key)
                kept.append((source, text))
    topics = [text for source, text in kept if source in {"esco", "cip", "cncf", "nist", "nice"} and len(text) <= 60]
    for text in framed(topics, given.framed, random.Random(SEED)):
        key = " ".join(gold.words(text))
        if key not in seen:
            seen.add(key)
            kept.append(("framed", text))
    forbidden, texts = gold.held_out(given.shared), [text for _, text in kept]
    dropped = near_duplicates(texts, forbidden) | passages(forbidden, texts)
    kept = [pair for index, pair in enumerate(kept) if index not in dropped]
    work.mkdir(parents=True, exist_ok=True)
    with open(work / "corpus.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{source}\t{text}\n" for source, text in kept)
    counts = dict(Counter(source for source, _ in kept), held_out_dropped=len(dropped), total=len(kept))
    (work / "corpus.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    print(counts)


if __name__ == "__main__":
    main()
