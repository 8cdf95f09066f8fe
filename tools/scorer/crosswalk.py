"""Calibrates crosswalks: the probability of a pair seen from both sides, and the confidence from which it is suggested.

Completes the files that `train.py` wrote. The log odds of the four fitted sets are those of the fold models.
"""

import argparse
import csv
import pathlib
import re

import numpy
from scipy.optimize import minimize

import data
import fit
import train

LEVELS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


def read(folder, gold, prefix):
    """{set: (mean log odds, label, statement key)}; the parts of `mwsu` are one set, and so are the foreign ones."""
    rows, fold = {}, data.held_in(gold)
    for part in (*range(data.FOLDS), "rest"):
        with open(pathlib.Path(folder) / f"{prefix}-crosswalk-{part}.tsv", encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
                if data.own(row["set"], row["statement"], part, fold):
                    rows.setdefault(re.split(" |-acm", row["set"])[0], []).append(row)
    return {
        name: (
            numpy.array([(float(row["forth"]) + float(row["back"])) / 2 for row in of]),
            numpy.array([row["label"] == "1" for row in of]),
            numpy.array([f"{row['set']} {row['statement']}" for row in of]),
        )
        for name, of in rows.items()
    }


def calibrate(sets):
    """(slope, bias) of a logistic regression of the label on the mean log odds; every set counts the same."""
    odds = numpy.concatenate([one[0] for one in sets.values()])
    label = numpy.concatenate([one[1] for one in sets.values()]).astype(float)
    worth = [
        numpy.full(len(one[0]), (fit.FOREIGN if name == "foreign" else 1) / len(set(one[2]))) for name, one in sets.items()
    ]
    weight = numpy.concatenate(worth)
    loss = lambda at: (weight * (numpy.logaddexp(0, at[0] * odds + at[1]) - label * (at[0] * odds + at[1]))).sum()
    return minimize(loss, numpy.array([1.0, 0.0]), bounds=[(0.05, None), (None, None)], method="L-BFGS-B").x


def curve(one, at):
    """[(level, pairs suggested, precision, share of statements with a suggestion)]."""
    odds, label, statement = one
    probability = 1 / (1 + numpy.exp(-(at[0] * odds + at[1])))
    out = []
    for level in LEVELS:
        given = probability >= level
        precision = label[given].mean() if given.any() else float("nan")
        out.append((level, given.sum(), precision, len(set(statement[given])) / len(set(statement))))
    return out


def reliability(one, at, confidence):
    """(mean probability, precision) of the pairs suggested, and the calibration error over all pairs."""
    odds, label, _ = one
    probability = 1 / (1 + numpy.exp(-(at[0] * odds + at[1])))
    given = probability >= confidence
    error = data.calibration_error(probability, label)
    return (probability[given].mean(), label[given].mean(), error) if given.any() else (float("nan"), float("nan"), error)


def section(curves, at, confidence, sure):
    names = list(curves)
    lines = ["| confidence | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for step, level in enumerate(LEVELS):
        cell = lambda point: "–" if point[1] == 0 else f"{point[1]} / {point[2]:.2f} / {point[3]:.2f}"
        lines.append(f"| {level:.2f} | " + " | ".join(cell(curves[name][step]) for name in names) + " |")
    table = "\n".join(lines)
    return f"""
## Crosswalks
Each set taken as a crosswalk (the best 3 targets of every statement and the best 12 statements of every target): log odds
= {at[0]:.2f} × mean of both directions + {at[1]:.2f}. Pairs suggested / precision / share of statements with a suggestion. The
first four columns: this calibration (slope and bias) fitted on the other three sets, on the strengths of the shipped scorer, which
saw all four; the others (in `foreign` nothing is right): as shipped.

{table}

**Stated confidence: {confidence}.** The lowest level at which suggestions reach a mean precision of
{train.WANTED_PRECISION} over the held-out sets, both for the best answer of a query and for the pairs of a crosswalk, and at which at most
{train.MOST_FOREIGN:.0%} of the statements on another subject get one. Below it the engine says
"don't know": the candidate is listed, not suggested.

How honest the probabilities people see are, for pairs at or above the stated confidence, and the calibration error (ten bins of
equal width) over all pairs of the short lists:

| | {" | ".join(sure)} |
{"|---" * (len(sure) + 1)}|
| mean probability | {" | ".join(f"{one[0]:.2f}" for one in sure.values())} |
| precision | {" | ".join(f"{one[1]:.2f}" for one in sure.values())} |
| calibration error | {" | ".join(f"{one[2]:.3f}" for one in sure.values())} |
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--odds", required=True, help="folder with the tables that the example `pair_features crosswalk` wrote")
    arguments.add_argument("--gold", required=True, help="folder with the gold tables")
    arguments.add_argument("--engine", choices=tuple(train.FILES), default="default")
    arguments.add_argument("--out", required=True, help="folder with scorer.toml and SCORER_CARD.md")
    given = arguments.parse_args()
    out, sets = pathlib.Path(given.out), read(given.odds, given.gold, given.engine)
    file, card_file = train.FILES[given.engine]
    permitted = {name: sets[name] for name in (*data.SETS, "foreign")}
    at = calibrate(permitted)
    curves = {name: curve(sets[name], calibrate({k: v for k, v in permitted.items() if k != name})) for name in data.SETS}
    foreign = curve(sets["foreign"], at)
    reached = [
        level for step, level in enumerate(LEVELS)
        if numpy.nanmean([curves[name][step][2] for name in data.SETS]) >= train.WANTED_PRECISION
        and foreign[step][3] <= train.MOST_FOREIGN
    ]  # fmt: skip
    curves.update({name: curve(sets[name], at) for name in (*data.MEASURED, "foreign")})
    scorer = (out / file).read_text(encoding="utf-8")
    confidence = max(min(reached), float(re.search(r"^confidence = (.+)$", scorer, re.M)[1]))
    scorer = re.sub(r"^confidence = .+$", f"confidence = {confidence}", scorer, flags=re.M)
    scorer = re.sub(r"^mean = .+\nbias = .+$", f"mean = {at[0]:.4f}\nbias = {at[1]:.4f}", scorer, flags=re.M)
    (out / file).write_text(scorer, encoding="utf-8")
    sure = {
        name: reliability(sets[name], calibrate({k: v for k, v in permitted.items() if k != name}), confidence) for name in data.SETS
    }
    sure.update({name: reliability(sets[name], at, confidence) for name in data.MEASURED})
    text = section(curves, at, confidence, sure)
    with open(out / card_file, "a", encoding="utf-8") as card:
        card.write(text)
    print(text)


if __name__ == "__main__":
    main()
