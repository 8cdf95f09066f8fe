#!/usr/bin/env python3
"""Sets a list of courses as a document: catalogue.py LAYOUT COURSES.json OUT [--limit N]."""
import argparse, html, json, os, subprocess, sys, tempfile

import syllabi


def courses(path, limit):
    rows = json.load(open(path, encoding="utf-8"))
    return rows[:limit] if limit else rows


def clean(text):
    return " ".join(text.split()) if text else None


def typst(rows, out):
    import typst as compiler
    rows = [{key: clean(value) for key, value in row.items()} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        json.dump(rows, open(os.path.join(folder, "rows.json"), "w"))
        source = '''
#let rows = json("rows.json")
#set text(size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true, leading: 0.5em, spacing: 0.75em)
#set page(paper: "us-letter", columns: 2, margin: (x: 0.8in, top: 0.9in, bottom: 0.8in), numbering: "1",
  header: context {
    let here-page = here().page()
    let on = query(<course>).filter(it => it.location().page() == here-page)
    if on.len() > 0 [#emph[Undergraduate and Graduate Catalog 2024-2025] #h(1fr) #on.first().value – #on.last().value]
  })
#place(top + center, scope: "parent", float: true)[#text(size: 16pt, weight: "bold")[Course Descriptions]]
#let subject(code) = code.split(" ").first()
#let last = state("last", "")
#for (index, row) in rows.enumerate() {
  if index == 0 or subject(rows.at(index - 1).code) != subject(row.code) {
    block(above: 1.4em, below: 0.8em, sticky: true, text(size: 12pt, weight: "bold", upper(subject(row.code))))
  }
  [#metadata(row.code) <course>]
  block(above: 1.1em, below: 0.5em, sticky: true, par(justify: false, text(weight: "bold")[#row.code - #row.title]))
  let facts = ()
  if row.credits != none { facts.push([Credit Hours: #row.credits]) }
  if row.lecture != none { facts.push([Lecture Contact Hours: #row.lecture]) }
  if row.lab != none { facts.push([Lab Contact Hours: #row.lab]) }
  if facts.len() > 0 { block(above: 0.5em, below: 0.5em, facts.join([ #h(0.6em) ])) }
  if row.prerequisites != none { par[#text(weight: "bold")[Prerequisite:] #row.prerequisites] }
  if row.corequisites != none { par[#text(weight: "bold")[Corequisite:] #row.corequisites] }
  if row.description != none { par[#row.description] }
}
'''
        path = os.path.join(folder, "main.typ")
        open(path, "w").write(source)
        compiler.compile(path, output=out)


def html_page(rows):
    parts = ["<!doctype html><html lang=en><head><meta charset=utf-8><title>Course Descriptions</title></head><body>",
             "<nav><ul><li><a href='#a'>Home</a></li><li>Search the catalog</li></ul></nav><main><h1>Course Descriptions</h1>"]
    for row in rows:
        escape = lambda key: html.escape(clean(row[key]))
        parts.append(f"<div class=course><h3>{escape('code')} - {escape('title')}</h3><p>")
        facts = [f"<strong>{label}:</strong> {escape(key)}" for label, key in
                 (("Credit Hours", "credits"), ("Lecture Contact Hours", "lecture"), ("Lab Contact Hours", "lab")) if row[key]]
        parts.append("<br>".join(facts) + "</p>")
        for label, key in (("Prerequisite", "prerequisites"), ("Corequisite", "corequisites")):
            if row[key]:
                parts.append(f"<p><strong>{label}:</strong> {escape(key)}</p>")
        if row["description"]:
            parts.append(f"<p>{escape('description')}</p>")
        parts.append("</div>")
    parts.append("</main><footer><p>© The University</p></footer></body></html>")
    return "\n".join(parts)


def as_html(rows, out):
    open(out, "w", encoding="utf-8").write(html_page(rows))


def as_docx(rows, out):
    import docx
    document = docx.Document()
    document.add_heading("Course Descriptions", 0)
    body, styles = document.element.body, document.styles
    section = body[-1]
    for row in rows:
        def add(runs, style="Normal"):
            paragraph = docx.text.paragraph.Paragraph(docx.oxml.OxmlElement("w:p"), document._body)
            section.addprevious(paragraph._p)
            paragraph.style = styles[style]
            for text, bold in runs:
                paragraph.add_run(text).bold = bold or None
        add([(f"{clean(row['code'])} - {clean(row['title'])}", False)], "Heading 3")
        facts = [f"{label}: {clean(row[key])}" for label, key in
                 (("Credit Hours", "credits"), ("Lecture Contact Hours", "lecture"), ("Lab Contact Hours", "lab")) if row[key]]
        add([("   ".join(facts), False)])
        for label, key in (("Prerequisite", "prerequisites"), ("Corequisite", "corequisites")):
            if row[key]:
                add([(f"{label}:", True), (" " + clean(row[key]), False)])
        if row["description"]:
            add([(clean(row["description"]), False)])
    document.save(out)


def chromium(page, out):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.html")
        open(path, "w", encoding="utf-8").write(page)
        subprocess.run(["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", path], check=True, timeout=900,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def courseleaf(rows, out):
    parts = ["<!doctype html><html lang=en><meta charset=utf-8><style>body{font:10pt 'DejaVu Sans';margin:1cm}"
             "p{margin:.3em 0}.t{font-weight:bold;margin-top:1em}</style><h1>Courses</h1>"]
    for row in rows:
        escape = lambda key: html.escape(clean(row[key]))
        parts.append(f"<p class=t>{escape('code')}. {escape('title').rstrip('.')}. {escape('credits')} Credits.</p>")
        if row["description"]:
            parts.append(f"<p>{escape('description')}</p>")
        if row["prerequisites"]:
            parts.append(f"<p>Prerequisites: {escape('prerequisites')}</p>")
        if row["corequisites"]:
            parts.append(f"<p>Corequisites: {escape('corequisites')}</p>")
    chromium("\n".join(parts), out)


def table(rows, out):
    parts = ["<!doctype html><html lang=en><meta charset=utf-8><style>body{font:9pt 'DejaVu Sans'}table{border-collapse:collapse;"
             "width:100%}td,th{border:1px solid #888;padding:3px 5px;vertical-align:top;text-align:left}tr{break-inside:avoid}"
             "</style><h1>Course list</h1><table><thead><tr><th>Course<th>Title<th>Credits<th>Prerequisites</thead>"]
    for row in rows:
        cell = lambda key: html.escape(clean(row[key]) or "")
        parts.append(f"<tr><td>{cell('code')}<td>{cell('title')}<td>{cell('credits')}<td>{cell('prerequisites')}")
    chromium("\n".join(parts) + "</table>", out)


def groff(rows, out):
    def line(text):
        text = text.replace("\\", "\\e").replace("'", "\\[aq]").replace("\u2019", "\\[cq]").replace("\u2018", "\\[oq]")
        return "\\&" + text
    parts = [".po 1i", ".ll 6.5i", f".nr PS {10 if len(rows) > 100 else 14}", f".nr VS {11.5 if len(rows) > 100 else 16}", ".ds CH Course Descriptions", ".2C"]
    for row in rows:
        parts += [".sp 0.5v", ".ne 4v", ".B", line(f"{clean(row['code'])} {clean(row['title'])} ({clean(row['credits'])})"), ".R", ".br"]
        if row["description"]:
            parts += [line(clean(row["description"])), ".br"]
        if row["prerequisites"]:
            parts += [line("Prerequisites: " + clean(row["prerequisites"])), ".br"]
        if row["corequisites"]:
            parts += [line("Corequisites: " + clean(row["corequisites"])), ".br"]
    with open(out, "wb") as pdf:
        subprocess.run(["groff", "-k", "-ms", "-Tpdf"], input="\n".join(parts).encode(), stdout=pdf, check=True)


def latex(rows, out, packages=r"\usepackage{lmodern}"):
    special = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{",
               "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}"}
    escape = lambda text: "".join(special.get(letter, letter if ord(letter) < 0x250 or letter in "–—‘’“”" else "?") for letter in clean(text))
    parts = [r"\documentclass[10pt,twocolumn]{article}\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage[margin=2cm]{geometry}" + packages,
             r"\setlength{\parindent}{0pt}\setlength{\parskip}{2pt}\pagestyle{headings}\markright{Catalog of Courses}\begin{document}\sloppy"]
    for row in rows:
        parts.append(r"\medskip\textbf{" + escape(f"{row['code']} – {row['title']}") + r"}\\\nopagebreak ")
        if row["lecture"] and row["lab"]:
            parts.append(f"{escape(row['credits'])} credit hours ({escape(row['lecture'])} lecture, {escape(row['lab'])} lab)\\par ")
        else:
            parts.append(f"{escape(row['credits'])} credit hours\\par ")
        if row["prerequisites"]:
            parts.append(r"\emph{Prereq:} " + escape(row["prerequisites"]) + r"\par ")
        if row["corequisites"]:
            parts.append(r"\emph{Coreq:} " + escape(row["corequisites"]) + r"\par ")
        if row["description"]:
            parts.append(escape(row["description"]) + r"\par ")
    parts.append(r"\end{document}")
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, "c.tex"), "w", encoding="utf-8").write("\n".join(parts))
        subprocess.run(["pdflatex", "-interaction=batchmode", "c.tex"], cwd=folder, stdout=subprocess.DEVNULL)
        os.replace(os.path.join(folder, "c.pdf"), out) if os.stat(folder).st_dev == os.stat(os.path.dirname(out) or ".").st_dev else subprocess.run(["cp", os.path.join(folder, "c.pdf"), out], check=True)


def latex_bitmap(rows, out):
    """Letters as pictures (Type 3), as pdfTeX sets them where the outlines of the fonts are not installed."""
    latex(rows, out, packages=r"\pdfmapfile{}")


LAYOUTS = {"typst": typst, "html": as_html, "docx": as_docx, "courseleaf": courseleaf, "table": table, "groff": groff, "latex": latex, "latex-bitmap": latex_bitmap,
           "syllabi": syllabi.syllabi}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layout", choices=LAYOUTS)
    parser.add_argument("courses")
    parser.add_argument("out")
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    LAYOUTS[given.layout](courses(given.courses, given.limit), os.path.abspath(given.out))
