#!/usr/bin/env python3
"""Recomputes the vectors of seed scheme v1 (docs/seeds.md) without any library.

Usage: python3 docs/seeds.py [docs/seeds-vectors.json]
"""
import hashlib
import json
import math
import os
import struct
import sys

M32, M64 = (1 << 32) - 1, (1 << 64) - 1


# ---- Seeds -------------------------------------------------------------------------------------------------

def message(kind, body):
    return hashlib.sha256(b"stet\x01" + bytes([kind]) + body).digest()


def root(spec):
    if "long" in spec:
        return message(0x01, struct.pack(">q", int(spec["long"])))
    if "bytes" in spec:
        raw = bytes.fromhex(spec["bytes"])
        return message(0x02, struct.pack(">i", len(raw)) + raw)
    return bytes.fromhex(spec["key"])


def child(key, segment):
    if isinstance(segment, str):
        raw = segment.encode("utf-8")
        return message(0x10, key + struct.pack(">i", len(raw)) + raw)
    return message(0x11, key + struct.pack(">q", segment))


def key_of(spec, path):
    key = root(spec)
    for segment in path:
        key = child(key, segment)
    return key


# ---- Words -------------------------------------------------------------------------------------------------

def rotate(x, k):
    return (x << k | x >> (64 - k)) & M64


class Xoshiro:
    def __init__(self, key):
        self.s = list(struct.unpack("<4Q", message(0x20, key)))
        if not any(self.s):
            self.s[0] = 0x9E3779B97F4A7C15
        self.draws = 0

    def word(self):
        s = self.s
        result = (rotate((s[0] + s[3]) & M64, 23) + s[0]) & M64
        t = s[1] << 17 & M64
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
        self.draws += 1
        return result

    def state(self):
        return "xoshiro256++:v1:" + "".join("%016x:" % w for w in self.s) + str(self.draws)


