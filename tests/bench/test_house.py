import sys
from pathlib import Path

import pytest

from bench import house

LONG = "def long():\n" + "    x = 1\n" * 40
BRANCHES = (f"    if x == {n}:\n        return {n}\n" for n in range(10))
TANGLED = "def tangled(x):\n" + "".join(BRANCHES)
PAGE = "<p title='{{ x }}'>共有 {{ n }} 份报告。</p>{# 不算的说明。 #}<b>没有句子</b>"
FILES = {
    "shop/__init__.py": "",
    "shop/till.py": f'''"""A till. 这是一句说明，不算。"""

MOST, LEAST = 3, -1
LIMIT: float = 2 * 1024
NAME = "till"
_BIG = True
lower = 4


class Coin:
    """A coin."""

    worth = 1
    """这也是说明，不算。"""

    def _weigh(self):
        # by hand
        return 1  # not a comment line

    def pay(self):
        return self._weigh()


{LONG}
''',
    "shop/back/till.py": f"""LIMIT = 7
MOST = 3


class Coin:
    pass


class Note:
    pass


def say(name, count):
    if count:
        return f"没有{{name}}这一项，请改正"
    return "四个汉字", "三字。", "没有这样的货。"


{TANGLED}
""",
    "shop/messages/errors.py": 'TEXT = "这里的句子不算。"\n',
    "shop/templates/page.html": PAGE,
    "shop/wide.py": '_SHELF = "' + "x" * 90 + '"\n_SHELF_2 = "' + "宽" * 45 + '"\n' + "\n" * 399,
    "tests/test_till.py": "def test_pay():\n    # one\n    # two\n    assert True\n",
    ".venv/lib/ignored.py": "class Coin: pass\n",
    "build/ignored.py": "not even Python",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (
            "shop: Python files",
            [
                f"shop/{name}.py"
                for name in ("__init__", "back/till", "messages/errors", "till", "wide")
            ],
        ),
        ("tests: Python files", ["tests/test_till.py"]),
        ("shipped: files over 400 lines", ["shop/wide.py 401"]),
        ("shipped: functions over 40 lines", ["shop/till.py:24 long"]),
        ("shipped: functions of complexity over 10", ["shop/back/till.py:19 tangled 11"]),
        ("shipped: lines over 100 columns", ["shop/wide.py:1", "shop/wide.py:2"]),
        ("shipped: class names in several modules", ["Coin: shop/back/till.py, shop/till.py"]),
        ("shipped: names of several modules", ["till: shop/back/till.py, shop/till.py"]),
        (
            "shipped: numeric constants",
            [
                "shop/back/till.py LIMIT = 7",
                "shop/back/till.py MOST = 3",
                "shop/till.py MOST = 3",
                "shop/till.py LEAST = -1",
                "shop/till.py LIMIT = 2 * 1024",
            ],
        ),
        ("shipped: names of constants with several values", ["LIMIT: 2 * 1024, 7"]),
        ("shipped: comment lines", ["shop/till.py:17"]),
        ("tests, bench: comment lines", ["tests/test_till.py:2", "tests/test_till.py:3"]),
        ("tests, bench: code lines", ["tests/test_till.py:1", "tests/test_till.py:4"]),
        (
            "shipped: Chinese sentences in literals",
            ["shop/back/till.py:16 没有这样的货。", "shop/back/till.py:15 没有{}这一项，请改正"],
        ),
        (
            "shipped: Chinese sentences in templates",
            ["shop/templates/page.html 共有 {{ n }} 份报告。"],
        ),
        ("shipped: helpers up to 3 lines, one caller", ["shop/till.py:16 _weigh"]),
    ],
)  # fmt: skip
def test_counts_what_a_checkout_is_made_of(checkout: Path, name: str, places: list[str]) -> None:
    assert sorted(house.measure(checkout)[name]) == sorted(places)


def test_a_helper_that_has_two_callers_or_a_decorator_or_more_lines_stays(tmp_path: Path) -> None:
    body = "    return 1\n\n\n"
    text = (
        f"def _once():\n{body}"
        f"def _twice():\n{body}"
        f"@cache\ndef _kept():\n{body}"
        "def _four():\n    a = 1\n    b = 2\n    c = 3\n    return a\n\n\n"
        "def _told():\n    '''Two.\n\n    Lines of it.\n    '''\n    return 1\n\n\n"
        "X = [_once(), _twice(), _twice(), _kept(), _four(), _told()]\n"
    )
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    found = house.measure(tmp_path)["shipped: helpers up to 3 lines, one caller"]
    assert [place.split()[1] for place in found] == ["_once", "_told"]


def test_two_checkouts_stand_side_by_side(
    checkout: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other"
    (other / "shop").mkdir(parents=True)
    (other / "shop" / "till.py").write_text("# a\nMOST = 3\n", encoding="utf-8")
    (other / "cafe.py").write_text("\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["house", str(checkout / "tests"), str(other), "--list"])
    house.main()
    rows = {line[:-20].strip(): line[-20:].split() for line in capsys.readouterr().out.splitlines()}
    assert rows["shop: Python files"] == ["0", "1"]
    assert rows["shipped: numeric constants"] == ["0", "1"]
    assert rows["shipped: comment lines to code lines"] == ["100.0%", "100.0%"]
