"""Section headings numbered in every way, bold, bulleted, bare, broken or joined with prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from random import Random

from indexer.forms.form import read_forms
from indexer.records import Report
from tests.rendering import HEADINGS, Printed, render_html
from tests.rendering_docx import render_docx
from tests.rendering_text import render_text
from tests.variants import Judge, Kind, Variant, Verdict, unless_refused

PROSE = {
    "preamble": [
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等部分组成。"
    ],
    "overview": [
        "主动公开政府信息情况总体平稳，公开渠道不断拓宽。",
        "（一）主动公开政府信息情况",
        "公开目录及时更新。",
    ],
    "problems": ["解读形式单一。"],
    "other": ["没有收取信息处理费。"],
}
_SENTENCES = {
    "overview": "公开目录及时更新",
    "problems": "解读形式单一",
    "other": "没有收取信息处理费",
}
_BARE = {key: heading.split("、", 1)[1] for key, heading in HEADINGS.items()}
_HAN, _BIG, _ROMAN = "一二三四五六", "壹贰叁肆伍陆", "ⅠⅡⅢⅣⅤⅥ"
_BULLETS = "•·●■◆▪◇★○➢►✓‣\uf06c\uf0d8"


def _bulleted(mark: str, at: int, words: str) -> str:
    return f"{mark} {words}"


DECORATIONS: Mapping[str, Callable[[str], str]] = {
    "as printed": lambda text: text,
    "bold": lambda text: f"**{text}**",
    "bold with underscores": lambda text: f"__{text}__",
    "bold and italic": lambda text: f"***{text}***",
    "hashes": lambda text: f"### {text}",
    "hashes and bold": lambda text: f"## **{text}**",
    "closed hashes": lambda text: f"## {text} ##",
    "bold in a list": lambda text: f"- **{text}**",
    "quoted": lambda text: f"> **{text}**",
    "centred": lambda text: f"<center>**{text}**</center>",
    "tagged bold": lambda text: f"<b>{text}</b>",
    "tagged strong": lambda text: f"<strong>{text}</strong>",
    "linked": lambda text: f"[{text}](#_Toc1)",
    "anchored": lambda text: f"<a name='a'></a>{text}",
    "with an id": lambda text: f"## {text} {{#a}}",
    "letter-spaced": lambda text: " ".join(text),
    "in brackets": lambda text: f"【{text}】",
    "indented": lambda text: f"　　{text}",
    "with a colon": lambda text: f"{text}：",
    "with a stop": lambda text: f"{text}。",
    "with a remark": lambda text: f"{text}（略）",
}
NUMBERINGS: Mapping[str, Callable[[int, str], str]] = {
    "一、": lambda at, words: f"{_HAN[at]}、{words}",
    "一.": lambda at, words: f"{_HAN[at]}.{words}",
    "一．": lambda at, words: f"{_HAN[at]}．{words}",
    "一：": lambda at, words: f"{_HAN[at]}：{words}",
    "一 ": lambda at, words: f"{_HAN[at]} {words}",
    "一": lambda at, words: f"{_HAN[at]}{words}",
    "（一）": lambda at, words: f"（{_HAN[at]}）{words}",
    "㈠": lambda at, words: f"{'㈠㈡㈢㈣㈤㈥'[at]}{words}",
    "(1)": lambda at, words: f"({at + 1}) {words}",
    "1.": lambda at, words: f"{at + 1}. {words}",
    "1、": lambda at, words: f"{at + 1}、{words}",
    "１．": lambda at, words: f"{'１２３４５６'[at]}．{words}",
    "1 ": lambda at, words: f"{at + 1} {words}",
    "01 ": lambda at, words: f"0{at + 1} {words}",
    "1)": lambda at, words: f"{at + 1}){words}",
    "①": lambda at, words: f"{'①②③④⑤⑥'[at]}{words}",
    "⒈": lambda at, words: f"{'⒈⒉⒊⒋⒌⒍'[at]}{words}",
    "Ⅰ、": lambda at, words: f"{_ROMAN[at]}、{words}",
    "I.": lambda at, words: f"{('I', 'II', 'III', 'IV', 'V', 'VI')[at]}. {words}",
    "壹、": lambda at, words: f"{_BIG[at]}、{words}",
    "第一部分": lambda at, words: f"第{_HAN[at]}部分 {words}",
    "第一部分、": lambda at, words: f"第{_HAN[at]}部分、{words}",
    "第一章": lambda at, words: f"第{_HAN[at]}章　{words}",
    "1.一、": lambda at, words: f"{at + 1}. {_HAN[at]}、{words}",
    "、": lambda at, words: f"、{words}",
    "none": lambda at, words: words,
    **{f"bullet {mark!a}": partial(_bulleted, f"  {mark}") for mark in _BULLETS},
    **{f"letter {mark}": partial(_bulleted, mark) for mark in "-–—*+olnuØ"},
    "bullet without a blank": lambda at, words: f"•{words}",
}  # fmt: skip
SHAPES = (
    "pipes_inner",
    "tab_rows",
    "cell_lines",
    "pipe_lines_bare",
    "paragraphs",
    "markdown",
    "tab_alone",
)


def _printed(headings: Mapping[str, str], raws: Mapping[str, str]) -> Printed:
    return Printed("某某镇2021年政府信息公开工作年度报告", raws, PROSE, "2021", headings)


def _raws(random: Random) -> dict[str, str]:
    return {key: str(random.randint(1, 90)) for key in read_forms()["2021"].keys()}


def _judge(expected: Mapping[str, str], raws: Mapping[str, str]) -> Judge:
    """Judge by the sections, their printed headings and text, and the tables' numbers."""

    @unless_refused
    def judge(report: Report) -> Verdict:
        sections = {section.key: section for section in report.sections}
        numbers = {cell.key: str(cell.value) for cell in report.cells if cell.status == "reported"}
        amount = "proactive.fees.amount_yuan"
        if any(value != raws[key] for key, value in numbers.items() if key != amount):
            return "wrong"
        keys = [key for key in sections if key in HEADINGS]
        if set(keys) == set(HEADINGS) and keys != list(HEADINGS):
            return "wrong"
        placed = all(_SENTENCES[key] in sections[key].text for key in _SENTENCES if key in sections)
        headed = all("".join(str(sections[key].heading).split()) == expected[key] for key in keys)
        return (
            "right"
            if keys == list(HEADINGS) and placed and headed and len(numbers) == len(raws)
            else "cautious"
        )

    return judge


