"""A package from outside adds a file format by one record, and it is found wherever formats are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NIANBAO = "from indexer.cli.commands import main; main()"
ADDED = """
from indexer.filetypes import FileFormat, FileVariant
from indexer.formats.txt import read_txt

FORMAT = FileFormat(
    "kuaiwen",
    ("application/x-kuaiwen",),
    (FileVariant(b"KUAIWEN\\n", "kuaiwen:read_kuaiwen"),),
    query_names=("快文件",),
    labels={"zh": "快文", "en": "Kuaiwen"},
)


def read_kuaiwen(data, path, allowance):
    return read_txt(data.removeprefix(b"KUAIWEN\\n").decode())
"""
SITE = """
import json, sys
from webapp.wsgi import app
client = app.test_client()
print(json.dumps([client.get(path).get_data(as_text=True) for path in sys.argv[1:]]))
"""


@dataclass
class Installed:
    """A corpus of one file in the added format, and a Python that has the package installed."""

    folder: Path

    def run(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("NIANBAO_")}
        packages = os.pathsep.join([str(self.folder / "packages"), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": packages, "NIANBAO_WORKERS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("format")
    metadata = folder / "packages" / "kuaiwen-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kuaiwen\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[nianbao.formats]\nkuaiwen = kuaiwen:FORMAT\n")
    (folder / "packages" / "kuaiwen.py").write_text(ADDED, encoding="utf-8")
    (folder / "corpus").mkdir()
    report = (ROOT / "corpus" / "息陬镇-2019.txt").read_bytes()
    (folder / "corpus" / "息陬镇.kw").write_bytes(b"KUAIWEN\n" + report)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    place = Installed(folder)
    indexed = place.run(NIANBAO, "index", "--quiet")
    assert indexed.returncode == 0, indexed.stderr
    return place


def test_it_is_read_and_its_media_type_is_in_the_json(installed: Installed) -> None:
    read = installed.run(NIANBAO, "read", "--json", "corpus/息陬镇.kw")
    report = json.loads(read.stdout)
    assert [source["media_type"] for source in report["sources"]] == ["application/x-kuaiwen"]
    assert any(cell["status"] == "reported" for cell in report["cells"].values())


@pytest.mark.parametrize("query", ["文件类型:快文", "文件类型:快文件", "filetype:kuaiwen"])
def test_a_query_finds_it_by_every_name(query: str, installed: Installed) -> None:
    found = json.loads(installed.run(NIANBAO, "search", "--json", query).stdout)
    assert found["total"] == 1


def test_the_error_for_another_file_lists_it(installed: Installed) -> None:
    read = installed.run(NIANBAO, "read", "picture.png")
    assert "能读的是纯文本、HTML、Word、PDF 和 快文。" in read.stderr


def test_the_site_shows_it_as_a_facet_as_the_origin_and_in_the_help(installed: Installed) -> None:
    found = json.loads(installed.run(NIANBAO, "search", "--json", "文件类型:快文").stdout)
    report = found["results"][0]["id"]
    paths = ("/search?q=公开", "/search.json?q=公开", f"/reports/{report}", "/help")
    shown = installed.run(SITE, *paths)
    assert shown.returncode == 0, shown.stderr
    results, results_json, page, guide = json.loads(shown.stdout)
    assert "快文" in results
    assert "kuaiwen" in results_json
    assert "快文" in page
    assert "纯文本、快文" in guide
