"""Compares two checkouts on one corpus: both index it and answer the same requests."""

from __future__ import annotations

import json
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape
from itertools import zip_longest
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeVar
from urllib.parse import quote

from bench.checkouts.answers import Comparer, Expected, Pair, Tally
from bench.checkouts.checkout import Answer, Checkout, Site

_T = TypeVar("_T")
_R = TypeVar("_R")
_FILES, _LINKS = 100, 400
_TRIES, _PATIENCE = 3, 50
"""How often to ask before an answer counts as different, while no more than 50 do."""
_NAMED = 120
"""So many characters of what is said of a file stand for it: its path is among them."""
_PAGE, _SECTIONED, _EXPLAINED = 8, 40, 25
"""Every so many reports one is asked for as a page, section by section, and why it is found."""
_FORMS = ("proactive", "requests", "disputes")
_SECTIONS = ("preamble", "overview", *_FORMS, "problems", "other", "closing")
_WHY = ("政务公开", "公开 层级:乡镇", "依申请公开 -微信", "行政诉讼=0", "拆迁 OR 信访*")
_LINK = re.compile(r'(?:href|action)="(/[^"#]+)')
_INDEXING = ("index --quiet", "index --quiet --dry-run")
_COMMANDS = ("status --json", "failures --json", "search 层级:乡镇 行政诉讼>0 --csv")
_MORE_COMMANDS = (
    *("--help", "index --help", "read --help", "search --help", "serve --help", "nonsense"),
    *("status", "failures", "read nowhere.txt", "index nowhere"),
    *("search 败诉最多的乡镇 --json", "search 魑魅 拆迁", "search 依申请公开 --no-synonyms"),
)
_READING = ("read --json", "read --explain", "read")


