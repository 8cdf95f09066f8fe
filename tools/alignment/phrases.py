"""Adds frequent phrases of the corpus to `corpus.tsv` (source `phrase`): one to four words that neither begin nor end with a common one.

Skill names and topics are that short, and the sentences alone say little about them.
"""

import argparse
import json
import pathlib
import re
from collections import Counter

import corpus
import gold

COMMON = set(
    "a all an and any are as at be between by can each eg etc for from g i ie in including include includes into is it its may not of "
    "on or other over s such that the their these this those through to under use using which will with within e".split()
)
MOST_PHRASES, MOST_WORDS = 60_000, 20_000


def phrases(texts):
    """Phrase -> how often it stands in the texts, not across punctuation."""
    counts = Counter()
    for text in texts:
        for run in re.split(r"[^a-z0-9 \-']+", text.lower()):
            words = run.split()
            for size in range(1, 5):
                for start in range(len(words) - size + 1):
                    phrase = words[start : start + size]
                    if phrase[0] not in COMMON and phrase[-1] not in COMMON:
                        counts[" ".join(phrase)] += 1
    return counts


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", required=True)
    arguments.add_argument("--work", required=True)
    given = arguments.parse_args()
    work = pathlib.Path(given.work)
    lines = (work / "corpus.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t", 1)[1] for line in lines]
    seen = {" ".join(gold.words(text)) for text in texts}
    often = sorted(phrases(texts).items(), key=lambda one: (-one[1], one[0]))
    kept = [text for text, count in often if count >= (5 if " " in text else 2) and 3 <= len(text) <= 60 and text not in seen]
    found = [text for text in kept if " " in text][:MOST_PHRASES] + [text for text in kept if " " not in text][:MOST_WORDS]
    dropped = corpus.near_duplicates(found, gold.held_out(given.shared))
    found = [text for index, text in enumerate(found) if index not in dropped]
    with open(work / "corpus.tsv", "a", encoding="utf-8", newline="\n") as out:
        out.writelines(f"phrase\t{text}\n" for text in found)
    counts = json.loads((work / "corpus.json").read_text(encoding="utf-8"))
    counts.update(phrase=len(found), total=counts["total"] + len(found))
    (work / "corpus.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    print(len(found))


if __name__ == "__main__":
    main()
