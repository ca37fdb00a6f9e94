"""What a report says of its body's place, and where the body is by it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.places.gazetteer import Area


@dataclass(frozen=True, slots=True)
class PlaceClues:
    """What a report says of its body's place, folded (`text.fold`). Each passage begins with the name it is given for.

    `title` is the body's name as the title has it; `own` where the body names itself; `near` addresses, contacts and
    sites of its superiors; `source` what the page says around the report; `narrative` all of the text; `origin` is the
    page's address; `year` the year reported on.
    """

    title: str = ""
    own: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    narrative: str = ""
    origin: str = ""
    year: int | None = None

    @property
    def printed(self) -> str:
        """All that the report itself prints, for looking up whether a name stands there."""
        return "\n".join((self.title, *self.own, *self.near, self.narrative))


@dataclass(frozen=True, slots=True)
class BodyLocation:
    """Where a body is: `areas` are the places that it can still be or lie in, `zone` and `township` its printed names.

    `astray` are the places of the township's name when none of them lies where the body says it is. `hosted` says that the
    site's address decided.
    """

    areas: tuple[Area, ...] = ()
    zone: str | None = None
    township: str | None = None
    astray: tuple[Area, ...] = ()
    hosted: bool = False
