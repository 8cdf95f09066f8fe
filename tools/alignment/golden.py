"""Packs a trained model into `table.bin` and `encoder.bin` and writes the golden files the Rust tests read.

`golden_tokens.tsv`: text TAB space-joined ids of the reference tokenizer, no special tokens.
`golden_cosines.tsv`: text TAB text TAB cosine by the int8 table, five decimals; `golden_encoded.tsv`: the same by the encoder.
In all, `\\t`, `\\n`, `\\r` and `\\\\` inside a text are written as those two characters. All texts are our own.
"""

import argparse
import pathlib
import pickle
import shutil

import numpy

import encoder
import encoder_file
import table

PAIRS = """Explain how a firewall filters network traffic.|Describe the operation of packet filtering devices.
Configure role-based access control for a cluster.|Manage permissions with RBAC.
Write SQL queries that join several tables.|Retrieve data from a relational database.
Take a patient's blood pressure and pulse.|Measure and record vital signs.
Weld steel plates in the overhead position.|Prepare quarterly tax returns for small businesses.
Plan a project schedule with milestones.|Develop a timeline and critical path for a project.
Analyse malware in a sandbox.|Examine malicious software safely.
Deploy containers with rolling updates.|Perform a rolling update of a Deployment.
Teach reading to young children.|Support early literacy in the classroom.
Balance chemical equations.|Solve systems of linear equations.
Networking: Subnet an IPv4 address range|Networks: Compute subnet masks and host ranges
Respond to a security incident.|Security Operations: Contain, eradicate and recover from incidents
Use version control to collaborate on code.|Manage source code with Git branches.
Interpret financial statements.|Read a balance sheet and an income statement.
Drive a forklift in a warehouse.|Operate industrial trucks to move pallets.
Encrypt data at rest and in transit.|Apply cryptography to protect stored and transmitted information.
Compose a piece for string quartet.|Audit internal controls.
Diagnose faults in a diesel engine.|Troubleshoot heavy vehicle engines.
Communicate findings to a non-technical audience.|Present results to stakeholders in plain language.
Install photovoltaic panels on a roof.|Mount and wire solar modules.""".split("\n")

