"""China's administrative divisions, and where a report's body is among them.

In the order of the flow: `derive` makes the tables from packages, by hand; `division_tables` reads
them and `gazetteer` is their union; `ethnic_groups`, `name_lookup`, `pinyin`, `domains` and
`postcodes` are its indexes by name, sound, address and postcode; `printed_names`, `unlisted` and
`zones` parse names; `clues` hold what a report says of its place, `narrated` what its prose does;
`resolver` weighs the clues and `divisions` makes the region that is published.
"""
