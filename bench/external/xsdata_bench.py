"""xsdata on the document that the benchmarks of this folder use. Arguments: the document, the package that xsdata made.

Prints one line a measurement: name, median milliseconds, least milliseconds, separated by tabs.
"""

import importlib
import statistics
import sys
import time

from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.parsers import XmlParser

sys.path.insert(0, ".")
message = importlib.import_module(sys.argv[2]).Message
with open(sys.argv[1], "rb") as file:
    document = file.read()
parser = XmlParser(context=XmlContext())
times = []
for _ in range(6):
    start = time.perf_counter()
    parser.from_bytes(document, message)
    times.append((time.perf_counter() - start) * 1000)
print("xsdata, parse", statistics.median(times[1:]), min(times[1:]), sep="\t")
