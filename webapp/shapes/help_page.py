"""The query language in examples. Every one of them runs: the tests see to it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.filetypes import typed_names
from indexer.messages import render
from indexer.search.catalogue.rules import rules


@dataclass(frozen=True, slots=True)
class Example:
    """What one types, and what it means."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples of one kind."""

    title: str
    intro: str
    examples: tuple[Example, ...]


def _file_types() -> str:
    """Return what the example of a file type means, with all formats that can be read."""
    first, *others = typed_names("zh")
    return f"原件是{first}，或 {'、'.join(others)}"


GUIDE = (
    Chapter(
        "找文字",
        "找的是标题、机构名和正文；表格里规定的行名、列名人人都有，不在其中。",
        (
            Example("拆迁 征地", "两个词都有，可以在不同的章节"),
            Example('"信息公开保密审查"', "原文就有这一串字，一份不漏"),
            Example('"二〇一九年"', "汉字数字与阿拉伯数字一样，也找到 2019年"),
            Example("拆迁 OR 征地", "有其中一个"),
            Example("拆迁｜征地", "同上"),
            Example("政务公开 -微信", "有前一个，没有后一个"),
            Example("政务公开 NOT 微信", "同上"),
            Example("拆迁 AND 征地", "两个都有，与空格一样"),
            Example("政务公开 (微信 OR 微博)", "括号把几个词并作一个条件"),
            Example("信访*", "以这几个字开头的词"),
            Example("章节:问题 人员", "要求在同一节里"),
        ),
    ),
    Chapter(
        "同义词",
        "不加引号的词，也找它的别名和全称、简称，排在原词之后。找了哪些写在结果上方，可以逐个关掉，也可以全部关掉。",
        (
            Example("依申请公开", "也找“申请公开”"),
            Example("发改委 年份:2019", "也找“发展改革委”“发展和改革委员会”等"),
            Example("12345热线", "连写的词里，也找“政务服务热线”"),
            Example('"依申请公开"', "加引号就只找这几个字"),
            Example("公开 -申请公开", "排除的词不用同义词"),
        ),
    ),
    Chapter(
        "打字的时候",
        "边打边给出机构和地区：用上下键选，回车填进框里，Esc 收起；认汉字，也认拼音和拼音首字母，多音字哪个音都行。拼音只用来找名称，不用来找正文。",
        (
            Example("地区:高安", "打 高安、gaoan、gao an 或 gas，都能选到高安市"),
            Example("机构:田南镇", "打 机构:tn，只给出机构"),
        ),
    ),
    Chapter(
        "限定报告",
        "每个条件都有中文名和英文名；结果页左边的筛选是同样的条件。",
        (
            Example("层级:乡镇", "乡镇和街道；也可写作 level:township"),
            Example(
                "年份:2019..2020", "报告的年度，不是发布的年份；也可写作 2019-2020、2019至2020"
            ),
            Example("地区:宜春", "省、市、县、乡，写名称或区划代码"),
            Example("机构:田南镇", "发布机构的名称里有这几个字"),
            Example("格式:2019", "按国办公开办函〔2019〕60号的表格填的"),
            Example("文件类型:网页", _file_types()),
            Example("问题:矛盾", "有数字互相矛盾的"),
            Example("finding:requests.balance", "有某一条规则的发现"),
            Example("-层级:部门 年份:2019", "前面加减号是排除"),
        ),
    ),
    Chapter(
        "比数字",
        "只比确定的数。格子空着、缺了、列位不可靠的，另报有几份无法判断，不当作 0。",
        (
            Example("行政诉讼>0", "未经复议直接起诉与复议后起诉之和大于 0"),
            Example("行政诉讼大于0", "比较也可用文字：大于、不少于、不为、至少、3件以上……"),
            Example("新收申请>100且不予公开>10", "几个条件可以用且、或连起来"),
            Example("新收申请:1..9", "从 1 到 9，两端都算"),
            Example("行政复议.结果纠正>=1", "行和列之间用点"),
            Example("采购金额>=100万", "金额可以带单位，一律折成元"),
            Example("新收申请:空", "按格子的状态：空、缺、疑、不适用、不识"),
            Example("层级:乡镇 行政诉讼=0", "和别的条件一起用"),
        ),
    ),
)


def build_guide() -> tuple[Chapter, ...]:
    """Return all chapters, with one on the rules that reports are checked by."""
    examples = (
        Example(f"规则:{rule.aliases[0]}", render(rule.demand)) for rule in rules().values()
    )
    intro = "每份报告按这些规则核对；每个例子找的是不符合它或未能核对的报告。"
    return (*GUIDE, Chapter("核对的规则", intro, tuple(examples)))
