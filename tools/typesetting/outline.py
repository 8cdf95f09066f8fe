#!/usr/bin/env python3
"""Sets exam outlines as PDF (typst) and DOCX (python-docx): outline.py FOLDER OUT. Takes the folder's *.txt as they stand
(in a fixed-width type) and the rows of *_blueprints.tsv as headings and lists."""
import csv, glob, os, sys, tempfile, collections
import docx, typst

folder, out = sys.argv[1], sys.argv[2]
os.makedirs(out, exist_ok=True)


def compile_typst(source, path):
    with tempfile.TemporaryDirectory() as work:
        open(os.path.join(work, "main.typ"), "w").write(source)
        typst.compile(os.path.join(work, "main.typ"), output=path)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
    name, text = os.path.splitext(os.path.basename(path))[0], open(path, encoding="utf-8").read()
    compile_typst('#set page(margin: 1.5cm)\n#set text(font: "DejaVu Sans Mono", size: 8pt)\n#raw(' + quoted(text.replace("\f", "\n")).replace("\n", "\\n") + ", block: true)", os.path.join(out, name + ".text.pdf"))
    document = docx.Document()
    for line in text.replace("\f", "\n").split("\n"):
        document.add_paragraph("".join(letter for letter in line if letter >= " " or letter == "\t"))
    document.save(os.path.join(out, name + ".text.docx"))
for path in glob.glob(os.path.join(folder, "*_blueprints.tsv")):
    exams = collections.OrderedDict()
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        exams.setdefault(row["exam"], collections.OrderedDict()).setdefault((row["domain"], row["weight"]), []).append(row["competency"])
    for exam, domains in exams.items():
        source = f"#set page(margin: 2cm)\n#set text(size: 10pt)\n#set par(justify: true)\n= #{quoted(exam + ' Exam Curriculum')}\n"
        document = docx.Document(); document.add_heading(exam + " Exam Curriculum", 0)
        for (domain, weight), items in domains.items():
            source += f"== #{quoted(f'{domain} - {weight}%')}\n" + "".join(f"- #{quoted(item)}\n" for item in items)
            document.add_heading(f"{domain} - {weight}%", 1)
            for item in items: document.add_paragraph(item, style="List Bullet")
        compile_typst(source, os.path.join(out, exam + ".list.pdf")); document.save(os.path.join(out, exam + ".list.docx"))
