"""Text as it is compared and counted.

`folding` makes texts comparable, with `lookalikes` and `numerals` as its tables; `converter_marks`
are dropped; `amounts` parses a cell's text, `remarks` the brackets in it; `memo` remembers results.
"""
