"""Fits the scorer of an engine on the permitted sets, measures it, and writes `scorer.toml` and `SCORER_CARD.md` (or those of the deep
engine, `scorer_deep.toml` and `SCORER_CARD_DEEP.md`).

`crosswalk.py` then completes both with the calibration of crosswalks.
"""

import argparse
import pathlib
import tomllib

import numpy

import card
import data
import fit

PULLS = (0.03, 0.1, 0.3, 1.0, 3.0)
SLACK = 0.002  # held-out MRR given up for a simpler scorer: far below what these samples can tell apart
LEVELS = [step / 20 for step in range(20)]
WANTED_PRECISION = 0.5
MOST_FOREIGN = 0.02  # share of statements on another subject that a crosswalk may suggest something for at the stated confidence
FILES = {"default": ("scorer.toml", "SCORER_CARD.md"), "deep": ("scorer_deep.toml", "SCORER_CARD_DEEP.md")}


def without(groups, name):
    """(sets, foreign sets) to fit on when `name` is held out; foreign sets that use its queries or targets go too."""
    kept = [groups[one] for one in data.SETS if one != name]
    foreign = [group for one, group in groups.items() if one.startswith("foreign ") and name not in one.split(" ")[1].split("-")]
    return kept, foreign


def held_out(groups, names, pull, engine):
    """{set: Scorer fitted on the other sets}."""
    return {name: fit.fit(*without(groups, name), names, pull, engine) for name in data.SETS}


def measure(group, scorer):
    """Figures of one set by one scorer."""
    stated, right = scorer.best_answers(group)
    mrr, hit1, hit5 = data.ranking(group.ranks(scorer.log_odds(group)))
    return {
        "n": group.queries,
        "answers": (stated, right),
        "mrr": mrr,
        "hit1": hit1,
        "hit5": hit5,
        "stated": stated.mean(),
        "ece": data.calibration_error(stated, right),
        "honest": data.honest_error(stated),
        "learned": data.learned_error(stated, right),
        "curve": data.abstention(stated, right, LEVELS),
    }


def hybrid(group, names, engine):
    """MRR of the plain sum of deviations: what the learned ranking is compared with."""
    score = sum(weight * group.numbers[:, names.index(name)] for name, weight in fit.HYBRIDS[engine].items())
    return data.ranking(group.ranks(score))[0]


def minilm(features, gold):
    """MRR of the teacher alone, on the deep engine's short lists."""
    groups, names = data.read(features, gold, "deep")
    column = names.index("deep")
    sets = (*data.SETS, *data.MEASURED)
    return {name: data.ranking(groups[name].ranks(groups[name].numbers[:, column]))[0] for name in sets}


def least_confidence(curves):
    """The lowest level at which the mean precision over held-out sets, each counted alike, is the wanted one."""
    for at, level in enumerate(LEVELS):
        given = [curve[at][2] for curve in curves if curve[at][1] > 0]
        if given and numpy.mean(given) >= WANTED_PRECISION:
            return level
    return LEVELS[-1]


def write_scorer(path, settings, scorer, names, confidence, version, card_file):
    lines = [
        f"# Made by tools/scorer/train.sh: do not edit. What it was made from and how good it is: {card_file}.",
        f"version = {version}",
        f"confidence = {confidence}",
        "",
        "[settings]",
        *(f"{name} = {value}" for name, value in settings.items()),
        "",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(names, scorer.weights)),
        "",
        "[odds]",
        *(f"{name} = {value:.4f}" for name, value in zip(("share", "cosine", "bias"), scorer.odds)),
        "",
        "[best]",
        *(f"{name} = {value:.4f}" for name, value in zip(("share", "cosine", "bias"), scorer.best)),
        "",
        "[crosswalk]",
        "mean = 1.0",
        "bias = 0.0",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", required=True, help="folder with the tables that the example `pair_features` wrote")
    arguments.add_argument("--gold", required=True, help="folder with the gold tables")
    arguments.add_argument("--engine", choices=tuple(fit.HYBRIDS), default="default")
    arguments.add_argument("--out", required=True, help="folder with scorer.toml")
    arguments.add_argument("--version", type=int, default=2)
    given = arguments.parse_args()
    out = pathlib.Path(given.out)
    engine, file, card_file = given.engine, *FILES[given.engine]
    groups, names = data.read(given.features, given.gold, engine)
    foreign = [group for name, group in groups.items() if name.startswith("foreign ")]
    tried = {pull: held_out(groups, names, pull, engine) for pull in PULLS}
    mean = {
        pull: numpy.mean([data.ranking(groups[name].ranks(one.log_odds(groups[name])))[0] for name, one in by.items()])
        for pull, by in tried.items()
    }
    pull = max(one for one in PULLS if mean[one] >= max(mean.values()) - SLACK)
    final = fit.fit([groups[name] for name in data.SETS], foreign, names, pull, engine)
    results = {
        "held_out": {name: measure(groups[name], tried[pull][name]) for name in data.SETS},
        "fitted": {name: measure(groups[name], final) for name in data.SETS},
        "measured": {name: measure(groups[name], final) for name in data.MEASURED},
        "foreign": {group.name: final.best_answers(group)[0] for group in foreign},
        "hybrid": {name: hybrid(groups[name], names, engine) for name in (*data.SETS, *data.MEASURED)},
        "minilm": minilm(given.features, given.gold),
        "pulls": mean,
        "pull": pull,
    }
    confidence = least_confidence([results["held_out"][name]["curve"] for name in data.SETS])
    settings = tomllib.loads((out / file).read_text(encoding="utf-8"))["settings"]
    write_scorer(out / file, settings, final, names, confidence, given.version, card_file)
    text = card.card(results, final, names, confidence, WANTED_PRECISION, engine)
    (out / card_file).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
