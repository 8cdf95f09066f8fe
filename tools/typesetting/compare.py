#!/usr/bin/env python3
"""Compares courses read back (credway export courses --format csv) with the list that was set:
compare.py COURSES.json READ.csv [--limit N] [--show N] [--fields a,b].

A value is the same, missing, or different. A value is *invented* where the list has none for the course, where the
course is not in the list, where a figure is another figure, and where words stand that the course was not set with:
letters and figures of what was read are then no stretch of the field's own, so that a value cut short is different but
not invented, and one that took in a neighbour's words is both."""
import argparse, collections, csv, json, re

csv.field_size_limit(1 << 30)
FIGURES = {"credits": "credits", "lecture": "lecture_hours", "lab": "lab_hours"}
WORDS = {"title": "title", "prerequisites": "prerequisites", "corequisites": "corequisites", "description": "description"}
COLUMNS = {**WORDS, **FIGURES}
# Columns that follow from others, or name what the list does not hold and the document says once for all courses.
DERIVED = {"organization", "code", "requisites"}


def plain(text):
    return re.sub(r"\s+", " ", (text or "").replace("\u2019", "'").replace("\u2018", "'")).strip()


def number(text):
    return f"{float(text):g}" if re.fullmatch(r"\d+(\.\d+)?", text) else text


def value(field, text):
    # “Prerequisite: None” says that there is none.
    if field in ("prerequisites", "corequisites") and plain(text).rstrip(".").lower() == "none":
        return ""
    return number(plain(text)) if field in FIGURES else plain(text)


def letters(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())


def invented(field, wanted, read):
    if not read or read == wanted:
        return False
    return field in FIGURES or letters(read) not in letters(wanted)


def pairs(want, got):
    """Every course of the list with the one read for it, and those read without one in the list."""
    for code in list(want) + [code for code in got if code not in want]:
        left = list(got.get(code, ()))
        for entry in want.get(code, ()):
            title = plain(entry["title"])
            best = next((row for row in left if plain(row["title"]) == title), left[0] if left else None)
            if best is not None:
                left.remove(best)
            yield code, entry, best
        for row in left:
            yield code, None, row


def field(name, want, got, show):
    count = collections.Counter()
    for code, entry, row in pairs(want, got):
        wanted = value(name, entry[name]) if entry else ""
        read = value(name, row[COLUMNS[name]]) if row and COLUMNS[name] in row else ""
        count["set"] += bool(wanted)
        if read == wanted:
            count["same"] += bool(wanted)
            continue
        kind = "unset" if not wanted else "missing" if not read else "different"
        count[kind] += 1
        made_up = invented(name, wanted, read)
        count["invented"] += made_up
        if show > 0:
            show -= 1
            print(f"  {code} {name} {kind}{', invented' if made_up else ''}:\n    set  {wanted[:300]}\n    read {read[:300]}")
    print(f"{name:14} {count['same']} of {count['set']} the same ({count['same'] / max(count['set'], 1):.2%}), {count['missing']} missing, "
          f"{count['different']} different, {count['unset']} where the list has none; {count['invented']} invented")
    return show


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("courses")
    parser.add_argument("read")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--fields", default=",".join(COLUMNS))
    given = parser.parse_args()
    rows = json.load(open(given.courses, encoding="utf-8"))[:given.limit]
    want, got = collections.defaultdict(list), collections.defaultdict(list)
    for row in rows:
        want[row["code"]].append(row)
    for row in csv.DictReader(open(given.read, encoding="utf-8-sig")):
        got[row["code"]].append(row)
    found = sum(min(len(want[code]), len(got.get(code, ()))) for code in want)
    extra = [code for code in got if len(got[code]) > len(want.get(code, ()))]
    missing = [code for code in want if len(got.get(code, ())) < len(want[code])]
    print(f"courses {found} of {len(rows)} ({found / len(rows):.2%}), {sum(len(got[code]) - len(want.get(code, ())) for code in extra)} that are not there")
    if missing:
        print("  not read:", ", ".join(missing[:12]))
    if extra:
        print("  not set:", ", ".join(extra[:12]))
    for name in given.fields.split(","):
        given.show = field(name, want, got, given.show)
    others = collections.Counter(name for entries in got.values() for row in entries for name, text in row.items()
                                 if text and name not in DERIVED and name not in COLUMNS.values())
    if others:
        print("columns the list has none for:", ", ".join(f"{name} {count}" for name, count in others.items()))


if __name__ == "__main__":
    main()
