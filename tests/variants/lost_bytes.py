"""Pages in each charset with a few bytes overwritten, lost or inserted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.damage.oracle import judge
from tests.damage.paper import YEARS, Paper, build_paper
from tests.damage.press import TEXT, press
from tests.variants import Kind, Variant, Verdict

CHARSETS = ("utf-8", "gb18030", "gbk", "utf-16")
_HIGH = bytes(range(0x80, 0x100))


_KINDS = ("overwrite", "overwrite", "drop", "insert")


def damaged(data: bytes, random: Random, count: int, kinds: Sequence[str] = _KINDS) -> bytes:
    """Return the bytes damaged in `count` places; no digit is changed, dropped or added."""
    for kind in sorted(
        random.choices(kinds, k=count)
    ):  # first what drops bytes: one that took a digit's place must stay
        at = random.randrange(len(data))
        if kind == "drop":
            high = [place for place in range(at, min(at + 400, len(data))) if data[place] >= 0x80]
            if high:
                data = data[: high[0]] + data[high[0] + 1 :]
        else:
            byte = bytes([random.choice((0x80, 0xFF, 0xFF, random.choice(_HIGH)))])
            data = data[:at] + byte + data[at + (kind == "overwrite") :]
    return data


def _pages(random: Random) -> Iterator[Variant]:
    for charset in CHARSETS:
        for name in ("html", "word", *TEXT):
            paper = build_paper(random.choice(list(YEARS)), random)
            data = (
                press(paper, name)
                .decode()
                .replace("charset=utf-8", f"charset={charset}")
                .encode(charset, "replace")
            )
            count = random.choice((1, 1, 1, 2, 5))
            kinds = (
                ("drop", "insert") if charset == "utf-16" else _KINDS
            )  # whatever is written there is a character
            suffix = "html" if name in ("html", "word") else "txt"
            yield Variant(
                f"{charset} {name} {count}",
                f"report.{suffix}",
                damaged(data, random, count, kinds),
                Judge(paper),
            )


class Judge:
    """Says `wrong` where a number is reported that the page does not print in that cell.

    An amount without a unit, whose head has lost it, is no amount in yuan and does not pass for
    one.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def __call__(self, report: Report | SourceError) -> Verdict:
        if isinstance(report, SourceError):
            return "cautious"
        judged = judge(self.paper, report.cells)
        silent = [
            cell
            for _, _, cell in judged["silent"]
            if cell.unit or not cell.key.endswith("amount_yuan")
        ]
        if silent or any(
            finding.severity == "contradiction" for finding in report.findings if finding.passages
        ):
            return "wrong"
        return "cautious" if judged["cautious"] else "right"


def _eaten_marks(random: Random) -> Iterator[Variant]:
    """A byte before the mark between two cells makes another character of it: 140乶 141."""
    for byte in (b"\x81", b"\x9f", b"\xb9", b"\xfe"):
        for name in ("pipes", "markdown"):
            paper = build_paper(random.choice(list(YEARS)), random)
            lines = press(paper, name).decode().encode("gbk", "replace").split(b"\n")
            rows = [
                at for at, line in enumerate(lines) if line.count(b"|") > 6 and b"---" not in line
            ]
            at = random.choice(rows)
            marks = [place for place, one in enumerate(lines[at]) if one == ord("|")]
            mark = random.choice(marks[1:])
            lines[at] = lines[at][:mark] + byte + lines[at][mark:]
            yield Variant(f"{byte!r} {name}", "report.txt", b"\n".join(lines), Judge(paper))


KINDS = {
    "bytes that cannot be decoded": Kind(
        _pages, least_right=0.25
    ),  # the damaged cells are cautious
    "marks between cells eaten by a byte": Kind(_eaten_marks, least_right=0),  # the row is cautious
}
