"""Writes intervals.csv: python3 intervals.py > intervals.csv (SciPy 1.17.1, NumPy 2).

Welch: scipy.stats.ttest_ind(equal_var=False).confidence_interval; paired t: ttest_1samp; Hodges-Lehmann and
signed-rank intervals: order statistics of all differences and Walsh averages, written out, at the k that the
null distributions of SciPy (mannwhitneyu, wilcoxon; method="exact") give.
"""
import itertools

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261123)


def k_u(n, m, tail):
    k = 0
    while True:
        # A sample with U = k: x from 1 to n below, then moved up pair by pair.
        p = u_cdf(n, m, k)
        if p > tail * (1 + 1e-9):
            return k
        k += 1


def u_cdf(n, m, u):
    if u == 0:
        x, y = list(range(n)), list(range(n, n + m))
    else:
        whole, rest = divmod(u, m)
        top = n + m - 1
        ranks = list(range(n))
        for i in range(whole):
            ranks[n - 1 - i] += m
        if rest:
            ranks[n - 1 - whole] += rest
        x, y = ranks, [r for r in range(top + 1) if r not in set(ranks)]
    return stats.mannwhitneyu(x, y, alternative="less", method="exact").pvalue


def k_w(n, tail):
    k = 0
    while True:
        d, left = [-i for i in range(1, n + 1)], k
        for i in range(n, 0, -1):
            if i <= left:
                d[i - 1] = i
                left -= i
        if stats.wilcoxon(d, alternative="less", method="exact").pvalue > tail * (1 + 1e-9):
            return k
        k += 1


def order(values, k):
    values = np.sort(values)
    return (-np.inf, np.inf) if k == 0 else (values[k - 1], values[len(values) - k])


def row(kind, level, x, y, estimate, low, high):
    cells = [kind, str(level), " ".join(map(repr, map(float, x))), " ".join(map(repr, map(float, y)))]
    print(",".join(cells + [repr(float(v)).replace("inf", "Infinity") for v in (estimate, low, high)]))


for n, m, draw in [(3, 3, rng.normal), (5, 20, rng.lognormal), (7, 4, rng.normal), (20, 20, rng.standard_t)]:
    x = draw(3, size=n) if draw == rng.standard_t else draw(size=n)
    y = draw(3, size=m) if draw == rng.standard_t else draw(size=m)
    for level in (0.9, 0.95):
        tail = (1 - level) / 2
        d = np.array([a - b for a, b in itertools.product(x, y)])
        row("hl", level, x, y, np.median(d), *order(d, k_u(n, m, tail)))
        w = stats.ttest_ind(x, y, equal_var=False)
        row("welch", level, x, y, x.mean() - y.mean(), *w.confidence_interval(level))
        a = np.array([(x[i] + x[j]) / 2 for i in range(n) for j in range(i, n)])
        row("signedrank", level, x, [], np.median(a), *order(a, k_w(n, tail)))
        row("t", level, x, [], x.mean(), *stats.ttest_1samp(x, 0).confidence_interval(level))
