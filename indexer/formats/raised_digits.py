"""Digits that are printed beside a number and are no part of it: raised, lowered or struck out.

They keep their place in the text as other characters, so that 5 with a note's ¹ is not read as 51.
"""

from collections.abc import Mapping

PICTURE = "\ufffc"
"""Stands in a cell with a picture and no text: something is printed that cannot be read."""
STRUCK: Mapping[int, str] = {ord(digit): f"{digit}\u0336" for digit in "0123456789"}
RAISED: Mapping[int, str] = {48 + at: digit for at, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
LOWERED: Mapping[int, str] = {48 + at: digit for at, digit in enumerate("₀₁₂₃₄₅₆₇₈₉")}
