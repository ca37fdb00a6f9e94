from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.settings import Settings, read_settings
from tests.saying import raises_saying


def test_the_environment_is_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "nianbao.toml"
    file.write_text('port = 9000\ncorpus = "reports"\n', encoding="utf-8")
    settings = read_settings({"NIANBAO_PORT": "9100", "HOME": "/x"}, file)
    assert (settings.port, settings.corpus, settings.host) == (9100, Path("reports"), "127.0.0.1")


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("environ", "text", "message"),
    [
        ({"NIANBAO_PROT": "1"}, "", "NIANBAO_PROT"),
        ({"NIANBAO_PORT": "abc"}, "", "NIANBAO_PORT.*'abc'"),
        ({"NIANBAO_WORKERS": "0"}, "", "不能小于 1"),
        ({"NIANBAO_CORPUS": ""}, "", "是空的"),
        ({"NIANBAO_SYNONYMS": ""}, "", "NIANBAO_SYNONYMS 是空的；应是一个文件。"),
        ({}, "prot = 1", "prot"),
        ({}, "port = = 1", "读不出来"),
    ],
)
def test_a_wrong_setting_is_named_with_where_it_stands(
    tmp_path: Path, environ: dict[str, str], text: str, message: str
) -> None:
    file = tmp_path / "nianbao.toml"
    file.write_text(text, encoding="utf-8")
    with raises_saying(ConfigError, message):
        read_settings(environ, file)


def test_a_base_url_loses_its_last_slash(tmp_path: Path) -> None:
    assert (
        read_settings({"NIANBAO_BASE_URL": "https://a.cn/"}, tmp_path / "none.toml").base_url
        == "https://a.cn"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://a.cn",
        "https://a.cn:8443/nianbao/",
        "http://[::1]:80/a/b",
        "https://年报.example/x",
        "",
    ],
)
def test_a_public_address_may_have_a_path(tmp_path: Path, address: str) -> None:
    settings = read_settings({"NIANBAO_BASE_URL": address}, tmp_path / "none.toml")

    assert settings.base_url == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "a.cn",
        "ftp://a.cn",
        "https://",
        "https://a.cn/年报",
        "https://a.cn/?x",
        "https://a.cn/../b",
        "/nianbao",
    ],
)
def test_what_is_no_public_address_is_refused(tmp_path: Path, address: str) -> None:
    with raises_saying(ConfigError, "NIANBAO_BASE_URL"):
        read_settings({"NIANBAO_BASE_URL": address}, tmp_path / "none.toml")
