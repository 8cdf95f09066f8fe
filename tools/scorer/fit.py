"""Fits the scorer: strengths by lists (which target stands out), then odds by pairs and by best answers (how sure that is)."""

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
    """Weights of the features, and (share, cosine, bias) of the odds of pairs and of best answers."""

    weights: numpy.ndarray
    odds: numpy.ndarray
    best: numpy.ndarray
    cosine: int

    def log_odds(self, group):
        return evidence(group, self.weights, self.cosine) @ self.odds

    def best_answers(self, group):
        """(probability, right) of each query's best answer."""
        top = group.tops(group.numbers @ self.weights)
        own = evidence(group, self.weights, self.cosine)
        pairs = own @ self.odds
        pairs[top] = -numpy.inf  # of what is left the second is the greatest
        odds = numpy.maximum(own[top] @ self.best, numpy.maximum.reduceat(pairs, group.start))
        return 1 / (1 + numpy.exp(-odds)), group.label[top]


def evidence(group, weights, cosine):
    """What the odds are made of, a row a pair: ln share, the list's best cosine, 1."""
    return numpy.column_stack([group.log_share(group.numbers @ weights), group.nearest(cosine), numpy.ones(len(group.label))])


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


def fit_odds(groups, foreign, weights, cosine, of):
    """Logistic regression (Platt scaling) of the label on the evidence of the pairs `of(group, strength)`; every set counts the same."""
    numbers, labels, counts = [], [], []
    for group in [*groups, *foreign]:
        taken = of(group, group.numbers @ weights)
        numbers.append(evidence(group, weights, cosine)[taken])
        labels.append(group.label[taken])
        worth = FOREIGN / len(foreign) if group in foreign else 1.0
        counts.append(numpy.full(len(labels[-1]), worth / group.queries))
    x, y, weight = numpy.concatenate(numbers), numpy.concatenate(labels).astype(float), numpy.concatenate(counts)

    def loss(odds):
        z = x @ odds
        return (weight * (numpy.logaddexp(0, z) - y * z)).sum(), x.T @ (weight * (1 / (1 + numpy.exp(-z)) - y))

    bounds = [(0.05, None), (0.0, None), (None, None)]
    return minimize(loss, numpy.array([1.0, 1.0, -1.0]), jac=True, bounds=bounds, method="L-BFGS-B").x


def fit(groups, foreign, names, pull, engine):
    weights, cosine = fit_strength(groups, names, pull, engine), names.index("cosine")
    pairs = fit_odds(groups, foreign, weights, cosine, lambda group, _: numpy.arange(len(group.label)))
    best = fit_odds(groups, foreign, weights, cosine, lambda group, strength: group.tops(strength))
    return Scorer(weights, pairs, best, cosine)
