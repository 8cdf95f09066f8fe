#!/usr/bin/env python3
"""Compares the words we read in a PDF with those poppler's pdftotext reads: words.py LINES FILE.pdf [--show N] [--raw].

LINES is the example of the documents crate (cargo build -p credway-documents --example lines). Words are counted, not
their order: a word found by both as often is the same. Hyphens at line ends are joined on both sides in the same way."""
import argparse, collections, re, subprocess, unicodedata

HYPHENS = "-\u2010\u00ad"


def words(lines):
    """Words of lines of text, with those joined that are divided over two of them."""
    found = []
    for line in lines:
        line = unicodedata.normalize("NFKC", line)
        pieces = line.split()
        if found and pieces and len(found[-1]) > 1 and found[-1][-1] in HYPHENS and found[-1][-2].isalpha() and pieces[0][0].islower():
            found[-1] = found[-1].rstrip(HYPHENS) + pieces.pop(0)
        found += pieces
    return collections.Counter(re.sub("[\u00ad\u200b\u200c\u200d]", "", word) for word in found)


def ours(lines, path):
    shown = subprocess.run([lines, path, "0", "100000000"], capture_output=True, check=True, text=True).stdout
    # Mark, size, bold, indent and place come first, then the text behind a tabulator.
    return [line.split("\t", 1)[1] for line in shown.split("\n") if "\t" in line]


def theirs(path, raw):
    run = subprocess.run(["pdftotext", *(["-raw"] if raw else []), "-enc", "UTF-8", path, "-"], capture_output=True, check=True, text=True)
    return run.stdout.replace("\f", "\n").split("\n")


def letters(word):
    return "".join(letter for letter in word.lower() if letter.isalnum())


def kind(word, other, by_letters, pieces):
    """How a word that only one side has shows up in what only the other side has."""
    if letters(word) and letters(word) in by_letters:
        return "other signs about the same letters"
    if any(word[:at] in other and word[at:] in other for at in range(1, len(word))):
        return "two words there"
    if word in pieces:
        return "part of a word there"
    return "signs alone" if not letters(word) else "other letters"


def report(name, mine, other, show):
    only, left = mine - other, other - mine
    total, missing = sum(mine.values()), sum(only.values())
    print(f"{name}: {total} words, {(total - missing) / max(total, 1):.3%} found, {missing} not")
    by_letters = {letters(word) for word in left}
    pieces = {piece for word in left for at in range(1, len(word)) for piece in (word[:at], word[at:])}
    kinds = collections.defaultdict(collections.Counter)
    for word, times in only.items():
        kinds[kind(word, left, by_letters, pieces)][word] += times
    for label, found in sorted(kinds.items(), key=lambda pair: -sum(pair[1].values())):
        print(f"  {sum(found.values()):6} {label}: " + ", ".join(f"{word} {times}" for word, times in found.most_common(show)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines")
    parser.add_argument("file")
    parser.add_argument("--show", type=int, default=8)
    parser.add_argument("--raw", action="store_true", help="pdftotext in the order of the file instead of that of reading")
    given = parser.parse_args()
    read, oracle = words(ours(given.lines, given.file)), words(theirs(given.file, given.raw))
    report("pdftotext's words in ours", oracle, read, given.show)
    report("our words in pdftotext's", read, oracle, given.show)


if __name__ == "__main__":
    main()
