"""Writes summaries.csv: python3 summaries.py > summaries.csv (SciPy 1.17.1).

welch: scipy.stats.ttest_ind_from_stats gives t and p; the interval is t.interval with the degrees of freedom of
Welch and Satterthwaite, and the p-value of its own inversion is checked against SciPy's.
prediction: mean -/+ t.ppf * s * sqrt(1/n + 1/m).
Columns: kind, level, mean x, deviation x, n, mean y, deviation y, m, lower, upper (prediction: m further values).
"""
import math

from scipy import stats

CASES = [
    (0.912, 0.004, 10, 0.9105, 0.0061, 20),
    (0.912, 0.004, 2, 0.90, 0.02, 3),
    (1e-12, 3e-13, 5, 0.0, 1e-13, 50),
    (-1234.5, 200.0, 7, 1000.0, 0.0, 4),
    (3.0, 1.0, 100000, 3.1, 2.0, 5),
]

for a, s, n, b, r, m in CASES:
    u, v = s * s / n, r * r / m
    degrees = (u + v) ** 2 / (u * u / (n - 1) + v * v / (m - 1))
    error = math.sqrt(u + v)
    result = stats.ttest_ind_from_stats(a, s, n, b, r, m, equal_var=False)
    assert abs(2 * stats.t.sf(abs((a - b) / error), degrees) - result.pvalue) <= 1e-9 * result.pvalue
    for level in (0.9, 0.95):
        low, high = stats.t.interval(level, degrees, loc=a - b, scale=error)
        print("welch", level, a, s, n, b, r, m, repr(float(low)), repr(float(high)), sep=",")
        low, high = stats.t.interval(level, n - 1, loc=a, scale=s * math.sqrt(1 / n + 1 / m))
        print("prediction", level, a, s, n, "", "", m, repr(float(low)), repr(float(high)), sep=",")
