"""Finds where a report's text names its body or says where it is: openings, addresses, signatures.

All functions take folded paragraphs. A passage that they return begins with the name and may go on
behind it; `places.printed_names.read_name` and `body_names.parse_name` parse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STOPS = (
    "结合|依据|根据|依照|按照|按|负责|组织|统一|汇总|编制|编写|编撰|编印|会同|牵头|撰写|综合|对|严格|认真"
    r"|于\d|[,。;:、\"“(《\d]|$"
)
_STOP = rf"(?={_STOPS})"
"""What follows a name that is the subject or agent of a sentence."""
_MADE = re.compile(rf"由(?P<name>[\u4e00-\u9fff]{{2,40}}?){_STOP}")
_JOINED = re.compile(r"结合(?P<name>[\u4e00-\u9fff]{4,40})\((?:以下)?简称")
_SUBJECT = re.compile(
    r"(?:20\d\d年(?:度|以来)?,?)?(?:在[^。,]{2,50}下,)*(?P<name>[\u4e00-\u9fff]{3,30}?)"
    r"(?=认真|坚持|严格|深入|持续|积极|全面|紧紧|紧扣|高度重视|贯彻|按照|始终|切实|不断|以|是|在)"
)
_IS_MADE = re.compile("编制|编写|编撰|撰写|编印|制作")
_PUBLISHED = re.compile(
    r"(?:现将|现就|现公布|现公开|现发布|特?向社会(?:公布|公开)|现报告|发布|公布|编制|编写|形成)(?:了|出)?"
    r"[《\"“]?(?:20\d\d年度?)?(?P<name>[\u4e00-\u9fff]{2,40}?)"
    r"(?:\([^()]*\))?(?:关于)?(?:20\d\d|二[〇○零o]..)?年?度?(?:的)?"
    r"(?:(?<!人民)政府信息|信息公开|政务公开|本级)"
)
_CONTACT = re.compile(
    r"(?:请(?:直接)?(?:与|和|向|联系|致电)|直接与|可与|联系(?:单位|部门|机构)(?:为|是)?:?|联系:)(?:与|:)?"
    rf"(?P<name>[\u4e00-\u9fff]{{2,40}}?)(?=联系|咨询|反映|提出|{_STOPS})"
)
_ADDRESS = re.compile(r"地\s?址(?:为|是)?[:]?(?P<name>[\u4e00-\u9fff][^,;。)]{1,40})")
_SITE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,20}?(?:省|市|县|区|旗|州|盟|镇|乡))(?:人民)?(?:政府)?"
    r"(?:门户|信息公开|政务|公众信息)*(?:网站|网|官网|门户)"
)
_SITE_LEAD = re.compile(
    "^.*?(?:可以?在|可以?从|可以?通过|登录|登陆|访问|通过|利用|依托|在|从|以|将|查阅|下载"
    "|于|及|和|与|市民|本)"
)
_LABELLED = re.compile(
    r"(?:来源|发布机构|发布单位|发文机关|发文单位|公开单位|责任单位|信息提供):"
    r"(?P<name>[\u4e00-\u9fff()]{2,30}?)"
    r"(?=发布|作者|时间|日期|浏览|点击|访问|字号|[^\u4e00-\u9fff()]|$)"
)
_STEP = re.compile("[>»›→]+")
_RUN_BY = re.compile(r"(?:主办(?:单位|方)?|版权所有):(?P<name>[\u4e00-\u9fff]{3,30})")
_DATED = r"\(?(?:20\d\d|二[〇○零o0][^年]{2})[年./-][^年]{1,3}[月./-][^月]{1,3}日?\)?"
_SIGNATURE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff()]{{2,40}}?)(?:\(?(?:盖章|公章|印章)\)?)?(?P<date>{_DATED})?"
)
_TAIL = re.compile(rf"[。;](?P<name>[\u4e00-\u9fff()]{{2,40}})(?P<date>{_DATED})$")


def find_makers(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the makers that a report names, and the bodies whose report it says it is.

    由荷岭镇结合有关统计数据编制 names the maker 荷岭镇.
    """
    for paragraph in paragraphs:
        for sentence in paragraph.split("。"):
            made = max((match.start() for match in _IS_MADE.finditer(sentence)), default=0)
            yield from (match["name"] for match in _MADE.finditer(sentence, 0, made))
            yield from (match["name"] for match in _JOINED.finditer(sentence, 0, made))
            yield from (match["name"] for match in _PUBLISHED.finditer(sentence))


def find_subjects(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the subjects of the paragraphs' first sentences: 2021年，冲口街道认真贯彻."""
    for paragraph in paragraphs:
        match = _SUBJECT.match(paragraph)
        if match:
            yield match["name"]


def find_contacts(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the contacts: 如有疑问，请与荷岭镇党政办联系."""
    for paragraph in paragraphs:
        yield from (match["name"] for match in _CONTACT.finditer(paragraph))


def find_addresses(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the addresses: 地址：高安市荷岭镇三马大道."""
    for paragraph in paragraphs:
        yield from (match["name"] for match in _ADDRESS.finditer(paragraph))


def find_sites(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the places whose government's site carries the report: the body's or its superior's."""
    for paragraph in paragraphs:
        for match in _SITE.finditer(paragraph):
            yield _SITE_LEAD.sub("", match["name"])


def find_publishers(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the names in a page's head: behind a label, or as a step of the path to the page.

    来源：镇康县木场乡人民政府 has a label.
    """
    for paragraph in paragraphs:
        yield from (match["name"] for match in _LABELLED.finditer(paragraph))
        steps = _STEP.split(paragraph)
        if len(steps) > 2:
            yield from steps
        yield from (match["name"] for match in _RUN_BY.finditer(paragraph))


def find_signatures(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the possible signatures of the last lines, last first, and whether each is dated.

    The date is on the name's line or on the next one; a line without one may be prose.
    """
    following = ""
    for line in reversed(tuple(lines)):
        match = _SIGNATURE.fullmatch(line) or _TAIL.search(line)
        if match:
            yield match["name"], bool(match["date"] or re.fullmatch(_DATED, following))
        following = line
