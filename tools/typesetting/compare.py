#!/usr/bin/env python3
"""Compares courses read back (credway export courses --format csv) with the list that was set: compare.py COURSES.json READ.csv [--limit N] [--show N] [--fields a,b]."""
import argparse, csv, json, re, collections, sys

csv.field_size_limit(1 << 30)
parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("courses"); parser.add_argument("read")
parser.add_argument("--limit", type=int); parser.add_argument("--show", type=int, default=0)
parser.add_argument("--fields", default="title,credits,prerequisites,corequisites,description")
given = parser.parse_args()
norm = lambda text: re.sub(r"\s+", " ", (text or "").replace("\u2019", "'").replace("\u2018", "'")).strip()
number = lambda text: f"{float(text):g}" if re.fullmatch(r"\d+(\.\d+)?", norm(text)) else norm(text)
want = collections.defaultdict(list)
rows = json.load(open(given.courses)); rows = rows[:given.limit] if given.limit else rows
for row in rows: want[row["code"]].append(row)
got = collections.defaultdict(list)
for row in csv.DictReader(open(given.read, encoding="utf-8-sig")): got[row["code"]].append(row)
found = sum(min(len(want[code]), len(got[code])) for code in want)
extra = sum(max(0, len(got[code]) - len(want[code])) for code in got)
print(f"courses {found} of {len(rows)} ({found / len(rows):.2%}), {extra} that are not there")
missing = [code for code in want if len(got[code]) < len(want[code])]
if missing: print("  not read:", ", ".join(missing[:12]))
for field in given.fields.split(","):
    total = right = missing = wrong = invented = 0
    for code, entries in want.items():
        left = list(got[code])
        for entry in entries:
            if not left: 
                if norm(entry[field]): total += 1; missing += 1
                continue
            best = next((row for row in left if norm(row["title"]) == norm(entry["title"])), left[0]); left.remove(best)
            a, b = norm(entry[field]), norm(best[field])
            if field == "credits": a, b = number(a), number(b)
            if a: total += 1
            if a == b: right += bool(a)
            else:
                kind = "invented" if not a else "missing" if not b else "wrong"
                if kind == "invented": invented += 1
                elif kind == "missing": missing += 1
                else: wrong += 1
                if given.show > 0: given.show -= 1; print(f"  {code} {field} {kind}:\n    set  {a[:300]}\n    read {b[:300]}")
    print(f"{field:14} {right} of {total} the same ({right / max(total, 1):.2%}), {missing} missing, {wrong} different, {invented} where the list has none")
