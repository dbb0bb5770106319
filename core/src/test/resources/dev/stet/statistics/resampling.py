"""Writes resampling.csv: python3 resampling.py > resampling.csv (SciPy 1.17.1, NumPy 2).

bca, percentile, t: the intervals of a mean from all n^n resamples, by the formulas, with quantiles as numpy.quantile
interpolates them. iqm: scipy.stats.trim_mean(0.25) of the flattened scores. poi: the mean over tasks of the U of
scipy.stats.mannwhitneyu over n m. aso: the violation ratio as a sum over the steps of both quantile functions, in exact
fractions. Rows of a matrix stand apart by semicolons.
"""
import itertools
from fractions import Fraction as F

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261126)


def text(values):
    values = np.atleast_2d(np.array(values, dtype=object)) if not isinstance(values, list) else values
    return ";".join(" ".join(repr(float(v)) for v in row) for row in values)


def row(kind, x, y, *answers):
    print(",".join([kind, text(x), text(y), " ".join(repr(float(v)) for v in answers)]))


def intervals(x, level):
    x = np.array(x)
    n = len(x)
    samples = np.array(list(itertools.product(x, repeat=n)))
    means = samples.mean(axis=1)
    # Sums of the same values in another order differ in the last bits; ties with the estimate must not.
    means = np.round(means, 12)
    estimate = round(x.mean(), 12)
    tail = (1 - level) / 2
    percentile = np.quantile(means, [tail, 1 - tail])
    z0 = stats.norm.ppf(((means < estimate).sum() + (means <= estimate).sum()) / 2 / len(means))
    d = x - x.mean()
    a = (d ** 3).sum() / (6 * (d ** 2).sum() ** 1.5)
    z = stats.norm.ppf([tail, 1 - tail])
    bca = np.quantile(means, stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))))
    return percentile, bca


for x in ([0.5, 1.25, 3, 7.5], [0.5, 1.25, 3, 7.5, 8.75], [-3.25, 2, 2, 4.5, 9]):
    for level in (0.8, 0.95):
        percentile, bca = intervals(x, level)
        row("all", [x], [[level]], *percentile, *bca)
for tasks, runs in ((1, 3), (1, 7), (4, 5), (26, 10)):
    x = np.round(rng.lognormal(size=(tasks, runs)), 3)
    y = np.round(rng.lognormal(size=(tasks, runs + 2)), 1)
    x[0, 0] = y[0, 0]
    row("iqm", list(x), [[]], stats.trim_mean(x.flatten(), 0.25))
    row("poi", list(x), list(y), np.mean([stats.mannwhitneyu(a, b).statistic / len(a) / len(b) for a, b in zip(x, y)]))
ragged = [[1, 2, 3], [10, 20, 30, 40, 50], [2]]
row("iqm", ragged, [[]], stats.trim_mean([v for r in ragged for v in r], 0.25))


def violation(x, y):
    x, y = sorted(F(str(v)) for v in x), sorted(F(str(v)) for v in y)
    n, m = len(x), len(y)
    steps = sorted({F(i, n) for i in range(n + 1)} | {F(j, m) for j in range(m + 1)})
    whole = part = F(0)
    for low, high in zip(steps, steps[1:]):
        d = x[int(low * n)] - y[int(low * m)]
        whole += d * d * (high - low)
        part += d * d * (high - low) if d < 0 else 0
    return part / whole


for x, y in (([0.912, 0.918, 0.921, 0.909, 0.915, 0.532, 0.917, 0.92, 0.541, 0.913],
              [0.914, 0.919, 0.536, 0.911, 0.922, 0.529, 0.916, 0.544, 0.91, 0.538]),
             ([1, 2, 3, 4, 5], [1.5, 2.5, 2.9, 3.5]),
             ([0.7612, 0.7655, 0.7589, 0.763, 0.7641], [0.762, 0.7648, 0.7601, 0.7611, 0.7659]),
             (np.round(rng.normal(size=20), 2).tolist(), np.round(rng.normal(size=13), 2).tolist())):
    row("aso", [x], [y], violation(x, y))
