import sys
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).parents[2])
)  # the benchmarks are run from the checkout and never installed
