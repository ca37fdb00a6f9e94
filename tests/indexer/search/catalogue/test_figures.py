"""The catalogue of figures and their names."""

from __future__ import annotations

import pytest

from indexer.forms.form import read_forms
from indexer.search.catalogue.figure_names import figure_names, find_figure
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.name_matching import nearest


def test_has_every_cell_and_derived_figure_of_both_forms():
    for form in read_forms().values():
        for key in (*form.keys(), *(derived.key for derived in form.derived)):
            assert form.name in figures()[key].forms


def test_finds_every_figure_by_its_key_and_by_its_label():
    for key, figure in figures().items():
        assert find_figure(key) == figure
        assert find_figure(figure.label) == figure


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("行政诉讼", "disputes.litigation.total"),
        ("行政复议", "disputes.reconsideration.total"),
        ("行政复议.结果纠正", "disputes.reconsideration.corrected"),
        ("行政复议·结果纠正", "disputes.reconsideration.corrected"),
        ("行政复议结果纠正", "disputes.reconsideration.corrected"),
        ("行政诉讼：未经复议直接起诉.结果维护", "disputes.litigation_direct.upheld"),
        ("复议和诉讼", "disputes.all.total"),
        ("新收申请", "requests.received.total"),
        ("新收申请.自然人", "requests.received.natural_person"),
        ("一、本年新收政府信息公开申请数量", "requests.received.total"),
        ("不予公开", "requests.denied.total"),
        ("三安全一稳定", "requests.denied_security_stability.total"),
        ("其他处理", "requests.other.total"),
        ("其他处理·其他", "requests.other.other_organisation"),
        ("规范性文件.对外公开总数量", "proactive.normative_documents.disclosed_total"),
        ("规范性文件.现行有效件数", "proactive.normative_documents.in_force"),
        ("行政许可", "proactive.licensing.decisions"),
        ("采购总金额", "proactive.procurement.amount_yuan"),
        ("收费金额", "proactive.fees.amount_yuan"),
        ("requests.received", "requests.received.total"),
        ("REQUESTS.RECEIVED.TOTAL", "requests.received.total"),
    ],
)
def test_finds_a_figure_by_the_names_people_use(name, key):
    assert find_figure(name).key == key


@pytest.mark.parametrize("name", ["总计", "其他", "合计", "规章", "自然人", "没有这个", ""])
def test_a_name_that_may_mean_several_figures_is_none(name):
    assert find_figure(name) is None


def test_knows_amounts_and_derived_figures():
    assert {key for key, figure in figures().items() if figure.amount} == {
        "proactive.procurement.amount_yuan",
        "proactive.fees.amount_yuan",
    }
    assert figures()["disputes.litigation.total"].derived
    assert not figures()["disputes.reconsideration.total"].derived


@pytest.mark.parametrize(
    ("name", "best"),
    [("行政诉颂", "行政诉讼"), ("disputes.litigation", "disputes.litigation.total")],
)
def test_names_the_nearest(name, best):
    assert nearest(name, figure_names()) == best


def test_names_none_where_nothing_is_near():
    assert nearest("xyzq", figure_names()) is None
