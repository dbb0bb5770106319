"""Prints the known p-values and intervals of the tests of this package: python3 p_values.py (SciPy 1.17.1, NumPy 2)."""
import numpy as np
from scipy import stats

x = [i % 40 for i in range(100)]
y = [i % 37 + 2 for i in range(120)]
for alternative in ("two-sided", "less", "greater"):
    p = stats.mannwhitneyu(x, y, alternative=alternative, method="asymptotic").pvalue
    print("mannwhitneyu", alternative, repr(float(p)))

d = [(i * 7) % 31 - 13 for i in range(90)]
# Zeros are ranked and carry no sign: the sum of the other ranks, its variance, and a correction of a half.
r = stats.rankdata(np.abs(d))
r[np.array(d) == 0] = 0
w = r[np.array(d) > 0].sum()
print("signed rank, greater", repr(float(stats.norm.sf((w - r.sum() / 2 - 0.5) / np.sqrt((r ** 2).sum() / 4)))))
print("wilcoxon pratt, greater", stats.wilcoxon(d, zero_method="pratt", correction=True, alternative="greater",
                                                 method="asymptotic").pvalue)

x = [2.7, 2.7, 1.1, 3.0, 1.9, 3.0, 3.8, 3.8, 0.3, 1.9]
y = [6.5, 5.4, 8.1, 3.5, 0.5, 3.8, 6.8, 4.9, 2.5, 1.2]
for alternative in ("two-sided", "less", "greater"):
    p = stats.permutation_test((x, y), lambda a, b, axis: a.mean(axis) - b.mean(axis), vectorized=True,
                               n_resamples=np.inf, alternative=alternative).pvalue
    print("permutation of means, 10 v 10", alternative, repr(float(p)))

# Tukey and McLaughlin 1963: the trimmed mean and the winsorised sum of squares over h (h - 1).
v = np.sort([0.3, 1.1, 1.9, 1.9, 1.9, 2.7, 2.7, 3.0, 3.0, 3.8, 9.5])
g = int(0.2 * len(v))
h = len(v) - 2 * g
w = np.clip(v, v[g], v[-g - 1])
error = np.sqrt(((w - w.mean()) ** 2).sum() / (h * (h - 1)))
mean = v[g:-g].mean()
print("trimmed t", repr(float(mean)), repr(float(error)),
      [float(mean + s * stats.t.ppf(0.975, h - 1) * error) for s in (-1, 1)],
      repr(float(2 * stats.t.sf(abs(mean - 2) / error, h - 1))))

x = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
y = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
rx, ry = stats.rankdata(x), stats.rankdata(y)
r = stats.rankdata(x + y)
px, py = (r[:14] - rx) / 11, (r[14:] - ry) / 14
a, b = px.var(ddof=1) / 14, py.var(ddof=1) / 11
df = (a + b) ** 2 / (a ** 2 / 13 + b ** 2 / 10)
half = stats.t.ppf(0.975, df) * np.sqrt(a + b)
print("brunner-munzel", float(px.mean()), [float(px.mean() - half), float(px.mean() + half)],
      stats.brunnermunzel(x, y))