@dataclass(slots=True)
class Comparison:
    """Two checkouts, the old first, on a corpus called `name`; `tally` counts their answers."""

    name: str
    pair: tuple[Checkout, Checkout]
    expected: Expected
    tally: Tally
    pool: ThreadPoolExecutor
    every_command: bool
    """Whether to try more than a few commands, each of which takes seconds to start."""
    comparer: Comparer = field(init=False)
    links: dict[str, None] = field(default_factory=dict)

    def run(self) -> None:
        """Index, read, search: compare everything."""
        self.comparer = Comparer(self.expected, ({}, {}))
        self._say("indexing")
        for number, line in enumerate(_INDEXING, 1):
            self._command(line, f"{number}. {line}")
        old, new = self._both(Checkout.own_words, self.pair)
        self.comparer = Comparer(self.expected, (old, new))
        for line in (*_COMMANDS, *(_MORE_COMMANDS if self.every_command else ())):
            self._command(line, line)
        self._say("reading files")
        files = _spread(_files(self.pair[0].corpus), _FILES)
        for line in _READING:
            self._read(line, files)
        with ExitStack() as stack:
            first, second = (stack.enter_context(one.serve()) for one in self.pair)
            self._say("asking both sites")
            for address in _addresses(first):
                self._ask((first, second), address)
            for address in _spread(list(self.links), _LINKS):
                self._ask((first, second), address)

    def _say(self, what: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {self.name}: {what}", file=sys.stderr, flush=True)

    def _both(self, work: Callable[[_T], _R], pair: Iterable[_T]) -> tuple[_R, _R]:
        first, second = self.pool.map(work, pair)
        return first, second

    def _command(self, line: str, name: str) -> None:
        done = self._both(lambda one: one.run(*line.split(" ")), self.pair)
        old, new = (Answer(_mime(line), _outcome(one), one.stdout) for one in done)
        self._note("commands", f"nianbao {name}", self.comparer.compare(old, new))

    def _read(self, line: str, files: Sequence[Path]) -> None:
        """Compare the output of `nianbao read` file by file, then its errors."""
        names = [str(file) for file in files]
        done = self._both(lambda one: one.run(*line.split(" "), *names), self.pair)
        split = _by_line if "--json" in line else _by_file
        parts = [split(one.stdout) for one in done]
        for texts in zip_longest(*parts, fillvalue=""):
            old, new = (Answer(_mime(line), "", text) for text in texts)
            self._note(line, old.text[:_NAMED], self.comparer.compare(old, new))
        old, new = (Answer("text/plain", _outcome(one), "") for one in done)
        self._note(line, "standard error", self.comparer.compare(old, new))

    def _ask(self, sites: tuple[Site, Site], address: str) -> None:
        """Compare an address; ask again where answers differ, since time limits cut some hints
        short.
        """
        most = _TRIES if self.tally.different < _PATIENCE else 1
        tries, pair = 0, None
        while not tries or (pair and tries < most):
            old, new = self._both(lambda site: site.ask(address), sites)
            pair = self.comparer.compare(old, new)
            tries += 1
        if old.mime == "text/html":
            self.links.update(dict.fromkeys(map(unescape, _LINK.findall(old.text))))
        self._note(_kind(address, old), address, pair, tries > 1)

    def _note(self, kind: str, name: str, pair: Pair | None, again: bool = False) -> None:
        self.tally.note(f"{self.name}: {kind}", name, pair, again)


def _mime(line: str) -> str:
    return "application/json" if "--json" in line else "text/plain"


def _outcome(done: CompletedProcess[str]) -> str:
    return f"exit status {done.returncode}\n{done.stderr}"


def _by_line(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _by_file(text: str) -> list[str]:
    """Split what is said of several files where a line begins with the path of one."""
    return [part for part in re.split(r"^(?=/)", text, flags=re.MULTILINE) if part]


def _files(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.rglob("*") if path.is_file() and path.suffix != ".csv")


def _spread(things: Sequence[_T], most: int) -> list[_T]:
    """Return at most `most` things, evenly spread over all."""
    count = min(most, len(things))
    return [things[at * len(things) // count] for at in range(count)]


def _addresses(site: Site) -> Iterator[str]:
    """Yield every address to request."""
    asked = _questions()
    ids = list(_ids(site))
    yield from (path.replace("{id}", ids[0]) for path in asked["paths"])
    arguments = [f"q={quote(query, safe='')}" for query in asked["queries"]]
    for one in (*arguments, *asked["searches"]):
        yield from (f"/search?{one}", f"/search.json?{one}")
    yield from (f"/suggest.json?q={quote(text, safe='%')}" for text in asked["typed"])
    for number, report in enumerate(ids):
        yield from _of_report(f"/reports/{report}", number, len(ids))


def _questions() -> Mapping[str, list[str]]:
    file = Path(__file__).with_name("questions.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _ids(site: Site) -> Iterator[str]:
    page = 1
    while True:
        found = json.loads(site.ask(f"/search.json?size=100&sort=-year&page={page}").text)
        yield from (hit["id"] for hit in found["results"])
        if not found["results"]:
            return
        page += 1


def _of_report(path: str, number: int, reports: int) -> Iterator[str]:
    """Yield the addresses of report `number`: its JSON always, others now and then."""
    few = reports < _SECTIONED
    yield f"{path}.json"
    if few or number % _PAGE == 0:
        yield from (path, f"{path}?q=政府信息公开 OR 拆迁&cells=links", f"{path}/source")
    if few or number % _SECTIONED == 0:
        for section in _SECTIONS:
            yield from (f"{path}/{section}", f"{path}/{section}.json")
    if few or number % _EXPLAINED == 0:
        for words in _WHY:
            yield from (f"{path}/why?q={quote(words)}", f"{path}/why.json?q={quote(words)}")


_KINDS = (
    (r"/suggest\.json", "suggestions"),
    (r"/search", "searches"),
    (r"/reports/[^/]+/source", "original files"),
    (r"/reports/[^/]+/why", "why"),
    (r"/reports/[^/?]+/", "sections"),
    (r"/reports/", "reports"),
    (r"", "other pages"),
)


def _kind(address: str, old: Answer) -> str:
    path = address[address.index("/") :]
    kind = next(name for pattern, name in _KINDS if re.match(pattern, path))
    form = "JSON" if old.mime.endswith("json") else "HTML" if old.mime == "text/html" else ""
    refused = "refused" if old.refused else ""
    return ", ".join(filter(None, [kind, form, refused]))
