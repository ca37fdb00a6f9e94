"""The patterns by which comparisons are found in a query text, built from the wordings."""

from __future__ import annotations

import re

from indexer.search.language.comparison_wordings import (
    BEHIND,
    JOINING,
    NUMBER,
    SIGN_RUN,
    SIGNS,
    SLIPS,
    SURE,
    WORDS,
    any_of,
    is_explicit,
)

HIDDEN = "\x00"
"""Stands for what is quoted, or is an address, while comparisons are looked for."""
SEPARATORS = '()|"“”「」『』' + HIDDEN
QUOTED = re.compile(
    r'"(?:\\"|[^"])*"?|“[^“”]*(?:“[^“”\s][^“”]*”[^“”]*)+”|“[^“”]*[“”]?|”[^“”]+[“”]'
    r"|＂[^＂]*＂?|「[^」]*」?|『[^』]*』?"
)
ADDRESS = re.compile(r"[A-Za-z]+://[^\s\"“”]*|www\.[^\s\"“”]*")
JOIN = any_of(JOINING)
_NAME = r"[^\W\d_][\w.·・/]*?"
_EXPLICIT = {word: sign for word, sign in SURE.items() if is_explicit(word)}
RUN = rf"[^\s!{SIGNS}{re.escape(SEPARATORS)}]+"
_SHAPE = (
    rf"(?:(?:{_NAME}\s*)?(?:{SIGN_RUN}|(?:{any_of(SURE)})\s*{NUMBER})"
    rf"|{_NAME}\s*(?:{any_of(WORDS)})\s*{NUMBER})"
)
"""How a comparison begins."""
JOINED = re.compile(rf"\s*(?P<join>{JOIN})\s*(?={_SHAPE})")
FIELD_AHEAD = re.compile(rf"(?P<join>{JOIN})\s*(?P<name>[^\W\d_][\w.·]*)\s*:")
NEXT = re.compile(
    rf"(?P<sign>{SIGN_RUN})"
    rf"|(?P<slip>[{''.join(SLIPS)}])=?(?=\s*\d)"
    rf"|(?<![\d.,])(?P<low>{NUMBER})\s*(?:到|至|~|\.\.+|…+|—+|-+|和|与)"
    rf"\s*(?P<high>{NUMBER})\s*(?:之间|区间)?"
    rf"|(?<![\d.,])(?P<before>{NUMBER})\s*(?:及|或者|或)?(?P<behind>{any_of(BEHIND)})"
    rf"|(?P<word>{any_of(WORDS)})\s*(?P<number>{NUMBER})"
    rf"|(?P<weak>{any_of(WORDS)})\s*(?P<value>{RUN})"
    rf"|(?P<open>{any_of(_EXPLICIT)})(?=\s*(?:$|[{re.escape(SEPARATORS)}]))"
)
"""The sign, range, bound or word of a comparison; `weak` is a word before what is no number."""
FOLLOWING_SIGN = re.compile(rf"\s*({SIGN_RUN})")
FOLLOWING_RUN = re.compile(rf"\s*({RUN})")
BANG = re.compile(rf"(?:^|(?<=[\s(|]))!(?=(?P<name>[^\W\d_][\w.·]*)\s*(?:{SIGN_RUN}|:))")
"""A negation as programs write it: !行政诉讼>0."""
LEFT = re.compile(r"(?P<name>[\w.·・/]*)(?P<gap>\s*(?:(?<=\s):\s*)?)\Z")
LEADING = re.compile(r"(?:在|介于|处于|为|是|达到|达|有)\Z")
"""Words before a number that belong to no name."""
OF = re.compile(rf"(?P<value>{NUMBER})的")
OF_AFTER = re.compile(r"\s*的(?=\s|$)|的")
FIELD_BEFORE = re.compile(rf"(?:^|(?<=[\s{re.escape(SEPARATORS)}]))-*[^\W\d_][\w.·・/]*:\Z")
TAIL = re.compile("[。,;!?、.，；！？]+$")
CLEAN_END = re.compile(rf"(?=[\s。,;!?、的{re.escape(SEPARATORS)}]|$)")
"""Where a number ends without text that hangs on it."""
JOIN_APART = re.compile(rf"(?<=\s)(?P<join>{JOIN})(?=\s)")
YEAR = re.compile(r"\d{4}年?度?")
