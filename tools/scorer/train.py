"""Fits the scorer on the permitted sets, measures it, and writes `scorer.toml` and `SCORER_CARD.md`.

`crosswalk.py` then completes both with the calibration of crosswalks.
"""

import argparse
import pathlib
import tomllib

import numpy

import card
import data
import fit

PULLS = (0.1, 0.3, 1.0, 3.0, 10.0)
SLACK = 0.002  # held-out MRR given up for a simpler scorer: far below what these samples can tell apart
LEVELS = [step / 20 for step in range(20)]
WANTED_PRECISION = 0.5


def without(groups, name):
    """(sets, foreign sets) to fit on when `name` is held out; foreign sets that use its queries or targets go too."""
    kept = [groups[one] for one in data.SETS if one != name]
    foreign = [group for one, group in groups.items() if one.startswith("foreign ") and name not in one.split(" ")[1].split("-")]
    return kept, foreign


def held_out(groups, names, pull):
    """{set: Scorer fitted on the other sets}."""
    return {name: fit.fit(*without(groups, name), names, pull) for name in data.SETS}


def measure(group, scorer):
    """Figures of one set by one scorer."""
    stated, right = group.best(scorer.probability(group))
    mrr, hit1, hit5 = data.ranking(group.ranks(scorer.log_odds(group)))
    return {
        "n": group.queries,
        "mrr": mrr,
        "hit1": hit1,
        "hit5": hit5,
        "stated": stated.mean(),
        "ece": data.calibration_error(stated, right),
        "curve": data.abstention(stated, right, LEVELS),
    }


def hybrid(group, names):
    """MRR of the plain sum of deviations: what the learned ranking is compared with."""
    score = group.numbers[:, names.index("cosine_z")] + 0.25 * group.numbers[:, names.index("lexical_z")]
    return data.ranking(group.ranks(score))[0]


def least_confidence(curves):
    """The lowest level at which the mean precision over held-out sets, each counted alike, is the wanted one."""
    for at, level in enumerate(LEVELS):
        given = [curve[at][2] for curve in curves if curve[at][1] > 0]
        if given and numpy.mean(given) >= WANTED_PRECISION:
            return level
    return LEVELS[-1]


def write_scorer(path, settings, scorer, names, confidence, version):
    lines = [
        "# Made by tools/scorer/train.sh: do not edit. What it was made from and how good it is: SCORER_CARD.md.",
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
        "[crosswalk]",
        "mean = 1.0",
        "bias = 0.0",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", required=True, help="table written by the example `pair_features`")
    arguments.add_argument("--out", required=True, help="folder with scorer.toml")
    arguments.add_argument("--version", type=int, default=1)
    given = arguments.parse_args()
    out = pathlib.Path(given.out)
    groups, names = data.read(given.features)
    foreign = [group for name, group in groups.items() if name.startswith("foreign ")]
    tried = {pull: held_out(groups, names, pull) for pull in PULLS}
    mean = {
        pull: numpy.mean([data.ranking(groups[name].ranks(one.log_odds(groups[name])))[0] for name, one in by.items()])
        for pull, by in tried.items()
    }
    pull = max(one for one in PULLS if mean[one] >= max(mean.values()) - SLACK)
    final = fit.fit([groups[name] for name in data.SETS], foreign, names, pull)
    results = {
        "held_out": {name: measure(groups[name], tried[pull][name]) for name in data.SETS},
        "fitted": {name: measure(groups[name], final) for name in data.SETS},
        "mwsu": measure(groups["mwsu"], final),
        "foreign": {group.name: group.best(final.probability(group))[0] for group in foreign},
        "hybrid": {name: hybrid(groups[name], names) for name in (*data.SETS, "mwsu")},
        "pulls": mean,
        "pull": pull,
    }
    confidence = least_confidence([results["held_out"][name]["curve"] for name in data.SETS])
    settings = tomllib.loads((out / "scorer.toml").read_text(encoding="utf-8"))["settings"]
    write_scorer(out / "scorer.toml", settings, final, names, confidence, given.version)
    text = card.card(results, final, names, confidence, WANTED_PRECISION)
    (out / "SCORER_CARD.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
