"""Syllabi: a page and more a course, with a box of facts, a description, numbered outcomes, a table of grades and house
rules, under a letterhead and over page numbers. Written with python-docx, set by LibreOffice."""
import os, re, subprocess, tempfile

TERMS = ("Fall", "Spring", "Fall, Spring", "Fall, Spring, Summer")
GRADES = (("Homework", "30%"), ("Midterm examination", "30%"), ("Final examination", "40%"))
RULES = (("Attendance", "Be there from the first meeting on, and say beforehand when you cannot be. Whoever misses more "
          "than four meetings without a reason meets the instructor before coming back."),
         ("Late work", "Work is due when the meeting begins. Each day late costs a tenth of the marks; after five days "
          "nothing is taken unless both sides have agreed on another day before the first one passed."),
         ("Help", "Office hours are listed on the door and on the page of the course. Ask early: a question in the "
          "second week is worth three in the tenth."))


def clean(text):
    return " ".join(text.split()) if text else None


def outcomes(row):
    """Sentences of the description, each as a statement that a learner is to reach."""
    found = re.split(r"(?<=[a-z)])[.;] +", (clean(row["description"]) or "").rstrip("."))
    return [sentence[0].upper() + sentence[1:] + "." for sentence in found if len(sentence) > 12]


def facts(index, row):
    yield "Course", f"{clean(row['code'])} {clean(row['title'])}"
    if row["credits"]:
        yield "Credits", clean(row["credits"])
    if row["lecture"] and row["lab"]:
        yield "Contact hours", f"{clean(row['lecture'])} lecture, {clean(row['lab'])} lab"
    yield "Prerequisite", clean(row["prerequisites"]) or "None"
    yield "Terms", TERMS[index % len(TERMS)]


def field(paragraph, instruction):
    """A figure that the program puts in when it sets the page."""
    from docx.oxml import OxmlElement
    element = OxmlElement("w:fldSimple")
    element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr", instruction)
    paragraph._p.append(element)


def table(document, rows):
    made = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        cells = made.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].text = value


def restart(document, paragraph):
    """Lets a numbered list begin at 1 again."""
    from docx.oxml import OxmlElement
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == style)
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return num.numId


def write(rows, path):
    import docx
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The University  Office of the Curriculum"
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("Syllabus, page ")
    field(footer, "PAGE")
    for index, row in enumerate(rows):
        heading = document.add_heading("Course Syllabus", 1)
        heading.paragraph_format.page_break_before = index > 0
        table(document, facts(index, row))
        if row["description"]:
            document.add_heading("Course Description", 2)
            document.add_paragraph(clean(row["description"]))
        if outcomes(row):
            document.add_heading("Learning Outcomes", 2)
            document.add_paragraph("After this course, students will be able to explain and apply:")
            number = None
            for outcome in outcomes(row):
                item = document.add_paragraph(outcome, style="List Number")
                number = number or restart(document, item)
                properties = item._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
        document.add_heading("Grading", 2)
        table(document, GRADES)
        for title, words in RULES:
            document.add_heading(title, 2)
            document.add_paragraph(words)
    document.save(path)


def syllabi(rows, out):
    """As the ending of OUT says: PDF, or DOCX as LibreOffice writes it."""
    ending = os.path.splitext(out)[1].lstrip(".")
    with tempfile.TemporaryDirectory() as folder:
        write(rows, os.path.join(folder, "s.docx"))
        os.mkdir(os.path.join(folder, "set"))
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending,
                        "--outdir", os.path.join(folder, "set"), os.path.join(folder, "s.docx")], check=True, timeout=900,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(folder, "set", "s." + ending), "rb") as made, open(out, "wb") as kept:
            kept.write(made.read())
