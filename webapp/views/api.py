"""The JSON of every page: the same query, the same records, for machines."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.records import Report, Section
from indexer.search.suggest.empty_parts import count_parts, describe_parts
from indexer.search.suggest.meant_conditions import find_meant_searches
from indexer.serialise.report_json import report_to_dict
from webapp.arguments.option_arguments import is_form
from webapp.arguments.printing import build_search
from webapp.lookups.completion import complete, completions_to_dict
from webapp.negotiation import worded
from webapp.permalinks import WHY_PATTERN, report_path, rooted, search_path, section_path
from webapp.shapes.about_page import METHOD, Topic
from webapp.shapes.did_you_mean import correction_to_dict, find_correction
from webapp.shapes.help_page import build_guide
from webapp.shapes.home_page import overview_to_dict
from webapp.shapes.meant_searches import offers_to_list, parts_to_list
from webapp.shapes.search_json import page_to_dict
from webapp.shapes.why import explanation_to_dict
from webapp.site import asked_query, given_pairs, site
from webapp.views.problems import SectionNotFound, list_problems

api = Blueprint("api", __name__)


@api.get("/.json")
@api.get("/index.json")
def home_json() -> Response:
    """What is in the corpus."""
    return jsonify(overview_to_dict(site().overviews.read(), site().address))


@api.get("/search.json")
def search_json() -> AnyResponse:
    """The answer to a search."""
    query = asked_query()
    if is_form(given_pairs()):
        return redirect(search_path(build_search(query), ".json"))
    engine, address = site().engine, site().address
    page = engine.search(query)
    correction = correction_to_dict(find_correction(page, engine), address)
    parts = count_parts(page, engine)
    shape = page_to_dict(page, address)
    shape["did_you_mean"] = correction
    shape["meant"] = offers_to_list(find_meant_searches(page, engine), address)
    shape["parts"] = parts_to_list(parts)
    shape["nothing"] = describe_parts(parts, page.unjudged)
    return jsonify(shape)


@api.get("/suggest.json")
def suggest_json() -> Response:
    """Bodies, places and conditions that complete what is being typed."""
    typed = request.args.get("q", "")
    return jsonify(completions_to_dict(typed, complete(typed, site().engine)))


@api.get("/reports/<report_id>.json")
def report_json(report_id: str) -> Response:
    """A report, in the shape that `nianbao read --json` prints."""
    return jsonify(report_to_dict(site().engine.get(report_id)))


@api.get(f"{WHY_PATTERN}.json")
def why_json(report_id: str) -> Response:
    """Why a search finds a report and ranks it so."""
    told = site().engine.explain(asked_query(), report_id)
    return jsonify(explanation_to_dict(told, site().address))


@api.get("/reports/<report_id>/<section>.json")
def section_json(report_id: str, section: str) -> Response:
    """One section of a report with its cells and the findings about it."""
    found = site().engine.get(report_id)
    return jsonify(_section_to_dict(found, find_section(found, section)))


@api.get("/help.json")
def help_json() -> Response:
    """The query language in examples, and every kind of problem."""
    chapters = [
        {
            "title": chapter.title,
            "text": chapter.intro,
            "examples": [
                {
                    "q": one.text,
                    "meaning": one.meaning,
                    "url": site().address(search_path([("q", one.text)], ".json")),
                }
                for one in chapter.examples
            ],
        }
        for chapter in build_guide()
    ]
    problems = [
        {"type": f"{rooted('/help')}#{kind}", "status": status, "title": title}
        for kind, status, title in list_problems()
    ]
    return jsonify({"chapters": chapters, "problems": problems})


@api.get("/about.json")
def about_json() -> Response:
    """Method and limits."""
    return jsonify({"topics": [_topic_to_dict(topic) for topic in METHOD]})


def find_section(report: Report, key: str) -> Section:
    """Return a section of a report; SectionNotFound without one."""
    for section in report.sections:
        if section.key == key:
            return section
    if any(cell.key.startswith(f"{key}.") for cell in report.cells):
        return Section(key, None)
    raise SectionNotFound(
        report.id, key, tuple((one.key, one.heading or one.key) for one in report.sections)
    )


def _section_to_dict(report: Report, section: Section) -> dict[str, Any]:
    whole = report_to_dict(report)
    paragraphs = {paragraph.number for paragraph in section.paragraphs}
    printed: dict[str, Any] = next(
        (one for one in whole["sections"] if one["key"] == section.key), {"key": section.key}
    )
    return {
        "report": {
            name: whole[name] for name in ("id", "title", "body", "level", "region", "year", "form")
        },
        "url": site().address(section_path(report.id, section.key)),
        "report_url": site().address(report_path(report.id)),
        **printed,
        "cells": {
            key: cell for key, cell in whole["cells"].items() if key.startswith(f"{section.key}.")
        },
        "findings": [
            finding
            for finding in whole["findings"]
            if any(key.startswith(f"{section.key}.") for key in finding["cells"])
            or any(passage["paragraph"] in paragraphs for passage in finding["passages"])
        ],
    }


def _topic_to_dict(topic: Topic) -> dict[str, Any]:
    return {
        "key": topic.key,
        "title": topic.title,
        "text": topic.text,
        "terms": {str(worded(term)): meaning for term, meaning in topic.terms},
        "after": topic.after,
    }
