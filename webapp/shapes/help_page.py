"""The query language in examples. Every one of them runs: the tests see to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexer.filetypes import typed_names
from indexer.records import Message
from indexer.search.catalogue.rules import rules
from webapp.arguments.record import UrlArgument
from webapp.names import in_both
from webapp.permalinks import rooted, search_path


@dataclass(frozen=True, slots=True)
class Example:
    """What one types, and what it means."""

    text: str
    meaning: Message


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples of one kind."""

    title: Message
    intro: Message
    examples: tuple[Example, ...]


def _chapter(key: str, **examples: str) -> Chapter:
    """Return a chapter; `messages/` has its words under its key and those of its examples."""
    prefix = f"page.guide.{key}"
    return Chapter(
        Message.of(f"{prefix}.title"),
        Message.of(f"{prefix}.intro"),
        tuple(Example(text, _meaning(f"{prefix}.{name}")) for name, text in examples.items()),
    )


def _meaning(code: str) -> Message:
    if code != "page.guide.report.file_type":
        return Message.of(code)
    names = zip(typed_names("zh"), typed_names("en"), strict=True)
    first, *others = (in_both(chinese, other) for chinese, other in names)
    return Message.of(code, first=first, others=tuple(others))


GUIDE = (
    _chapter(
        "text",
        both_words="拆迁 征地",
        literal='"信息公开保密审查"',
        numerals='"二〇一九年"',
        either="拆迁 OR 征地",
        either_sign="拆迁｜征地",
        without="政务公开 -微信",
        without_word="政务公开 NOT 微信",
        both_word="拆迁 AND 征地",
        brackets="政务公开 (微信 OR 微博)",
        prefix="信访*",
        section="章节:问题 人员",
    ),
    _chapter(
        "synonyms",
        also="依申请公开",
        abbreviation="发改委 年份:2019",
        inside_run="12345热线",
        quoted='"依申请公开"',
        excluded="公开 -申请公开",
    ),
    _chapter(
        "typing",
        place="地区:高安",
        body="机构:田南镇",
    ),
    _chapter(
        "report",
        level="层级:乡镇",
        year="年份:2019..2020",
        region="地区:宜春",
        body="机构:田南镇",
        form="格式:2019",
        file_type="文件类型:网页",
        contradiction="问题:矛盾",
        rule="finding:requests.balance",
        excluded="-层级:部门 年份:2019",
    ),
    _chapter(
        "figures",
        litigation="行政诉讼>0",
        spoken="行政诉讼大于0",
        joined="新收申请>100且不予公开>10",
        range="新收申请:1..9",
        row_and_column="行政复议.结果纠正>=1",
        money="采购金额>=100万",
        status="新收申请:空",
        combined="层级:乡镇 行政诉讼=0",
    ),
)


def build_guide() -> tuple[Chapter, ...]:
    """Return all chapters, with one on the rules that reports are checked by."""
    examples = (Example(f"规则:{rule.aliases[0]}", rule.demand) for rule in rules().values())
    rule_chapter = Chapter(
        Message.of("page.guide.rules.title"), Message.of("page.guide.rules.intro"), tuple(examples)
    )
    return (*GUIDE, rule_chapter)


def chapter_to_dict(chapter: Chapter, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the published dict of a chapter; each example has the address that asks it."""
    return {
        "title": chapter.title,
        "text": chapter.intro,
        "examples": [
            {
                "q": example.text,
                "meaning": example.meaning,
                "url": address(search_path([("q", example.text)], ".json")),
            }
            for example in chapter.examples
        ],
    }


def problem_to_dict(kind: str, status: int, title: Message) -> dict[str, Any]:
    """Return the published dict of a kind of problem."""
    return {"type": f"{rooted('/help')}#{kind}", "status": status, "title": title}


def argument_to_dict(argument: UrlArgument) -> dict[str, Any]:
    """Return the published dict of an argument: its name, its meaning, where it applies."""
    return {
        "name": argument.name,
        "meaning": argument.meaning,
        "example": argument.example,
        "repeatable": argument.repeatable,
        "pages": list(argument.pages),
    }
