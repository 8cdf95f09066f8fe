#!/usr/bin/env python3
"""Compares imported outlines with the table: compare_outlines.py CREDWAY TABLE.tsv FILE…"""
import csv, json, os, subprocess, sys, tempfile, collections
want = collections.defaultdict(lambda: collections.defaultdict(set))
for row in csv.DictReader(open(sys.argv[2], encoding="utf-8"), delimiter="\t"):
    want[row["exam"].lower()][(row["domain"], float(row["weight"]))].add((row["competency"] or "").strip())
wrong = 0
for path in sys.argv[3:]:
    exam = os.path.basename(path).split("_")[0].split(".")[0].lower()
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([sys.argv[1], "--db", f"sqlite:{folder}/t.db", "--json", "import", "blueprint", path, "--preview"], capture_output=True, text=True)
    answer = json.loads(run.stdout)
    blueprint = answer.get("blueprint") or {"domains": []}
    def weight(domain):
        value = domain.get("weight")
        return float(value["low"] if isinstance(value, dict) else value or -1)
    got = {(d["title"], weight(d)): {o["text"] for o in d["objectives"]} for d in blueprint["domains"]}
    expected = {key: value - {""} for key, value in want[exam].items()}
    differences = []
    for key in expected.keys() | got.keys():
        for text in expected.get(key, set()) - got.get(key, set()): differences.append(f"lacks {key}: {text}")
        for text in got.get(key, set()) - expected.get(key, set()): differences.append(f"has {key}: {text}")
    wrong += len(differences)
    print(f"{os.path.basename(path)}: {len(differences)} differences"); [print("   ", line) for line in differences[:5]]
print("total", wrong)
