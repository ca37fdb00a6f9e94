"""The clues that a report gives to its body's place, and the location found by them."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.places.gazetteer import Area


@dataclass(frozen=True, slots=True)
class PlaceClues:
    """The passages of a report about its body's place, folded (`text.fold`).

    `title` is the body's name in the title; `own` are passages where the body names itself, `near`
    addresses, contacts and sites of its superiors, `source` what the page says around the report.
    Each passage begins with the name that it gives. `narrative` is the whole text, `origin` the
    page's address, `year` the year reported on.
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
        """All text that the report itself prints, in which names are looked for."""
        return "\n".join((self.title, *self.own, *self.near, self.narrative))


@dataclass(frozen=True, slots=True)
class BodyLocation:
    """The location of a body: `areas` are the places that it can still be or lie in.

    `zone` and `township` are printed names. `astray` are the places with the township's name when
    none of them lies where the body says it is. `hosted` says that the site's address decided.
    """

    areas: tuple[Area, ...] = ()
    zone: str | None = None
    township: str | None = None
    astray: tuple[Area, ...] = ()
    hosted: bool = False
