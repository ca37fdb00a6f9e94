"""Compares the answers of two checkouts: `python -m bench.compare_checkouts OLD NEW`.

Both are driven from outside alone, by `nianbao` and over HTTP, so that modules may move between
them. Prints a table and the first differences; the exit status is 1 if there are any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.checkouts.answers import Tally, read_expected
from bench.checkouts.checkout import Checkout, find_program
from bench.checkouts.comparison import Comparison

_EXPECTED = Path(__file__).with_name("compare_expected.toml")


def main() -> int:
    """Compare, print, and return the exit status."""
    asked = _parse_arguments()
    started = time.monotonic()
    tally = Tally()
    with TemporaryDirectory(prefix="compare-") as work:
        _compare(asked, Path(work), tally)
    print("\n".join(tally.table()))
    print(f"\n{tally.different} answers differ; {time.monotonic() - started:.0f} seconds")
    return 1 if tally.different else 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the answers of two checkouts.")
    parser.add_argument("old", type=Path, help="a checkout, with its .venv")
    parser.add_argument("new", type=Path, help="another, whose test generators make the reports")
    parser.add_argument("--reports", type=int, default=2000, help="how many are made")
    parser.add_argument("--expected", type=Path, default=_EXPECTED, help="what may differ")
    asked = parser.parse_args()
    asked.old, asked.new = asked.old.resolve(), asked.new.resolve()
    try:
        for checkout in (asked.old, asked.new):
            find_program(checkout)
    except ValueError as error:
        parser.error(str(error))
    return asked


def _compare(asked: argparse.Namespace, work: Path, tally: Tally) -> None:
    old, new = asked.old, asked.new
    expected = read_expected(asked.expected)
    print(f"making {asked.reports} reports", file=sys.stderr, flush=True)
    made = work / "made"
    _make_reports(new, made, asked.reports)
    for name, corpus in {"corpus": new / "corpus", "made": made / "corpus"}.items():
        homes = [work / f"{name}-{side}" for side in ("old", "new")]
        for home in homes:
            home.mkdir()
        pair = Checkout(old, homes[0], corpus), Checkout(new, homes[1], corpus)
        with ThreadPoolExecutor(2) as pool:
            Comparison(name, pair, expected, tally, pool, every_command=name == "corpus").run()


def _make_reports(new: Path, folder: Path, count: int) -> None:
    python = str(new / ".venv" / "bin" / "python")
    command = [python, "-m", "bench.checkouts.reports", str(folder), str(count)]
    subprocess.run(command, check=True, cwd=new)


if __name__ == "__main__":
    sys.exit(main())
