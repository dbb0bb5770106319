"""Writes bounds.csv: python3 bounds.py > bounds.csv (SciPy 1.17.1, NumPy 2).

binom: scipy.stats.binomtest (p-values) and its exact confidence interval; fixed: the smallest exact binomial plan, by
scipy.stats.binom one n after the other; betting and hedged: the formulas of the Javadoc written out once more, in the
plainest way; stein: scipy.stats.t; subsets: every subset by itertools.
"""
import itertools
import math

import numpy as np
from scipy import optimize, stats

rng = np.random.default_rng(20261125)


def text(*cells):
    print(",".join(str(c) if isinstance(c, str) else repr(float(c)) for c in cells))


def joined(values):
    return " ".join(repr(float(v)) for v in values)


for k, n, rate in [(0, 1, 0.3), (1, 1, 0.3), (3, 20, 0.3), (17, 20, 0.85), (20, 20, 0.9), (0, 50, 0.01),
                   (7, 10, 0.5), (412, 1000, 0.45), (5, 100000, 1e-4), (1, 281, 1e-3)]:
    cells = ["binom", k, n, rate]
    for alternative in ("greater", "less", "two-sided"):
        cells.append(stats.binomtest(k, n, rate, alternative=alternative).pvalue)
    both = stats.binomtest(k, n, rate).proportion_ci(0.9, "exact")
    text(*cells, both.low, both.high)


def fixed(good, broken, alarm, miss):
    n = 1
    while True:
        c = int(stats.binom.isf(alarm, n, good)) + 1
        while c > 0 and stats.binom.sf(c - 2, n, good) <= alarm:
            c -= 1
        if c <= n and stats.binom.cdf(c - 1, n, broken) <= miss:
            return n, c
        n += 1


for plan in [(0.05, 0.15, 1e-6, 0.1), (0.05, 0.15, 1e-3, 0.1), (0.02, 0.3, 1e-3, 0.05), (0.15, 0.25, 0.01, 0.1),
             (0.1, 0.2, 1e-3, 0.2), (1e-6, 0.5, 1e-6, 0.1), (0.4, 0.6, 0.5, 0.5)]:
    text("fixed", *plan, *fixed(*plan))


def kl(p, q):
    return p * math.log(p / q) + (1 - p) * math.log((1 - p) / (1 - q))


def betting(values, good, broken, alarm, miss):
    need_good, need_broken = math.log(10 / alarm), math.log(10 / miss)
    t = optimize.brentq(lambda x: need_good / kl(x, good) - need_broken / kl(x, broken),
                        broken + 1e-5, good - 1e-5, xtol=1e-15)
    most = math.ceil(max(need_good / kl(t, good), need_broken / kl(t, broken)))
    one = other = 1.0
    for i, x in enumerate(values):
        def bet(start, sign, m, cap):
            seen = np.array([start, *values[:i]])
            mean = seen.mean()
            variance = ((seen - mean) ** 2).sum() / len(seen) + start * (1 - start) / len(seen)
            d = sign * (mean - m)
            return min(cap, d / (variance + d * d)) if d > 0 else 0.0
        below = bet(broken, -1, good, 0.9 / (1 - good))
        above = bet(good, 1, broken, 0.9 / broken)
        one *= 1 + below * (good - x)
        other *= 1 + above * (x - broken)
        if one >= 1 / (0.9 * alarm):
            return most, i + 1, "REJECT", one, other
        if other >= 1 / (0.9 * miss):
            return most, i + 1, "ACCEPT", one, other
        if i + 1 == most:
            return most, i + 1, "REJECT" if np.mean(values[:i + 1]) <= t else "ACCEPT", one, other
    return most, len(values), "CONTINUE", one, other


def hedged(values, level):
    alpha = 1 - level
    bets, mean, spread = [], 0.5, 0.25
    for t, x in enumerate(values, 1):
        bets.append(math.sqrt(2 * math.log(2 / alpha) / (spread * math.log(1 + t))))
        mean = (0.5 + sum(values[:t])) / (t + 1)
        spread += (x - mean) ** 2

    def excluded(m):
        plus = minus = 1.0
        for bet, x in zip(bets, values):
            plus *= 1 + min(bet, 0.5 / m) * (x - m)
            minus *= 1 - min(bet, 0.5 / (1 - m)) * (x - m)
            if max(plus, minus) / 2 >= 1 / alpha:
                return True
        return False
    grid = np.linspace(0, 1, 200001)[1:-1]
    kept = [m for m in grid if not excluded(m)]
    return kept[0], kept[-1]


for shape in ("beta", "coin", "lattice", "constant"):
    for mean in (0.95, 0.85, 0.6):
        n = 60
        values = {"beta": rng.beta(20 * mean, 20 * (1 - mean), n), "coin": (rng.random(n) < mean) * 1.0,
                  "lattice": rng.binomial(10, mean, n) / 10, "constant": np.full(n, mean)}[shape]
        for plan in ((0.95, 0.85, 1e-3, 0.1), (0.7, 0.5, 0.05, 0.05)):
            text("betting", joined(values), *plan, *betting(list(values), *plan))
        if mean != 0.6:
            text("hedged", joined(values[:25]), 0.95, *hedged(list(values[:25]), 0.95))

for m, n, sd in ((2, 40, 0.05), (10, 60, 0.4), (10, 12, 0.01)):
    values = rng.normal(0.93, sd, n)
    good, broken, alarm, miss = 0.95, 0.85, 1e-3, 0.1
    s = values[:m].std(ddof=1)
    ta, tb = stats.t.isf(alarm, m - 1), stats.t.isf(miss, m - 1)
    need = max(m, math.ceil((s * (ta + tb) / (good - broken)) ** 2))
    half = stats.t.isf(0.025, m - 1) * s / math.sqrt(n)
    text("stein", joined(values), m, need, good - ta * s / math.sqrt(n), values.mean() - half, values.mean() + half)

for n, k in ((7, 3), (12, 2), (9, 9)):
    values = rng.normal(0.9, 0.05, n)
    means = sorted(np.mean(c) for c in itertools.combinations(values, k))
    share = np.mean(np.array(means) < 0.89)
    groups = n // k

    def upper(p, tail):
        f = lambda q: groups * ((p * math.log(p / q) if p > 0 else 0)
                                + ((1 - p) * math.log((1 - p) / (1 - q)) if p < 1 else 0)) + math.log(tail)
        return 1.0 if p == 1 else optimize.brentq(f, max(p, 1e-15), 1 - 1e-15, xtol=1e-15)
    text("subsets", joined(values), k, 0.89, share, 1 - upper(1 - share, 0.025), upper(share, 0.025),
         means[int(0.1 * len(means))])
