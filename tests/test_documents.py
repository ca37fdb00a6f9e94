"""The documents beside the code hold what they show: links lead somewhere, examples run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indexer.corpus.pipeline import index_corpus
from indexer.settings import Settings, setting_types
from indexer.wiring import open_engine
from tests.golden import CORPUS, ROOT

DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/**/*.md"))
    if ".venv" not in path.parts
)
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_python_of_the_readme_prints_reports(
    readme: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "corpus").mkdir()
    shutil.copy(CORPUS / "蟠龙镇-2020.txt", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    index_corpus(Settings(workers=1), open_engine(Settings()))
    example = re.search(r"```python\n(.+?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    everything = example[1].replace("层级:乡镇 行政诉讼>0", "层级:乡镇")
    assert everything != example[1]
    exec(example[1], {})
    assert capsys.readouterr().out == ""
    exec(everything, {})
    assert "蟠龙镇" in capsys.readouterr().out


def test_the_readmes_name_the_same_settings() -> None:
    named = [set(re.findall(r"NIANBAO_[A-Z_]+", readme.read_text("utf-8"))) for readme in READMES]
    assert named[0] == named[1]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_setting_and_no_other(readme: Path) -> None:
    named = set(re.findall(r"`NIANBAO_([A-Z_]+)`", readme.read_text(encoding="utf-8")))
    assert named == {name.upper() for name in setting_types()}
