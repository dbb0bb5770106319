#!/usr/bin/env python3
"""Recompute every digest of a Stet fingerprint from its JSON file.

    python3 fingerprint.py FILE...

Prints "FILE: ok", or which digest differs, and exits with 1 if any does. Needs nothing but Python 3.7.
The file and the digests are specified in fingerprint.md beside this script.
"""
import hashlib
import json
import sys

FORMAT = 1
RECIPE = ("experiment", "code", "config", "seed", "data")


def number(value):
    """A finite double as ECMAScript writes it; repr() gives the same shortest digits in another layout."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    # The value is 0.digits * 10^point.
    point = len(whole) + int(exponent or "0") - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = "." + digits[1:] if count > 1 else ""
    return sign + digits[0] + tail + "e" + ("+" if power > 0 else "-") + str(abs(power))


def string(text):
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    return '"' + "".join(short.get(c, "\\u%04x" % ord(c) if c < " " else c) for c in text) + '"'


def canonical(value):
    """The text of a JSON value that RFC 8785 prescribes."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, (int, float)):
        return number(float(value))
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    # Keys are in the order of their UTF-16 code units.
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(string(key) + ":" + canonical(value[key]) for key in keys) + "}"


def digest(value):
    return hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()


def over(facets, labels):
    return digest({"facets": {label: digest(facets[label]["value"]) for label in labels}, "fingerprint": FORMAT})


def differences(file):
    if file.get("fingerprint") != FORMAT:
        return ["format %r, but this script knows format %d" % (file.get("fingerprint"), FORMAT)]
    facets = file["facets"]
    found = []
    for label in sorted(facets):
        computed = digest(facets[label]["value"])
        if computed != facets[label]["digest"]:
            found.append("facet %s differs: computed %s, stored %s" % (label, computed, facets[label]["digest"]))
    sums = {
        "recipe": [label for label in facets if label in RECIPE],
        "environment": [label for label in facets if label not in RECIPE],
        "digest": list(facets),
    }
    for name, labels in sums.items():
        computed = over(facets, labels)
        if computed != file.get(name):
            found.append("%s differs: computed %s, stored %s" % (name, computed, file.get(name)))
    return found


def main(paths):
    if not paths:
        print(__doc__.strip())
        return 2
    worst = 0
    for path in paths:
        with open(path, encoding="utf-8") as stream:
            found = differences(json.load(stream))
        for line in found or ["ok"]:
            print("%s: %s" % (path, line))
        worst = max(worst, 1 if found else 0)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