def _variant(
    label: str, headings: Mapping[str, str], raws: Mapping[str, str], name: str, data: bytes
) -> Variant:
    expected = {key: "".join(heading.split()) for key, heading in headings.items()}
    return Variant(label, name, data, _judge(expected, raws))


def _numbered(random: Random) -> Iterator[Variant]:
    """Every numbering, in texts and pages."""
    for name, number in NUMBERINGS.items():
        raws = _raws(random)
        printed = {key: number(at, words) for at, (key, words) in enumerate(_BARE.items())}
        report = _printed(printed, raws)
        shape = random.choice(SHAPES)
        expected = {
            key: _without_bullet(name, heading, _BARE[key]) for key, heading in printed.items()
        }
        yield _variant(
            f"{name}, {shape}", expected, raws, "a.txt", render_text(report, shape).encode()
        )
        yield _variant(f"{name}, html", expected, raws, "a.html", render_html(report).encode())


def _without_bullet(name: str, heading: str, words: str) -> str:
    return words if name.startswith(("bullet", "letter")) or name == "、" else heading


def _decorated(random: Random) -> Iterator[Variant]:
    """Every decoration over numbered and bare headings, in every format."""
    for name, decorate in DECORATIONS.items():
        for numbering in ("一、", "none"):
            raws = _raws(random)
            words = {
                key: NUMBERINGS[numbering](at, words)
                for at, (key, words) in enumerate(_BARE.items())
            }
            report = _printed({key: decorate(text) for key, text in words.items()}, raws)
            kept = {key: text + _behind(name) for key, text in words.items()}
            shape = random.choice(("pipes_inner", "tab_rows", "cell_lines", "markdown"))
            label = f"{name}, {numbering}"
            yield _variant(
                f"{label}, {shape}", kept, raws, "a.md", render_text(report, shape).encode()
            )
            if "<" not in decorate(""):
                yield _variant(f"{label}, html", kept, raws, "a.html", render_html(report).encode())
                yield _variant(f"{label}, docx", kept, raws, "a.docx", render_docx(report))


def _behind(name: str) -> str:
    return {"with a colon": "：", "with a stop": "。", "with a remark": "（略）"}.get(name, "")


def _broken(random: Random) -> Iterator[Variant]:
    """Headings broken over two lines anywhere, or after their numbers."""
    for key in HEADINGS:
        for place in ("number", "words"):
            raws = _raws(random)
            heading = HEADINGS[key]
            at = 2 if place == "number" else random.randint(4, len(heading) - 2)
            printed = {**HEADINGS, key: f"{heading[:at]}\n{heading[at:]}"}
            text = render_text(_printed(printed, raws), random.choice(("tab_rows", "pipes_inner")))
            label = f"{heading[:at]}/{heading[at:]}"
            yield _variant(label, HEADINGS, raws, "a.txt", text.encode())
            page = render_html(_printed(printed, raws)).replace(
                f"{heading[:at]}\n", f"{heading[:at]}<br>"
            )
            yield _variant(f"{label}, html", HEADINGS, raws, "a.html", page.encode())


