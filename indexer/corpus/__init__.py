"""The corpus and its way into the index.

`sources` walks the folder, `manifest` says where files came from, `workers` read them side by side,
`ledger` remembers each file, `years` links the reports of a body, `removals` refuses to empty the
index, `pipeline` runs all of it.
"""
