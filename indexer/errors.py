"""Every error the project raises on purpose.

A message says which thing, what is wrong with it, and what to do, as a code of `messages/` with
parameters. HTTP status codes are not here: the site alone knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

from indexer.records import Message, Param


class NianbaoError(Exception):
    """The root of all errors raised on purpose: a code of `messages/` and its parameters.

    `str(error)` is for tracebacks; `messages.render(error.message, language)` is for people.
    """

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def message(self) -> Message:
        """The sentence for people, in no language yet."""
        return Message.of(self.code, **self.params)

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({said})" if said else self.code


class ConfigError(NianbaoError):
    """A setting is malformed or points nowhere; raised at start, names the setting."""


class RemovalRefused(NianbaoError):
    """A run would remove so much that the corpus is more likely missing than deleted."""


class FormError(NianbaoError):
    """A form description (`forms/*.toml`) is inconsistent; names the file and the row."""


class SourceError(NianbaoError):
    """A report file cannot be used. The file is skipped and recorded, the run goes on.

    `path` is the file as the user knows it, and the parameter `path` of its message.
    """

    def __init__(self, path: str, code: str, /, **params: Param) -> None:
        super().__init__(code, path=path, **params)
        self.path = path

    def __reduce__(self) -> tuple[Callable[[], SourceError], tuple[()]]:
        return partial(type(self), self.path, self.code, **self._details()), ()

    def about(self, path: str) -> Self:
        """Return the same error of another file, one that holds the same bytes."""
        return type(self)(path, self.code, **self._details())

    def _details(self) -> dict[str, Param]:
        return {name: value for name, value in self.params.items() if name != "path"}

    @property
    def kind(self) -> str:
        """The class name, e.g. ``TooLarge``: stable, for JSON output and counts."""
        return type(self).__name__


class UnreadableFile(SourceError):
    """The file or folder cannot be opened: permission, a broken link, an input/output error."""


class UnsupportedFormat(SourceError):
    """The content is in no format that can be read."""


class UndecodableText(SourceError):
    """The content looks like text, but in no charset that decodes it."""


class NoTextLayer(SourceError):
    """A document of page images without text."""


class NotAReport(SourceError):
    """The file can be read, but holds no yearly report on freedom-of-information work."""


class TooLarge(SourceError):
    """The file, or what it unpacks to, is over the limit."""


class Encrypted(SourceError):
    """The file needs a password."""


class BrokenFile(SourceError):
    """The file is in a known format but damaged, or made the reader fail."""


class QueryError(NianbaoError):
    """A query cannot be read.

    `text` is the query, `at` the offset of the fault in it, `suggestion` a query that works.
    """

    def __init__(
        self, code: str, /, text: str, at: int, suggestion: str | None = None, **params: Param
    ) -> None:
        super().__init__(code, **params)
        self.text = text
        self.at = at
        self.suggestion = suggestion


class ReportNotFound(NianbaoError):
    """No report has this id."""

    def __init__(self, report_id: str) -> None:
        super().__init__("report.not_found", id=report_id)
        self.report_id = report_id


class EngineError(NianbaoError):
    """The search engine failed."""


class IndexMissing(EngineError):
    """There is no index yet."""


class IndexOutdated(EngineError):
    """The index was written by another version of the program."""


class EngineBusy(EngineError):
    """Another process is writing the index."""
