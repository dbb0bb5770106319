"""The numbers of IntervalPowerTest and GroupSequentialTest, by other means. SciPy 1.17.1, NumPy.

Welch's power: the double integral over both sample deviations on a fine grid.
Boundaries: look by look, the multivariate normal probability of not having crossed, solved for the boundary.
"""
import numpy as np
from scipy import optimize, stats


def welch(sx, n, sy, m, shift, low, high, level, inside, nodes=2500):
    x, w = np.polynomial.legendre.leggauss(nodes)

    def chi(nu):
        d = stats.chi(nu)
        lo, hi = d.ppf(1e-13), d.isf(1e-13)
        s = lo + (hi - lo) * (x + 1) / 2
        return s / np.sqrt(nu), w * (hi - lo) / 2 * d.pdf(s)

    a, wa = chi(n - 1)
    b, wb = chi(m - 1)
    p, q = np.meshgrid((sx * a) ** 2 / n, (sy * b) ** 2 / m, indexing="ij")
    df = (p + q) ** 2 / (p * p / (n - 1) + q * q / (m - 1))
    se = np.sqrt(sx * sx / n + sy * sy / m)
    half = stats.t.isf((1 - level) / 2, df) * np.sqrt(p + q) / se
    lo, hi = (low - shift) / se, (high - shift) / se
    f = (np.maximum(0, stats.norm.cdf(hi - half) - stats.norm.cdf(lo + half)) if inside
         else stats.norm.cdf(-hi - half) + stats.norm.cdf(lo - half))
    return (np.outer(wa, wb) * f).sum()


def boundaries(spent, information):
    k = len(information)
    i = np.asarray(information, float)
    cov = np.sqrt(np.minimum.outer(i, i) / np.maximum.outer(i, i))
    found = []
    for j in range(k):
        def gap(c):
            b = found + [c]
            if j == 0:
                return stats.norm.sf(c) - spent[0]
            mvn = stats.multivariate_normal(np.zeros(j + 1), cov[: j + 1, : j + 1])
            mvn.maxpts, mvn.abseps, mvn.releps = 200_000, 1e-6, 1e-6
            return 1 - mvn.cdf(np.array(b)) - spent[j]
        found.append(optimize.brentq(gap, 0.5, 6, xtol=1e-4))
    return found


if __name__ == "__main__":
    for c in [(1, 5, 3, 20, 0, -3, 3, .9, 1), (1, 2, 1, 2, 0, -30, 30, .9, 1),
              (1, 2, 1, 50, 4, -1, 1, .95, 0), (1, 5, 1, 20, .3, -1.5, 1.5, .9, 1)]:
        print(c, welch(*c))
    t, a = np.arange(1, 6) / 5, .025
    rules = {"POWER 1.75": a * t ** 1.75,
             "POWER 2": a * t ** 2,
             "POWER 2.5": a * t ** 2.5,
             "OBRIEN_FLEMING": 2 * stats.norm.sf(stats.norm.isf(a / 2) / np.sqrt(t)),
             "POCOCK": a * np.log1p((np.e - 1) * t)}
    for name, spent in rules.items():
        print(name, np.round(boundaries(spent, [1, 2, 3, 4, 5]), 3))
