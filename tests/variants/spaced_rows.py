"""Rows with single blanks between cells, as in text from a PDF, their labels broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.rendering import HEADINGS, TABLES, Printed, Td
from tests.text_tables import Draw, judge, page_of, read_draw
from tests.variants import Kind, Variant

Row = list[str]
_YEARS = {"2019": 2020, "2021": 2023}


def _draw(
    random: Random, generation: str, largest: int
) -> tuple[dict[str, list[Row]], dict[str, int]]:
    """Return the rows of each table, and what its cells say in the order of the rows."""
    raws = Draw(random, largest)
    printed = Printed("", raws, {}, generation)
    tables = {name: [_texts(row) for row in table(printed)] for name, table in TABLES.items()}
    return tables, read_draw(raws)


def _texts(row: Sequence[Td]) -> Row:
    return [cell.text for cell in row]


def _figures(row: Row) -> int:
    """Return where the figures of a row begin."""
    at = len(row)
    while at and row[at - 1][:1].isdecimal() and row[at - 1].removesuffix("万元").isdecimal():
        at -= 1
    return at


Printer = Callable[[Row, Random], list[str]]


def _pages(
    print_row: Printer, largest: int = 99, *, lossy: bool = False
) -> Callable[[Random], Iterator[Variant]]:
    """Return the pages of a kind in which every row is printed so.

    `lossy`: some rows lose or part a figure, and only the others must be read.
    """

    def pages(random: Random) -> Iterator[Variant]:
        for generation, year in _YEARS.items():
            for number in range(4):
                tables, truth = _draw(random, generation, largest)
                keys, sure, lines = iter(truth), dict[str, int](), list[str]()
                for section, rows in tables.items():
                    lines.append(HEADINGS[section])
                    for row in rows:
                        printed = print_row(row, random)
                        lines += printed
                        own = [next(keys) for _ in row[_figures(row) :]]
                        if not lossy or " ".join(printed) == " ".join(row):
                            sure.update({key: truth[key] for key in own})
                data = page_of(lines, year)
                yield Variant(f"{generation} {number}", "report.txt", data, judge(truth, sure))

    return pages


def _plain(row: Row, random: Random) -> list[str]:
    return [" ".join(row)]


def _numbered_apart(row: Row, random: Random) -> list[str]:
    """A blank follows the numbering of the label, or divides a short label."""
    at = _figures(row)
    words = [word.replace(".", ". ", 1) if len(word) > 4 else " ".join(word) for word in row[:at]]
    return [" ".join([*words, *row[at:]])] if at < len(row) else [" ".join(row)]


def _glued(row: Row, random: Random) -> list[str]:
    """No blank stands between the heads, nor between a group and the label behind it."""
    at = _figures(row)
    return [" ".join(["".join(row[:at]), *row[at:]])] if at else [" ".join(row)]


def _broken(row: Row, random: Random) -> list[str]:
    """A long label is broken over two or three lines, its figures on or between any of them."""
    at = _figures(row)
    label = row[at - 1] if 0 < at < len(row) else ""
    if len(label) < 10 or ("信息公开申请数量" in label and random.random() < 0.5):
        return [" ".join(row)]
    cuts = sorted(random.sample(range(4, len(label) - 2), min(random.choice((1, 2)), 2)))
    pieces = [label[i:j] for i, j in zip([0, *cuts], [*cuts, len(label)], strict=True)]
    figures = " ".join(row[at:])
    place = random.randrange(len(pieces) + 1)
    if place == len(pieces):
        pieces.insert(random.randrange(1, len(pieces)), figures)
    else:
        pieces[place] += f" {figures}"
    return [" ".join(row[: at - 1])] * (at > 1) + pieces


def _figures_below(row: Row, random: Random) -> list[str]:
    """The figures stand on a line of their own below the label."""
    at = _figures(row)
    return [" ".join(row[:at]), " ".join(row[at:])] if 0 < at < len(row) else [" ".join(row)]


def _page_numbers(row: Row, random: Random) -> list[str]:
    """Here and there the number of a page stands between two rows."""
    mark = random.choice(
        (str(random.randint(1, 9)), f"- {random.randint(1, 9)} -", "— 3 —", "第 4 页")
    )
    return [" ".join(row), *([mark] if random.random() < 0.15 else [])]


def _disputes_broken(row: Row, random: Random) -> list[str]:
    """The long row of the disputes is broken over two lines."""
    if len(row) != 15 or _figures(row):
        return [" ".join(row)]
    cut = random.randint(5, 10)
    return [" ".join(row[:cut]), " ".join(row[cut:])]


def _blank_lost(row: Row, random: Random) -> list[str]:
    """A cell is empty, and leaves no mark."""
    at = _figures(row)
    if at < len(row) and random.random() < 0.3:
        row = [*row]
        del row[random.randrange(at, len(row))]
    return [" ".join(row)]


def _blank_before_page_number(row: Row, random: Random) -> list[str]:
    """A row has no figures at all, and the number of a page follows it."""
    at = _figures(row)
    empty = 0 < at < len(row) and random.random() < 0.2
    return [" ".join(row[:at]), str(random.randint(1, 9))] if empty else [" ".join(row)]


def _thousands(row: Row, random: Random) -> list[str]:
    """A blank marks the thousands."""
    return [
        " ".join(
            f"{text[:-3]} {text[-3:]}" if text.isdecimal() and len(text) > 3 else text
            for text in row
        )
    ]


def _comma_thousands(row: Row, random: Random) -> list[str]:
    """Commas mark the thousands."""
    return [" ".join(f"{int(text):,}" if text.isdecimal() else text for text in row)]


def _blank_lost_thousands(row: Row, random: Random) -> list[str]:
    """A blank separates thousands and an empty cell leaves no mark, so the count still fits."""
    at = _figures(row)
    places = range(at, len(row))
    large = [place for place in places if row[place].isdecimal() and len(row[place]) > 3]
    small = sorted({*places} - {*large})
    if len(row) - at == 7 and len(large) == 1 and small:
        row = [*row[: small[0]], *row[small[0] + 1 :]]
    return _thousands(row, random)


# Less than everything is right where a label is broken into single characters, or where two
# figures may be one number of thousands.
KINDS = {
    "rows with single blanks": Kind(_pages(_plain)),
    "rows with single blanks, numbers up to 999": Kind(_pages(_plain, 999), 0.9),
    "rows with single blanks, numbering apart": Kind(_pages(_numbered_apart)),
    "rows with single blanks, heads glued": Kind(_pages(_glued)),
    "rows with single blanks, labels broken": Kind(_pages(_broken), 0.4),
    "rows with single blanks, figures below": Kind(_pages(_figures_below)),
    "rows with single blanks, page numbers": Kind(_pages(_page_numbers), 0.8),
    "rows with single blanks, disputes broken": Kind(_pages(_disputes_broken)),
    "rows with single blanks, empty cells lost": Kind(_pages(_blank_lost, lossy=True)),
    "rows with single blanks, empty before page numbers": Kind(
        _pages(_blank_before_page_number, lossy=True)
    ),
    "rows with single blanks, thousands with commas": Kind(_pages(_comma_thousands, 9999), 0.8),
    "rows with single blanks, thousands parted": Kind(_pages(_thousands, 9999, lossy=True)),
    "rows with single blanks, thousands parted, cells lost": Kind(
        _pages(_blank_lost_thousands, 9999, lossy=True)
    ),
}
