"""Reads the segments of a ledger line by line, with nothing but the standard library."""
import glob
import json
import sys

sys.stdout.reconfigure(encoding="utf-8")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


lines = [line for name in sorted(glob.glob(sys.argv[1] + "/*.jsonl")) for line in open(name, "rb")]
rows = [json.loads(line) for line in lines]
print("lines", len(rows))
right = [crc32c(line[: line.rindex(b',"crc"')]) == int(row["crc"], 16) for line, row in zip(lines, rows)]
print("checksums right", sum(right))
count = {}
for row in rows:
    count[row["status"]] = count.get(row["status"], 0) + 1
print(*(word for status in sorted(count) for word in (status, count[status])))
best = max((row for row in rows if row["status"] == "completed"), key=lambda row: row["metrics"]["accuracy"])
print("best", float(best["metrics"]["accuracy"]), "seed", best["seed"], "rate", best["config"]["rate"],
      "after", best["seconds"], "s")
for row in rows:
    if row["status"] == "failed":
        print(f"failed {row['failure']['type']}: {row['failure']['message']},", "accuracy", row["metrics"]["accuracy"])
