"""Reads the segments of a ledger as pandas reads lines of JSON."""
import glob
import sys

try:
    import pandas
except ImportError:
    print("no pandas")
    sys.exit(0)

frame = pandas.concat(pandas.read_json(name, lines=True, dtype={"seed": str})
                      for name in glob.glob(sys.argv[1] + "/*.jsonl"))
print("rows", len(frame))
ended = frame[frame.line == "ended"]
print("ended", len(ended))
completed = ended[ended.status == "completed"]
accuracy = completed.metrics.map(lambda metrics: metrics["accuracy"])
print("best", float(accuracy.max()), "seed", completed.loc[accuracy.idxmax()].seed)
