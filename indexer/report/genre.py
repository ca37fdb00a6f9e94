"""Tells reports from what only has a report's title or tables: templates, lists, data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.records import Block, Document, Grid, Line, Message
from indexer.report.identity.printed_dates import YEAR
from indexer.report.identity.title_lines import is_title
from indexer.report.identity.title_location import Headline, is_about_reports
from indexer.report.identity.title_parsing import read_title, split_site
from indexer.report.sections.openings import find_openings
from indexer.report.tables.form_grids import ParsedGrid
from indexer.text.folding import fold

_TITLE = re.compile(
    r"[^\s。；;:：、，,|<>{}\"'=]{0,40}(?:信息|政务)公开[^\s。；;，,|<>{}\"'=]{0,10}(?:报告|年报)"
)
_MAX_BESIDE = 30
"""Characters beside the title on a line of a list: a number, a date, an address."""
_ADDRESS = re.compile(r"https?://[!-~]+|/[\w./?=&-]{4,}", re.ASCII)
_MAX_LISTED_LENGTH = 5000
"""Characters of a line that are searched for titles."""
_OTHER_PAGES = re.compile("^[上下]一[篇条页]|相关|附件|当前位置|所在位置|首页")
_SEARCH = re.compile(
    r"(?:(?:站内|全站|全文|高级)?(?:搜索|检索)|(?:搜索|检索|查询)结果)(?:[_\-|—\s].*)?"
)
_MIN_SECTIONS = 2
"""Sections that make a report, whatever it lists besides."""
_MIN_LISTED = 2
"""Titles that make a list of reports."""

_WORDS = (
    "import|from|def|class|function|var|let|const|return|if|for|while|elif|else|try|print|public|"
    "private|package|using|SELECT|INSERT|UPDATE|CREATE|VALUES"
)
_CODE = re.compile(
    r"[\[\]{}(),;\s]+|\s*[\"'][\w .-]+[\"']\s*:.*|\s*[\[{(]+\s*[\"'{\[].*|\s*</?[\w?!].*"
    r"|[^\u4e00-\u9fff]*[{;]\s*|.*[\"')\]}]\s*;\s*|\[[\w. -]+\]|(?:#!|//|/\*|\*/|--\s).*"
    rf"|\s*(?:{_WORDS})\b[^\u4e00-\u9fff]*(?:[\"'(].*)?|[A-Za-z_@][\w.]*\(.*\)?\s*[;:,]?"
    r"|\s*[A-Za-z_][\w.\[\]-]*\s*(?::|[:+]?=)(?!//)\s*\S.*|\s*(?:-\s+)?[A-Za-z_][\w-]*:",
    re.DOTALL,
)
"""A line of a program, of JSON, YAML, INI, SQL or markup."""
_LOGGED = re.compile(
    r"\[?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]+)?\d{1,2}:\d{2}:\d{2}"
    r"(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?[\s,|].*"
)
_RECORD = re.compile(
    r"(?=.*[A-Za-z])[\w .-]+(?:[,;\t|][\w .-]+)+"
    r"|[^，。]*(?:报告|年报)[\"']?[,;\t|][!-~\s]*\w[!-~\s]*",
    re.ASCII,
)
"""A list item with separators: words in Latin letters, or a title with an address or number."""
_MIN_SHARE_OF_CODE = 0.5
"""The share of lines of a program or of data."""

_NAMED = "(?=[省市县区乡镇局年(（])"
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸｘ]{2,}(?![A-Za-z])|[×✕╳✖＊]{2,}|20[XxＸｘ×_＿*]{1,2}年"
    rf"|(?:(?<!\*)\*{{2,4}}|[_＿]{{2,}}|[○〇◯□]{{2,4}}|…+|\.{{3,}}){_NAMED}"
    r"|[（(【\[{](?:请|填写|此处)*(?:本?(?:单位|机关|机构|部门)(?:全称|名称)?|年份|年度|地区)[）)】\]}]"
)
"""Placeholders of a template for the name of a body or a year."""
_YEARS = re.compile(rf"{YEAR}|[\d〇零一二三四五六七八九贰叁肆伍陆柒捌玖]\s?年")
"""A year in the title, also a misprinted one or one of two: 2019—2020年, 20 23年."""

_IN_YEAR = re.compile(rf"{YEAR}年")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_MIN_LATIN_LETTERS = 150
"""Letters of a text that can be called Latin."""
_MIN_SENTENCE_LENGTH = 12
"""Characters of a sentence."""
_MAX_SAMPLE = 300
"""Characters of a line and lines of a document that tell what they are."""
_HINT = re.compile("勾稽关系|此处|填写|填报|请")
_HEAD_LINES = 12
_MAX_TITLE_LENGTH = 60


def find_other_genre(
    document: Document, title: Headline | None, readings: Sequence[ParsedGrid]
) -> Message | None:
    """Return what a document is instead of a report; None for a report or without a sign."""
    if any(map(is_filled, readings)):
        return None
    lines = _lines(document)
    if _is_machine_made(lines) or _is_titled_code(document, title):
        return Message.of("source.not_a_report.machine_made")
    if _is_about_reports(document, title):
        return Message.of("source.not_a_report.about_reports")
    if _is_blank_template(document, lines, title, readings):
        return Message.of("source.not_a_report.blank_template")
    if _is_search_page(document, lines):
        return Message.of("source.not_a_report.search_page")
    listed = 0 if _has_sections(document) else _count_listed(document.blocks)
    return Message.of("source.not_a_report.list_of_reports", count=listed) if listed else None


def _lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def _is_about_reports(document: Document, title: Headline | None) -> bool:
    is_titled = title is not None or is_title(split_site(document.title or "")[0])
    return not is_titled and is_about_reports(document.blocks)


def _is_titled_code(document: Document, title: Headline | None) -> bool:
    if title is None or _has_sections(document):
        return False
    return _CODE.fullmatch(title.text) is not None


def _has_sections(document: Document) -> bool:
    return len({opening.heading.key for opening in find_openings(document.blocks)}) >= _MIN_SECTIONS


def _is_search_page(document: Document, lines: Sequence[str]) -> bool:
    """Return whether a page without sections and prose is one of what was searched for."""
    if _has_sections(document) or any(map(_is_prose, lines)):
        return False
    return any(map(_SEARCH.fullmatch, (document.title or "", *lines[:_HEAD_LINES])))


def is_filled(reading: ParsedGrid) -> bool:
    """Return whether a table has a number in any row of a form; a blank template has none."""
    return any(
        any(character.isdigit() for character in cell.text)
        for row in reading.rows
        for cell in row.values
    )


def _is_machine_made(lines: Sequence[str]) -> bool:
    """Return whether at least half of the lines are a program's, those of data or of a log."""
    begun = [line[:_MAX_SAMPLE] for line in lines[:_MAX_SAMPLE]]
    made = [
        line for line in begun if any(kind.fullmatch(line) for kind in (_CODE, _LOGGED, _RECORD))
    ]
    return (bool(made) and len(made) >= _MIN_SHARE_OF_CODE * len(begun)) or _is_latin(
        "".join(begun)
    )


