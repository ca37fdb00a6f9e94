"""Reports of random cells, damaged as those of real sites are: each kind of damage by its name, and
what must be read then.

`paper` makes a whole report, `kinds` holds every kind of damage, `press` prints it in a format,
`oracle` says what the contract of the data model demands of each cell afterwards.
"""
