"""Collects a page's metadata (title, date, address, site) and the elements that are not shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from indexer.formats.html.form_fields import FIELDS
from indexer.formats.html.pruning import UNSEEN
from indexer.formats.whitespace import one_line
from indexer.forms.form_words import names_report

_UNSEEN = frozenset([*UNSEEN, "head"])
_DATE = re.compile(r"(20\d\d)[-/年.](\d{1,2})[-/月.](\d{1,2})(?![\d\ufffd])")
_TITLE_NAMES = ("articletitle", "title", "og:title")
_DATE_NAMES = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "firstpublishedtime",
    "createdate",
)
_SITE_NAMES = ("sitename", "og:site_name", "contentsource")
_TITLE_BREAK = re.compile(r"\s*[_|｜–—-]+\s*")
_SITE_LINE = re.compile(
    r"(?:当前|所在|您的)位置|您(?:现在)?(?:所)?在的?位置|^\s*首页\s*$|主\s*办\s*(?:单位|方)?\s*[：:]|版权所有\s*[：:]"
)
_LABELS = {
    "title": re.compile(
        r"(?:(?:信\s*息|文\s*件|公\s*文|文\s*章)\s*)?(?:名\s*称|标\s*题)\s*(?:[：:]\s*(?P<value>.*))?"
    ),
    "date": re.compile(
        r"(?:公开|发布|成文|生成|发文)\s*(?:日\s*期|时\s*间)\s*(?:[：:]\s*(?P<value>.*))?"
    ),
}
"""Labels in a table of metadata beside the article; the value is behind it or in the next cell."""
_LABEL_STARTS = frozenset("信文公名标发成生")
_SHORTEST_SITE_LINE, _LONGEST_SITE_LINE = 12, 160


@dataclass
class PageMetadata:
    """The result of one walk over a page.

    `unseen` are elements and comments that a browser does not show, `fields` those of forms.
    """

    metas: dict[str, str] = field(default_factory=dict)
    headings: list[Tag] = field(default_factory=list)
    head_title: Tag | None = None
    canonical: str | None = None
    unseen: list[PageElement] = field(default_factory=list)
    site_lines: list[NavigableString] = field(default_factory=list)
    fields: list[Tag] = field(default_factory=list)
    labelled: dict[str, str] = field(default_factory=dict)

    def title(self) -> str | None:
        """Return the article's title, or None.

        In this order: the CMS's own field, the first heading that names a report, the title in a
        table of metadata if it names one, other metadata, <title>.
        """
        heading = next(filter(names_report, map(_text, self.headings)), None)
        page = _text(self.head_title) if self.head_title else None
        return (
            self._meta(_TITLE_NAMES[:1])
            or heading
            or self._labelled_title()
            or self._meta(_TITLE_NAMES[1:])
            or page
            or None
        )

    def published(self) -> date | None:
        """Return the date of publication: from the metadata, or beside the title in their table."""
        beside = self.labelled.get("date") if self._labelled_title() else None
        match = _DATE.search(self._meta(_DATE_NAMES) or beside or "")
        if not match:
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None

    def origin(self) -> str | None:
        """Return the page's own address."""
        address = self.canonical or self._meta(("og:url", "url"))
        return address if address and address.startswith(("http://", "https://")) else None

    def site(self) -> tuple[str, ...]:
        """Return what names the site: its name in the metadata, breadcrumbs, and who runs it."""
        found = [self._meta(_SITE_NAMES) or ""]
        found += _TITLE_BREAK.split(_text(self.head_title) if self.head_title else "")[1:]
        found += [_line_around(string) for string in self.site_lines]
        return tuple(dict.fromkeys(text for text in found if text))

    def _labelled_title(self) -> str | None:
        title = self.labelled.get("title", "")
        return title if names_report(title) else None

    def _meta(self, names: tuple[str, ...]) -> str | None:
        return next((self.metas[name] for name in names if name in self.metas), None)


def survey_page(soup: BeautifulSoup) -> PageMetadata:
    """Walk over a page once."""
    page = PageMetadata()
    label: str | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            _note_tag(page, node)
        elif isinstance(node, Comment):
            page.unseen.append(node)
        elif isinstance(node, NavigableString):
            if _SITE_LINE.search(node):
                page.site_lines.append(node)
            label = _note_labelled(page, node, label)
    return page


def _note_labelled(page: PageMetadata, string: NavigableString, label: str | None) -> str | None:
    """Note the value of a label that a string holds, or follows; return the label that it is."""
    text = string.strip()
    if not text:
        return label
    if label:
        page.labelled.setdefault(label, one_line(text))
        return None
    if text[0] not in _LABEL_STARTS:
        return None
    for name, pattern in _LABELS.items():
        match = pattern.fullmatch(text)
        if match and match["value"]:
            page.labelled.setdefault(name, one_line(match["value"]))
        elif match:
            return name
    return None


def _note_tag(page: PageMetadata, tag: Tag) -> None:
    name = tag.name
    if name in _UNSEEN:
        page.unseen.append(tag)
    elif name in FIELDS:
        page.fields.append(tag)
    elif name == "meta":
        key = str(tag.get("name") or tag.get("property") or "").lower()
        content = str(tag.get("content") or "").strip()
        if key and content:
            page.metas.setdefault(key, content)
    elif name in ("h1", "h2"):
        page.headings.append(tag)
    elif name == "title" and page.head_title is None:
        page.head_title = tag
    elif (
        name == "link" and "canonical" in str(tag.get("rel", "")).split() and page.canonical is None
    ):
        page.canonical = str(tag.get("href") or "") or None


def _line_around(string: NavigableString) -> str:
    """Return the line a string stands on, as far as it is short enough to be one."""
    tag, text = string.parent, ""
    if tag is None or tag.name in _UNSEEN:
        return ""
    while tag is not None and len(text) < _SHORTEST_SITE_LINE and tag.name not in ("body", "html"):
        text, tag = _way(tag), tag.parent
    return text if len(text) <= _LONGEST_SITE_LINE else ""


def _way(tag: Tag) -> str:
    """Return the text of a tag; the items of a list are separated by ` > `, as breadcrumbs are."""
    steps = [_text(item) for item in tag.find_all("li")]
    return " > ".join(step for step in steps if step) if len(steps) > 1 else _text(tag)


def _text(tag: Tag) -> str:
    return one_line(tag.get_text())