TEXTS = """Students can explain why a backup that was never restored is only a hope.
Configure a static route, then verify it with traceroute.
Given a scenario, choose the cheapest storage class that meets the recovery objective.
Compare TCP and UDP.
Explain the CIA triad: confidentiality, integrity and availability
Set up multi-factor authentication (MFA) for remote users
Write a unit test before the code that makes it pass.
Calculate the present value of an annuity at 4.25% over 30 years.
Read a multimeter; record volts, amps and ohms.
Draw blood using aseptic technique
Introduction to Human-Computer Interaction
CSC 1301 – Principles of Programming I
Cybersecurity B.S., 120 credit hours
Domain 2.0: Threats, Vulnerabilities & Mitigations (22%)
Use kubectl to scale a Deployment to 3 replicas
Explain RESTful APIs, JSON-LD and OAuth2.0/OIDC
C++, C#, F# and .NET
Ada/SPARK vs. Rust's borrow-checker
state-of-the-art, end-to-end, re-evaluate, co-operate
well-being -- and its measurement
A/B testing; p-values < 0.05
e.g., i.e., etc.
Don't, can't, won't, it's, students' work
"Quoted" text and 'single quotes' and “curly” ‘quotes’
An em—dash, an en–dash, a hyphen-minus and an ellipsis…
résumé, naïve, façade, coöperate, piñata
Ångström, Œuvre, Straße, Łódź, İstanbul, ĞÜŞ
ÉCOLE POLYTECHNIQUE FÉDÉRALE
Élève de l'école: apprendre à programmer
Programación orientada a objetos en español
Größe, Übung und Maß
e\u0301cole in decomposed form
Ελληνικά και Ωμέγα
Основы программирования на русском языке
Ёлка и йод
日本語のテキスト
网络安全基础
mixed 中文 and English 文字
한국어 시험
データ構造 and algorithms
مقدمة في البرمجة
שלום עולם
हिन्दी में पाठ
ภาษาไทย
1234567890
3.14159 and 2,718,281
10/11/2026 at 23:59:59
$1,250.00 or €999,99 or £75
100% of 50 is 50 ± 0.5
H2O, CO2 and x² + y² = z²
½ cup, № 5, ™ and ©
IPv6 2001:db8::1/64 and 192.168.0.1
user@example.org https://example.org/path?x=1&y=2#z
snake_case camelCase PascalCase kebab-case SCREAMING_CASE
`code` **bold** _italic_ ~~gone~~
[brackets] {braces} (parentheses) <angles>
back\\\\slash and |pipe|
a
Z
.
...
!?
-
_
 leading and trailing spaces 
double  spaces   inside
tab\tinside
non\u00a0breaking\u202fspace\u3000ideographic
zero\u200bwidth\u200djoiner\ufeffmark
soft\u00adhyphen
control\u0007character\u0001null
replacement \ufffd character
emoji 🚀 in text 👩‍💻
🎓
flags 🇺🇸🇩🇪
antidisestablishmentarianism
pneumonoultramicroscopicsilicovolcanoconiosis
Donaudampfschifffahrtsgesellschaftskapitän
supercalifragilisticexpialidocious kubernetes terraform
KUBERNETES Kubernetes kubernetes
xqzjkvw bzzrtpl
ﬁne ligatures: oﬃce, ﬂow
fullwidth ＡＢＣ１２３
ⅣⅫ Roman numerals
superscript⁵ subscript₅
Vietnamese: lập trình hướng đối tượng
Čeština: příliš žluťoučký kůň
Türkçe: ISI ığdır
Íslenska: það er þörn
math ∑∫√∞ ≤≥≠ → ⇒
currency ₹ ₿ ¥
box ─│┌┐ bullets • ◦ ▪ ■
§ 130.12 ¶ 2 † ‡
CompTIA's SY0-701? Only the code is written here.
O'Brien-Smith & Sons, Ltd.
Mr. Dr. Ph.D. M.Sc.
T-SQL/PL-SQL (12c, 19c) on-premises
OSI layer-2 vs layer-3 switching at 10Gb/s
Identify two (2) of the five (5) whys
The the the the
Explain; describe: list, name / state \\u2014 literally""".split("\n")


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def cases():
    """The golden texts, with line breaks, the empty text and the edges of the longest-word rule."""
    long_word = "a" * 100
    return [*TEXTS, "line\nbreak", "carriage\r\nreturn", "", " ", long_word, long_word + "a", "word " + "é" * 60 + " word", "中" * 120, "long text " * 90]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--trained", default="trained.pkl", help="file in the scratch folder")
    given = arguments.parse_args()
    out = pathlib.Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    with open(pathlib.Path(given.work) / given.trained, "rb") as source:
        model, rows = pickle.load(source)
    table.write(out / "table.bin", *table.quantise(rows))
    encoder_file.write(out / "encoder.bin", model, encoder.HEADS)
    shutil.copyfile(pathlib.Path(given.model) / "vocab.txt", out / "vocab.txt")
    rows, reference = table.read(out / "table.bin"), table.tokenizer(given.model)
    texts = cases()
    with open(out / "golden_tokens.tsv", "w", encoding="utf-8", newline="\n") as file:
        for text, ids in zip(texts, table.token_ids(reference, texts)):
            file.write(f"{escape(text)}\t{' '.join(map(str, ids))}\n")
    left, right = zip(*(pair.split("|") for pair in PAIRS))
    cosines = (table.embed(rows, reference, left) * table.embed(rows, reference, right)).sum(1)
    ids = [[token for token in one if token not in table.SPECIAL] for one in table.token_ids(reference, [*left, *right])]
    encoded = encoder.embed(model, rows, ids)[1]
    for name, values in (("cosines", cosines), ("encoded", (encoded[: len(left)] * encoded[len(left) :]).sum(1))):
        with open(out / f"golden_{name}.tsv", "w", encoding="utf-8", newline="\n") as file:
            for one, two, cosine in zip(left, right, values):
                file.write(f"{escape(one)}\t{escape(two)}\t{cosine:.5f}\n")


if __name__ == "__main__":
    main()
