"""Words and tables of the scorer's card."""

import numpy

import data
import fit

HEAD = """# Card of the scorer: {engine} engine

`{file}` turns the numbers of a pair of statements into a ranking and a probability. It is made by
`tools/scorer/train.sh` (pinned, no random numbers; the same inputs give the same file) after the table and the encoder
(`MODEL_CARD.md`); when they change, run it again.

**What the probability means.** The chance that a qualified reviewer would accept the match, learned from
alignments that people made. Those are incomplete: a pair nobody listed counts as wrong here although a reviewer may well accept
it, so precisions are floors. Probabilities are honest on average over frameworks like these, not for each one: see "ECE of the best".

**Fitted on** (permitted texts, development parts): O*NET task → detailed work activity (`onet`), NICE statement →
competency (`nice`), NIST CSF subcategory → SP 800-53 control (`csf`), CIP program → SOC occupation (`cip`); every set counts
the same. The encoder learned from these alignments too; the numbers used here come from three models each of which saw nothing of a third of
the occupations, statements, subcategories and programs, nor near copies, and are taken of that third. `onet` is the 3,124 tasks that were not
among the texts the teacher was imitated on. Queries of two of these sets against the candidates of another, all of them wrong, teach
it to doubt where the subject is another one (`foreign`). **Never fitted on, only measured:** Missouri Western course statements → ACM items
(`mwsu`), spans of job advertisements → ESCO skills (`esco-tech`, `esco-house`). The form, the features, the hybrids the fit is drawn toward
and the `[settings]` were chosen with all seven in sight, so they are not an untouched test. The priors are rough figures set by hand;
they matter for lists of fewer than about 30 targets only.

**Form.** strength = Σ weight × number; share = e^strength ÷ Σ e^strength over the best 40 of the query's list;
log odds = a · ln share + b · best cosine of the list + c, with a, b, c of their own for the best answer of a list. Weights maximise the share of right targets, may not be negative, and are drawn
toward a plain hybrid. a, b, c are a logistic regression (Platt scaling). In a
crosswalk a pair is seen from the course statement and from the blueprint statement; the mean of both log odds is calibrated once
more.

**Tried and left out.** Logistic regression on all numbers of a pair at once: on a held-out set its MRR fell by .02 to .3, because
length, coverage of the target and agreement of levels mean different things in different frameworks. Comparing words one by one
(`words_query`, `words_target`) took half of the time and gained nothing on average. Those numbers stay
in the table of features with weight 0. In the odds: the best cosine by the encoder, its deviations, the lexical share, and leaving the cosine
out; none had a smaller calibration error on held-out sets throughout.
For the odds of best answers: the encoder's cosine and deviation of that answer, the entropy of the shares, how much of it is covered, the lexical
share, alone and together; on sets left out none had clearly smaller errors than the two that are used, because frameworks differ in how often the
same evidence is right (the best answer is right in a third of `onet`, in seven tenths of `cip`). What carries over from one framework to another is the
order; decisions on the framework itself calibrate it, once there are some hundreds (*learned*, below).

Training the encoder longer (700 steps instead of 240, one fold): encoder with static table and BM25 on the held-out third, MRR `onet` .429 → .443,
`nice` .690 → .720, `cip` .775 → .802, `csf` .531 → .460 (35 queries); never trained on: `mwsu` .539 → .537, `esco-tech` .687 → .668, `esco-house`
.644 → .651. It learns the frameworks it is trained on and loses elsewhere; left as it was.
"""


def row(name, one, plain, teacher):
    errors = f"{one['ece']:.3f} | {one['honest']:.3f} | {one['learned']:.3f}"
    figures = f"{one['mrr']:.3f} | {one['hit1']:.3f} | {one['hit5']:.3f} | {one['stated']:.2f} | {errors}"
    return f"| {name} | {one['n']} | {teacher:.3f} | {plain:.3f} | {figures} |"


def table(results, plain, teacher):
    return "\n".join(
        [
            "| set | queries | MRR of MiniLM alone | MRR of the plain hybrid | MRR | hit@1 | hit@5 | mean probability of the best | ECE of the best | honest | learned |",
            "|---|---|---|---|---|---|---|---|---|---|---|",
            *(row(name, one, plain[name], teacher[name]) for name, one in results.items()),
        ]
    )


def curves(columns):
    """Share answered and precision at rising confidence."""
    cell = lambda point: "– " if point[1] == 0 else f"{point[1]:.2f} / {point[2]:.2f}"
    names = list(columns)
    lines = ["| confidence | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for at, (level, _, _) in enumerate(columns[names[0]]["curve"]):
        if at % 2 == 0 or level < 0.5:
            lines.append(f"| {level:.2f} | " + " | ".join(cell(columns[name]["curve"][at]) for name in names) + " |")
    return "\n".join(lines)


def card(results, scorer, names, confidence, wanted, engine):
    used = [f"{name} {weight:.2f}" for name, weight in zip(names, scorer.weights) if weight > 0]
    stated, right = (numpy.concatenate(column) for column in zip(*(results["fitted"][name]["answers"] for name in data.SETS)))
    pooled = data.calibration_error(stated, right)
    foreign = numpy.concatenate(list(results["foreign"].values()))
    tried = ", ".join(f"{pull}: {mrr:.4f}" for pull, mrr in results["pulls"].items())
    head = HEAD.format(engine=engine, file="scorer.toml" if engine == "default" else "scorer_deep.toml")
    return f"""{head}
**Weights.** {" · ".join(used)}. Odds: ln share {scorer.odds[0]:.2f}, cosine {scorer.odds[1]:.2f}, bias {scorer.odds[2]:.2f};
of the best answer: {scorer.best[0]:.2f}, {scorer.best[1]:.2f}, {scorer.best[2]:.2f}.
Mean held-out MRR by pull toward the hybrid: {tried}; chosen {results["pull"]}, the
strongest pull within .002 of the best.

## Held out: fitted on the other three sets, measured on this one
{table(results["held_out"], results["hybrid"], results["minilm"])}

## The shipped scorer
On the sets it was fitted on, and on those that are only measured.

{table({**results["fitted"], **results["measured"]}, results["hybrid"], results["minilm"])}

Figures are on the short list of 40; a right target further down counts as not found. ECE: ten bins of equal width; *honest*: what
probabilities that are right exactly as often as stated would show on so many queries; *learned*: after scale and bias are calibrated
on four fifths of the set's best answers, drawn at random, and measured on the last, in turn, with the pull by which the product learns from
decisions. All queries of the four fitted sets together, in sample, where errors of the sets cancel: {pooled:.3f}.

## Abstention
Share of queries answered / precision of the best answer, when answers below a confidence are withheld. The first four columns
are held out; the others are the shipped scorer.

{curves({**results["held_out"], **results["measured"]})}

On `mwsu` precision falls again at the highest confidence: its labels leave out near-verbatim pairs (data.md), so
a best answer that repeats the course's own words counts as wrong there.

From a confidence of {confidence} on the mean precision over the held-out sets is {wanted} or more (right at least as often as wrong, a floor
since labels are incomplete). Of {len(foreign)} queries on another subject the shipped scorer would then answer
{(foreign >= confidence).mean():.1%} (median probability {numpy.median(foreign):.2f}).
"""
