"""Writes exact_sums.csv: python3 exact_sums.py > exact_sums.csv (Python 3.11).

Each line: the case, its values, sum and mean in hexadecimal. Sum and mean are those of fractions.Fraction, whose
conversion to float rounds once, half to even; where math.fsum does not overflow it must agree.
"""
import math
import random
from fractions import Fraction

random.seed(20261125)
MAX, MIN, NORMAL = 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308


def rounded(exact):
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def text(value):
    return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value) or float(value).hex()


def row(name, values):
    exact = sum(map(Fraction, values))
    total, mean = rounded(exact), rounded(exact / len(values))
    try:
        assert math.fsum(values) == total, name
    except OverflowError:
        pass
    print(",".join([name, " ".join(text(v) for v in values), text(total), text(mean)]))


def ill_conditioned(n):
    values = [random.uniform(-1, 1) * 2.0 ** random.randint(-300, 300) for _ in range(n)]
    values += [-v for v in values] + [random.uniform(-1, 1) for _ in range(3)]
    random.shuffle(values)
    return values


row("one", [0.1])
row("ten tenths", [0.1] * 10)
row("a third", [1.0, 0.0, 0.0])
row("cancelling", [1e16, 1.0, -1e16])
row("overflow that cancels", [1e308, 1e308, -1e308])
row("largest; three times", [MAX] * 3)
row("largest and its half ulp", [MAX, 2.0 ** 969])
row("largest and half an ulp", [MAX, 2.0 ** 970])
row("just below half an ulp", [MAX, 2.0 ** 970, -MIN])
row("negative overflow", [-MAX, -2.0 ** 970])
row("smallest", [MIN])
row("smallest; halved", [MIN, 0.0])
row("three smallest; halved", [MIN, MIN, MIN, 0.0, 0.0, 0.0])
row("three smallest over two", [MIN, 2 * MIN])
row("smallest; a third of two", [MIN, MIN, 0.0])
row("negative smallest; a third", [-MIN, 0.0, 0.0])
row("denormals that become normal", [NORMAL - MIN, MIN])
row("normals that become denormal", [NORMAL, -MIN])
row("mean below the normals", [NORMAL, MIN, 0.0])
row("tie to even; down", [1.0, 2.0 ** -53])
row("tie to even; up", [1.0 + 2.0 ** -52, 2.0 ** -53])
row("just above a tie", [1.0, 2.0 ** -53, MIN])
row("just below a tie", [1.0 + 2.0 ** -52, 2.0 ** -53, -MIN])
row("mean just above a tie", [1.0, 2.0 ** -53, MIN, 0.0])
row("mean just below a tie", [1.0 + 2.0 ** -52, 2.0 ** -53, -MIN, 0.0])
for below in range(54, 100):
    scale = 2.0 ** (7 * below - 500)
    row("above a tie by bit %d" % below, [scale, scale * 2.0 ** -53, scale * 2.0 ** -below])
row("rounds up to a power of two", [2.0 - 2.0 ** -52, 2.0 ** -53])
row("whole range", [MAX, MIN, -MAX])
row("negative of everything", [-1e300, -1.0, -1e-300, -MIN])
row("fsum's own pain", [1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50])
for n in (2, 3, 7, 20, 60):
    for i in range(4):
        row("ill-conditioned %d %d" % (n, i), ill_conditioned(n))
for i in range(40):
    n = random.randint(1, 9)
    row("any bits %d" % i, [math.ldexp(random.uniform(-1, 1), random.randint(-1080, 1024)) for _ in range(n)])
for i in range(40):
    n = random.randint(1, 9)
    row("halves of ulps %d" % i, [random.choice((-1, 1)) * 2.0 ** random.randint(-54, 2) for _ in range(n)])
for i in range(20):
    n = random.randint(1, 9)
    row("denormal %d" % i, [random.randint(-9, 9) * MIN for _ in range(n)])