class Philox:
    def __init__(self, key):
        self.k0, self.k1, self.c2, self.c3 = struct.unpack("<4Q", message(0x21, key))
        self.position = self.draws = 0

    def block(self, index):
        c0, c1, c2, c3 = index + 1, 0, self.c2, self.c3
        k0, k1 = self.k0, self.k1
        for _ in range(10):
            p0, p1 = 0xD2E7470EE14C6C93 * c0, 0xCA5A826395121157 * c2
            c0, c1, c2, c3 = p1 >> 64 ^ c1 ^ k0, p1 & M64, p0 >> 64 ^ c3 ^ k1, p0 & M64
            k0, k1 = (k0 + 0x9E3779B97F4A7C15) & M64, (k1 + 0xBB67AE8584CAA73B) & M64
        return c0, c1, c2, c3

    def word(self):
        if self.position % 4 == 0:
            self.buffer = self.block(self.position // 4)
        self.position += 1
        self.draws += 1
        return self.buffer[(self.position - 1) % 4]

    def state(self):
        words = (self.k0, self.k1, 0, self.c2, self.c3, self.position)
        return "philox4x64-10:v1:" + "".join("%016x:" % w for w in words) + str(self.draws)


# ---- fdlibm 5.3, which is what Java's StrictMath computes --------------------------------------------------
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems,
# Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided that
# this notice is preserved.

LN2_HI, LN2_LO = float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")
LG = [6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
      1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01]
P = [1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
     -1.65339022054652515390e-06, 4.13813679705723846039e-08]


def high(x):
    return struct.unpack("<q", struct.pack("<d", x))[0] >> 32


def with_high(x, word):
    low = struct.unpack("<Q", struct.pack("<d", x))[0] & M32
    return struct.unpack("<d", struct.pack("<Q", (word & M32) << 32 | low))[0]


def log(x):
    """For positive, normal x."""
    hx = high(x)
    k = (hx >> 20) - 1023
    hx &= 0x000FFFFF
    i = (hx + 0x95F64) & 0x100000
    x = with_high(x, hx | (i ^ 0x3FF00000))
    k += i >> 20
    f = x - 1.0
    dk = float(k)
    if (0x000FFFFF & (2 + hx)) < 3:
        if f == 0.0:
            return 0.0 if k == 0 else dk * LN2_HI + dk * LN2_LO
        r = f * f * (0.5 - 0.33333333333333333 * f)
        return f - r if k == 0 else dk * LN2_HI - ((r - dk * LN2_LO) - f)
    s = f / (2.0 + f)
    z = s * s
    i = hx - 0x6147A
    w = z * z
    j = 0x6B851 - hx
    t1 = w * (LG[1] + w * (LG[3] + w * LG[5]))
    t2 = z * (LG[0] + w * (LG[2] + w * (LG[4] + w * LG[6])))
    r = t2 + t1
    if (i | j) > 0:
        hfsq = 0.5 * f * f
        if k == 0:
            return f - (hfsq - s * (hfsq + r))
        return dk * LN2_HI - ((hfsq - (s * (hfsq + r) + dk * LN2_LO)) - f)
    if k == 0:
        return f - s * (f - r)
    return dk * LN2_HI - ((s * (f - r) - dk * LN2_LO) - f)


def exp(x):
    """For x from -700 to 0."""
    hx = high(x) & 0x7FFFFFFF
    k, hi, lo = 0, 0.0, 0.0
    if hx > 0x3FD62E42:
        if hx < 0x3FF0A2B2:
            hi, lo, k = x + LN2_HI, -LN2_LO, -1
        else:
            k = int(1.44269504088896338700 * x - 0.5)
            hi, lo = x - k * LN2_HI, k * LN2_LO
        x = hi - lo
    elif hx < 0x3E300000:
        return 1.0 + x
    t = x * x
    c = x - t * (P[0] + t * (P[1] + t * (P[2] + t * (P[3] + t * P[4]))))
    if k == 0:
        return 1.0 - ((x * c) / (c - 2.0) - x)
    y = 1.0 - ((lo - (x * c) / (2.0 - c)) - hi)
    return with_high(y, high(y) + (k << 20))


# ---- The ziggurat ------------------------------------------------------------------------------------------

TAIL, AREA = 3.654152885361009, 0.004928673233974655


def density(x):
    return exp(-0.5 * x * x)


EDGE = [AREA / density(TAIL), TAIL]
while len(EDGE) < 256:
    EDGE.append(math.sqrt(-2 * log(AREA / EDGE[-1] + density(EDGE[-1]))))
EDGE.append(0.0)
HEIGHT = [density(x) for x in EDGE]
SCALE = [x * 2.0 ** -53 for x in EDGE[:256]]
INSIDE = [int(EDGE[i + 1] / EDGE[i] * 2.0 ** 53) for i in range(256)]


# ---- Numbers -----------------------------------------------------------------------------------------------

def signed(x, bits):
    return x - (1 << bits) if x >> (bits - 1) else x


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def below(value, bound, down=lambda x: math.nextafter(x, -math.inf)):
    return value if value < bound else down(bound)


def f32_down(x):
    bits = struct.unpack("<i", struct.pack("<f", x))[0]
    return struct.unpack("<f", struct.pack("<i", bits - 1 if x > 0 else bits + 1))[0]


def int_below(s, n):
    p = (s.word() >> 32) * n
    while p & M32 < (1 << 32) % n:
        p = (s.word() >> 32) * n
    return p >> 32


def long_below(s, n):
    p = s.word() * n
    while p & M64 < (1 << 64) % n:
        p = s.word() * n
    return p >> 64


def float_(s):
    return (s.word() >> 40) * 2.0 ** -24


def double(s):
    return (s.word() >> 11) * 2.0 ** -53


def float_in(s, origin, bound):
    width = f32(bound - origin)
    return below(f32(origin + f32(float_(s) * width)), bound, f32_down)


def double_in(s, origin, bound):
    width, u = bound - origin, double(s)
    if width < math.inf:
        return below(origin + u * width, bound)
    return below(2 * (0.5 * origin + u * (0.5 * bound - 0.5 * origin)), bound)


def equi(s, left, right, left_included, right_included):
    least = left if left_included else math.nextafter(left, math.inf)
    most = right if right_included else math.nextafter(right, -math.inf)
    far = max(abs(least), abs(most))
    step = math.ulp(math.nextafter(far, 0.0)) if far else 5e-324
    first, last = math.ceil(least / step), math.floor(most / step)
    return (first + long_below(s, last - first + 1)) * step


def exponential(s):
    return 0.0 - log(((s.word() >> 11) + 1) * 2.0 ** -53)


def gaussian(s):
    while True:
        word = s.word()
        layer, m = word & 255, signed(word, 64) >> 10 | 1
        x = m * SCALE[layer]
        if abs(m) < INSIDE[layer]:
            return x
        if layer == 0:
            while True:
                a, b = exponential(s) / TAIL, exponential(s)
                if b + b >= a * a:
                    return -(TAIL + a) if m < 0 else TAIL + a
        if HEIGHT[layer] + double(s) * (HEIGHT[layer + 1] - HEIGHT[layer]) < density(x):
            return x


def bytes_(s, n):
    raw = b"".join(struct.pack("<Q", s.word()) for _ in range((n + 7) // 8))
    return [signed(b, 8) for b in raw[:n]]


def permutation(s, n):
    a = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int_below(s, i + 1)
        a[i], a[j] = a[j], a[i]
    return a


def sample(s, n, k):
    moved, chosen = {}, []
    for i in range(k):
        j = i + int_below(s, n - i)
        chosen.append(moved.get(j, j))
        moved[j] = moved.get(i, i)
    return chosen


MAX = sys.float_info.max
ONE_UP = math.nextafter(1.0, 2.0)
CALLS = {
    "nextLong()": lambda s: signed(s.word(), 64),
    "nextInt()": lambda s: signed(s.word() >> 32, 32),
    "nextBoolean()": lambda s: s.word() >> 63,
    "nextInt(100)": lambda s: int_below(s, 100),
    "nextInt(1610612736)": lambda s: int_below(s, 1610612736),
    "nextInt(-2000000000, 2000000000)": lambda s: -2000000000 + int_below(s, 4000000000),
    "nextLong(10)": lambda s: long_below(s, 10),
    "nextLong(6917529027641081856)": lambda s: long_below(s, 6917529027641081856),
    "nextLong(-9223372036854775808, 4611686018427387904)": lambda s: -(1 << 63) + long_below(s, 3 << 62),
    "nextFloat()": lambda s: float_(s),
    "nextFloat(0.1)": lambda s: below(f32(float_(s) * f32(0.1)), f32(0.1), f32_down),
    "nextFloat(-1, 3.7)": lambda s: float_in(s, -1.0, f32(3.7)),
    "nextDouble()": double,
    "nextDouble(2.5)": lambda s: below(double(s) * 2.5, 2.5),
    "nextDouble(-1, 3.7)": lambda s: double_in(s, -1.0, 3.7),
    "nextDouble(-max, max)": lambda s: double_in(s, -MAX, MAX),
    "nextDouble(1, 1+ulp)": lambda s: double_in(s, 1.0, ONE_UP),
    "equiDoubles[0, 1]": lambda s: equi(s, 0.0, 1.0, True, True),
    "equiDoubles(-0.1, 3)": lambda s: equi(s, -0.1, 3.0, False, False),
    "nextBytes(13)": lambda s: bytes_(s, 13),
    "nextGaussian()": gaussian,
    "nextGaussian(3, 0.1)": lambda s: 3 + 0.1 * gaussian(s),
    "nextExponential()": exponential,
    "permutation(10)": lambda s: permutation(s, 10),
    "sample(20, 5)": lambda s: sample(s, 20, 5),
    "sample(100000, 5)": lambda s: sample(s, 100000, 5),
}


# ---- The check ---------------------------------------------------------------------------------------------

def packed(call, x):
    if call.startswith("nextFloat"):
        return struct.pack(">q", struct.unpack(">i", struct.pack(">f", x))[0])
    return struct.pack(">d", x) if isinstance(x, float) else struct.pack(">q", x)


def same(shown, x):
    return float.fromhex(shown) == x if isinstance(x, float) else int(shown) == x


def check(what, computed, expected):
    if computed != expected:
        sys.exit("%s: computed %s, the vectors say %s" % (what, computed, expected))


def check_seed(v):
    key = key_of(v["root"], v["path"])
    check(v["text"] + " key", key.hex(), v["key"])
    check(v["text"] + " toLong", str(struct.unpack("<q", message(0x22, key)[:8])[0]), v["toLong"])
    check(v["text"] + " toInt", struct.unpack("<i", message(0x23, key)[:4])[0], v["toInt"])
    for kind, prefix in ((Xoshiro, ""), (Philox, "addressable_")):
        stream = kind(key)
        check(v["text"] + " state", stream.state(), v[prefix + "state"])
        check(v["text"] + " words", ["%016x" % stream.word() for _ in range(6)], v[prefix + "words"])


def check_run(v):
    key = key_of({"long": "42"}, ["golden", v["call"]])
    stream = Xoshiro(key) if v["stream"] == "default" else Philox(key)
    digest, first = hashlib.sha256(), []
    for _ in range(v["calls"]):
        numbers = CALLS[v["call"]](stream)
        for x in numbers if isinstance(numbers, list) else [numbers]:
            digest.update(packed(v["call"], x))
            if len(first) < len(v["first"]):
                first.append(x)
    what = v["call"] + " of " + v["stream"]
    if not all(same(shown, x) for shown, x in zip(v["first"], first)):
        sys.exit("%s: computed %s, the vectors say %s" % (what, first, v["first"]))
    check(what + " digest", digest.hexdigest(), v["sha256"])
    check(what + " state", stream.state(), v["state"])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "seeds-vectors.json")
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    check("ziggurat", EDGE, [float.fromhex(x) for x in vectors["ziggurat_edges"]])
    for v in vectors["seeds"]:
        check_seed(v)
    for v in vectors["runs"]:
        check_run(v)
    print("%d seeds and %d runs: all equal" % (len(vectors["seeds"]), len(vectors["runs"])))


if __name__ == "__main__":
    main()
