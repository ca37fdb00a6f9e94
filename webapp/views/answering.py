"""One answer as a page or as JSON, from the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from flask import Response, jsonify, make_response, render_template, request

from webapp.negotiation import wants_json


class PageShape(Protocol):
    """What one address shows: the values of a template, and the published JSON."""

    template: ClassVar[str]

    def page_values(self) -> Mapping[str, Any]:
        """Return what the template shows."""

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict."""


def answer(shape: PageShape) -> Response:
    """Return the page or the JSON of a shape, whichever the visitor wants."""
    if request.path.endswith(".json"):
        return jsonify(shape.to_dict())
    if wants_json():
        response = jsonify(shape.to_dict())
    else:
        response = make_response(render_template(shape.template, **shape.page_values()))
    response.vary.add("Accept")
    return response