def _is_latin(text: str) -> bool:
    """Return whether a text is one of Latin letters with a title among them, addresses apart."""
    said = _ADDRESS.sub("", text)
    latin, han = len(_LATIN.findall(said)), len(_HAN.findall(said))
    return latin > _MIN_LATIN_LETTERS and latin > 2 * han


def _is_blank_template(
    document: Document,
    lines: Sequence[str],
    title: Headline | None,
    readings: Sequence[ParsedGrid],
) -> bool:
    """Return whether this is a blank form: body, year and numbers are placeholders or absent."""
    if any(map(_has_placeholder, lines[:_HEAD_LINES])):
        return True
    printed = title.text if title else ""
    has_rows = any(reading.rows for reading in readings)
    if not has_rows and not (printed and _has_sections(document)):
        return False
    is_named = not has_rows or bool(read_title(printed).body)
    return not (is_named and _is_dated(printed, lines)) and not any(map(_is_prose, lines))


def _is_dated(title: str, lines: Sequence[str]) -> bool:
    return bool(_YEARS.search(title)) or any(_IN_YEAR.search(fold(line)) for line in lines)


def _has_placeholder(line: str) -> bool:
    """Return whether a line is a report's title with a placeholder in it."""
    is_title_line = len(line) <= _MAX_TITLE_LENGTH and _TITLE.search(fold(line))
    return bool(is_title_line and _PLACEHOLDER.search(line))


def _is_prose(line: str) -> bool:
    sentences = line.split("。")[:-1]
    said = any(
        len(sentence) >= _MIN_SENTENCE_LENGTH and _HAN.search(sentence) for sentence in sentences
    )
    return said and not _HINT.search(line) and not _PLACEHOLDER.search(line)


def _count_listed(blocks: Sequence[Block]) -> int:
    """Count the reports that a page lists; 0 where prose may make it a report beside the list."""
    texts = list(_texts(blocks))
    listed = {title for text in texts for title in _listed(text)}
    prose = sum(1 for text in texts if _is_prose(text))
    return len(listed) if len(listed) >= _MIN_LISTED and prose < len(listed) - 1 else 0


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.text for row in block.rows for cell in row)
        else:
            yield block.text


def _listed(text: str) -> Iterator[tuple[str, int]]:
    """Yield the body and the year of each report that a line does no more than name."""
    if "公" not in text:
        return
    folded = _ADDRESS.sub(" ", fold(text[:_MAX_LISTED_LENGTH]))
    titles = _TITLE.findall(folded)
    beside = len(folded) - sum(map(len, titles))
    if _OTHER_PAGES.search(folded) or beside > _MAX_BESIDE * max(1, len(titles)):
        return
    for title in titles:
        said = read_title(title)
        if said.year:
            yield fold(said.body), said.year
