"""Writes guards.csv: python3 guards.py > guards.csv (SciPy 1.17.1, NumPy 2).

levene: scipy.stats.levene(center="median"). energy: scipy.stats.energy_distance, and the p-values of all arrangements
(all swaps within pairs) by the definition 2E|X-Y|-E|X-X'|-E|Y-Y'| in exact fractions. pairedspread: all swaps of the
deviations from the medians, in exact fractions. fisher, mcnemar: scipy.stats.fisher_exact, scipy.stats.binomtest.
"""
import itertools
from fractions import Fraction as F

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261125)


def row(kind, x, y, *answers):
    cells = [kind] + [" ".join(repr(float(v)) for v in values) for values in (x, y, answers)]
    print(",".join(cells))


def draws(n, scale=1.0):
    return np.round(rng.normal(scale=scale, size=n), 2)


def energy(x, y):
    def mean(a, b):
        return sum(abs(u - v) for u in a for v in b) / F(len(a) * len(b))
    return 2 * mean(x, y) - mean(x, x) - mean(y, y)


def exact_energy(x, y):
    pool = [F(str(v)) for v in (*x, *y)]
    seen = energy(pool[:len(x)], pool[len(x):])
    all_ = [energy([pool[i] for i in take], [pool[i] for i in range(len(pool)) if i not in take])
            for take in itertools.combinations(range(len(pool)), len(x))]
    return sum(e >= seen for e in all_) / len(all_)


def exact_pairs(x, y, statistic):
    seen = statistic(x, y)
    all_ = []
    for signs in itertools.product((False, True), repeat=len(x)):
        all_.append(statistic([b if s else a for a, b, s in zip(x, y, signs)],
                              [a if s else b for a, b, s in zip(x, y, signs)]))
    return sum(e >= seen for e in all_) / len(all_)


def spread(x, y):
    """Student's t of the differences, squared; None where it has no denominator."""
    d = [a - b for a, b in zip(x, y)]
    mean = sum(d) / len(d)
    rest = sum((v - mean) ** 2 for v in d)
    return mean ** 2 / rest if rest else (float("inf") if mean else 0)


def deviations(values):
    values = [F(str(v)) for v in values]
    ordered = sorted(values)
    n = len(values)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return [abs(v - median) for v in values]


for n, m, scale in [(3, 3, 1), (4, 9, 2), (10, 10, 1), (20, 20, 3), (50, 7, 1)]:
    x, y = draws(n), draws(m, scale)
    row("levene", x, y, *stats.levene(x, y, center="median"))
    row("energy", x, y, stats.energy_distance(x, y))
for x, y in [(draws(4), draws(5, 2)), (draws(3), draws(3) + 9), ([1, 1, 2, 3], [1, 2, 2, 4, 4]), (draws(2), draws(6))]:
    row("energyp", x, y, exact_energy(x, y))
for x, y in [(draws(6), draws(6, 3)), (draws(8), draws(8) + 2), ([1, 2, 2, 5, 1], [1, 3, 2, 4, 2])]:
    fx, fy = [F(str(float(v))) for v in x], [F(str(float(v))) for v in y]
    row("energypairs", x, y, exact_pairs(fx, fy, energy))
    # Equal pairs are held, as they are by the rule that they change nothing.
    dx, dy = deviations(x), deviations(y)
    dx, dy = zip(*[(a, a) if u == v else (a, b) for a, b, u, v in zip(dx, dy, x, y)])
    row("spreadpairs", x, y, exact_pairs(list(dx), list(dy), spread))
for a, n, b, m in [(7, 20, 0, 20), (3, 5, 1, 12), (0, 4, 2, 9), (50, 1000, 31, 900), (20, 20, 3, 3), (2, 10, 2, 10)]:
    row("fisher", [a, n], [b, m], *[stats.fisher_exact([[a, n - a], [b, m - b]], alternative=alternative).pvalue
                                    for alternative in ("two-sided", "less", "greater")])
for b, c in [(5, 0), (6, 0), (3, 9), (1, 1), (40, 71)]:
    row("mcnemar", [b], [c], *[stats.binomtest(b, b + c, 0.5, alternative=alternative).pvalue
                              for alternative in ("two-sided", "less", "greater")])
