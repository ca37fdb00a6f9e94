"""What is drawn by a path: its corners, what they enclose, and whether its colour can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.formats.pdf.printed_page import Rectangle


def bounds(points: Sequence[tuple[float, float]]) -> Rectangle:
    """Return the smallest box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


def subpaths(path: Sequence[tuple[object, ...]]) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path; a part with curves shows no ruling line."""
    points: list[tuple[float, float]] = []
    straight = True
    for operator, *numbers in path:
        if operator == "m":
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        if operator == "h" and points:
            points.append(points[0])
        elif operator in ("m", "l"):
            points.append((float(numbers[0]), float(numbers[1])))  # type: ignore[arg-type]  # these two operators have numbers
        else:
            straight = False
    if straight and len(points) > 1:
        yield points


def is_white(color: object) -> bool:
    """Say whether a colour cannot be seen on paper; four parts are inks, the others light."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return (
        all(part < 0.02 for part in parts)
        if len(parts) == 4
        else all(part > 0.98 for part in parts)
    )
