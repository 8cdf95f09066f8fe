"""Fits the scorer: strengths by lists (which target stands out), then odds by pairs (how sure that is)."""

from dataclasses import dataclass

import numpy
from scipy.optimize import minimize

# Which numbers may move the ranking. The others differ in sign from set to set (see the card) and stay at zero.
RANKING = ("cosine_z", "encoded_z", "deep_z", "lexical_z", "cover_query", "cover_target", "same_verb", "acronym")
# Plain hybrids in the units of a list's softmax, by engine: what the fit is drawn toward.
HYBRIDS = {
    "default": {"cosine_z": 0.2, "encoded_z": 1.6, "lexical_z": 0.05},
    "deep": {"cosine_z": 0.2, "encoded_z": 1.1, "deep_z": 0.8, "lexical_z": 0.1},
}
FOREIGN = 0.5  # what the queries without a right answer weigh, all together, beside one set


@dataclass
class Scorer:
    """Weights of the features, and (share, cosine, bias) of the odds."""

    weights: numpy.ndarray
    odds: numpy.ndarray
    cosine: int

    def log_odds(self, group):
        share = group.log_share(group.numbers @ self.weights)
        return self.odds[0] * share + self.odds[1] * group.nearest(self.cosine) + self.odds[2]

    def probability(self, group):
        return 1 / (1 + numpy.exp(-self.log_odds(group)))


def fit_strength(groups, names, pull, engine):
    """Weights that give right targets the greatest share of their lists; every set counts the same.

    Minimises mean over sets of mean over queries of -ln(share of the right targets) + pull x squared distance from
    the hybrid, measured in standard deviations of the features; weights are not negative.
    """
    ranking = [name for name in RANKING if engine == "deep" or name != "deep_z"]
    columns = [names.index(name) for name in ranking]
    scale = numpy.mean([group.numbers[:, columns].std(0) for group in groups], axis=0) + 1e-9
    prior = numpy.array([HYBRIDS[engine].get(name, 0.0) for name in ranking]) * scale

    def loss(weights):
        total, slope = pull * ((weights - prior) ** 2).sum(), 2 * pull * (weights - prior)
        for group in groups:
            numbers = group.numbers[:, columns] / scale
            share = numpy.exp(group.log_share(numbers @ weights))
            right = numpy.add.reduceat(share * group.label, group.start)
            counted = right > 0
            weight = counted / counted.sum() / len(groups)
            total -= (weight * numpy.log(numpy.where(counted, right, 1))).sum()
            pull_right = group.label * share / group.each(numpy.where(counted, right, 1))
            slope = slope + numbers.T @ (group.each(weight) * (share - pull_right))
        return total, slope

    found = minimize(loss, prior, jac=True, bounds=[(0, None)] * len(columns), method="L-BFGS-B")
    weights = numpy.zeros(len(names))
    weights[columns] = found.x / scale
    return weights


def fit_odds(groups, foreign, weights, cosine):
    """Logistic regression (Platt scaling) of the label on ln share and the list's best cosine; every set counts the same."""
    numbers, labels, counts = [], [], []
    for group in [*groups, *foreign]:
        numbers.append(numpy.stack([group.log_share(group.numbers @ weights), group.nearest(cosine)], 1))
        labels.append(group.label)
        worth = FOREIGN / len(foreign) if group in foreign else 1.0
        counts.append(numpy.full(len(group.label), worth / group.queries))
    x = numpy.column_stack([numpy.concatenate(numbers), numpy.ones(sum(map(len, labels)))])
    y, weight = numpy.concatenate(labels).astype(float), numpy.concatenate(counts)

    def loss(odds):
        z = x @ odds
        return (weight * (numpy.logaddexp(0, z) - y * z)).sum(), x.T @ (weight * (1 / (1 + numpy.exp(-z)) - y))

    bounds = [(0.05, None), (0.0, None), (None, None)]
    return minimize(loss, numpy.array([1.0, 1.0, -1.0]), jac=True, bounds=bounds, method="L-BFGS-B").x


def fit(groups, foreign, names, pull, engine):
    weights, cosine = fit_strength(groups, names, pull, engine), names.index("cosine")
    return Scorer(weights, fit_odds(groups, foreign, weights, cosine), cosine)
