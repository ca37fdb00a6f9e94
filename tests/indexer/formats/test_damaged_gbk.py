"""Damage in GBK stays local: the text around it is read, and no ASCII byte is swallowed."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.formats.damaged_gbk import decode_damaged

WORDS = "本机关依法公开政府信息全年收到申请件予以部分行政复议诉讼镕喆，。（）㛃"
TEXTS = st.lists(
    st.sampled_from([*WORDS, "12", "3", "<td>", " ", "a", "|"]), min_size=1, max_size=60
).map("".join)


@given(TEXTS)
def test_what_is_whole_is_read_as_the_codec_reads_it(text: str) -> None:
    assert decode_damaged(text.encode("gb18030")) == text


@settings(max_examples=400)
@given(TEXTS, st.data())
def test_a_byte_lost_or_put_in_leaves_all_digits_in_their_order(
    text: str, data: st.DataObject
) -> None:
    plain = re.sub("[镕喆㛃]", "", text)
    whole = plain.encode("gb18030")
    places = [at for at, byte in enumerate(whole) if byte >= 0x80]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    byte = data.draw(st.sampled_from([b"", b"\x80", b"\xff", b"\x80" + whole[at : at + 1]]))
    read = decode_damaged(whole[:at] + byte + whole[at + 1 :])
    assert re.sub("[^0-9<>|]", "", read) == re.sub("[^0-9<>|]", "", plain)


@given(st.binary(max_size=200))
def test_any_bytes_become_a_text(data: bytes) -> None:
    read = decode_damaged(data)
    assert [c for c in read if c < "\x80"] == [
        c for c in read if c < "\x80" and c in data.decode("latin-1")
    ]