def _joined(random: Random) -> Iterator[Variant]:
    """Headings with the section's first sentence on their line, numbered, bulleted and bare."""
    for name in ("一、", "none", "bullet '\\u2022'"):
        for joint in (" ", "：", "。", "　　", ":"):
            raws = _raws(random)
            words = {
                key: NUMBERINGS[name](at, words) for at, (key, words) in enumerate(_BARE.items())
            }
            expected = {
                key: _without_bullet(name, words[key], _BARE[key])
                + (joint.strip() if key in _SENTENCES else "")
                for key in words
            }
            report = _printed(
                {
                    key: f"{text}{joint}" if key in _SENTENCES else text
                    for key, text in words.items()
                },
                raws,
            )
            text = render_text(report, "tab_rows")
            for key in _SENTENCES:
                text = text.replace(f"{words[key]}{joint}\n\n", f"{words[key]}{joint}")
            yield _variant(f"{name}{joint!r}", expected, raws, "a.txt", text.encode())


def _among_others(random: Random) -> Iterator[Variant]:
    """Tables of contents, lists of the parts, and unnumbered headings of paragraphs."""
    listed = {
        "contents": ["目录", *HEADINGS.values()],
        "bare contents": ["目 录", *_BARE.values()],
        "contents with pages": [
            "目录",
            *(f"{text} {page}" for page, text in enumerate(HEADINGS.values(), 1)),
        ],
        "contents with dots": [
            "目录",
            *(f"{text}……{page}" for page, text in enumerate(_BARE.values(), 1)),
        ],
        "bulleted contents": [f"• {text}" for text in _BARE.values()],
        "list of the parts": [
            "本报告由",
            *(f"{text}；" for text in _BARE.values()),
            "六个部分组成。",
        ],
        "numbered list of the parts": [
            "报告包括以下内容：",
            *(f"{text}；" for text in HEADINGS.values()),
        ],
    }
    items = {
        "items without numbers": [
            "主动公开政府信息情况",
            "公开目录及时更新。",
            "依申请公开情况",
            "渠道畅通。",
        ],
        "items with prose": [
            "主动公开政府信息情况：公开目录及时更新。",
            "收到和处理政府信息公开申请情况：渠道畅通。",
        ],
        "numbered items": [
            "1.主动公开情况",
            "公开目录及时更新。",
            "2.依申请公开情况",
            "渠道畅通。",
        ],
        "items under 一、": [
            "一、主动公开政府信息情况",
            "公开目录及时更新。",
            "二、依申请公开情况",
            "渠道畅通。",
        ],
    }
    for numbering in ("一、", "none"):
        headings = {
            key: NUMBERINGS[numbering](at, words) for at, (key, words) in enumerate(_BARE.items())
        }
        for name, lines in {**listed, **items}.items():
            raws = _raws(random)
            section = "preamble" if name in listed else "overview"
            prose = {**PROSE, section: [*PROSE[section], *lines]}
            report = replace(_printed(headings, raws), prose=prose)
            label = f"{name}, {numbering}"
            yield _variant(label, headings, raws, "a.txt", render_text(report, "tab_rows").encode())
            yield _variant(f"{label}, html", headings, raws, "a.html", render_html(report).encode())


_OTHER_WORDS = (
    (
        "总体情况",
        "主动公开政府信息的情况",
        "政府信息依申请公开情况",
        "行政复议、行政诉讼情况",
        "存在问题及改进情况",
    ),
    (
        "工作总体情况",
        "行政机关主动公开政府信息情况",
        "收到和处理信息公开申请情况",
        "政府信息公开行政复议和诉讼情况",
        "政府信息公开工作存在的主要问题及改进措施",
    ),
    (
        "政府信息公开工作总体情况",
        "主动公开信息情况",
        "收到和处理政府信息公开申请的情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "存在的不足及下一步改进措施",
    ),
)


def _worded(random: Random) -> Iterator[Variant]:
    """Other wordings than the form's, numbered and without numbers."""
    for words in _OTHER_WORDS:
        for numbering in ("一、", "1.", "第一部分", "none", "bullet '\\u2022'"):
            raws = _raws(random)
            said = dict(zip(HEADINGS, (*words, "其他需要报告事项"), strict=True))
            printed = {
                key: NUMBERINGS[numbering](at, text) for at, (key, text) in enumerate(said.items())
            }
            expected = {key: _without_bullet(numbering, printed[key], said[key]) for key in printed}
            shape = random.choice(SHAPES)
            text = render_text(_printed(printed, raws), shape)
            yield _variant(
                f"{words[2]}, {numbering}, {shape}", expected, raws, "a.txt", text.encode()
            )
            page = render_html(_printed(printed, raws))
            yield _variant(
                f"{words[2]}, {numbering}, html", expected, raws, "a.html", page.encode()
            )


KINDS = {
    "headings: numberings and bullets": Kind(_numbered),
    "headings: decorations": Kind(_decorated),
    "headings: other wordings": Kind(_worded),
    "headings: broken over lines": Kind(_broken),
    "headings: joined with prose": Kind(_joined),
    "headings: contents and items": Kind(_among_others),
}
