"""Whoosh's own searcher over the very index that the engine has written finds what the engine
finds, and what the oracle finds.
"""

from __future__ import annotations

import threading
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And as WhooshAnd
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Prefix as WhooshPrefix
from whoosh.query import Term

from indexer.records import SECTION_KEYS
from indexer.search.analysis.segmenter import words
from indexer.search.compile import compile_query
from indexer.search.documents import TEXT_FIELDS
from indexer.search.query import (
    And,
    FacetFilter,
    InSections,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
)
from tests.indexer.engines.whoosh.disk import any_of, change_often, literally, new_world, none_of
from tests.strategies import NEEDLES, compared, make_text, randoms

GROUPS = ("title", "body", "text")
FACETS = ("year", "form", "filetype", "finding")
"""Facets whose filters ask for their values as they are, and hold or do not: Whoosh knows no
unknown.
"""


def found_by_all(world, disk, node, query):
    """What a query finds, the same by the engine, the oracle and Whoosh."""
    asked = Query(root=node, size=100)
    ours, theirs = world.engine.find(asked), world.oracle.find(asked)
    assert ours == theirs
    assert ours.total == len(ours.ids)
    assert disk.ids(query) == set(ours.ids)
    return set(ours.ids)


# ── words ──


@settings(max_examples=12, deadline=None)
@given(random=randoms())
def test_whoosh_finds_a_word_where_the_oracle_has_it(random):
    with new_world() as world:
        change_often(world, random, random.randint(2, 14))
        entries = world.entries
        known = sorted(
            {word for entry in entries.values() for found in entry.words.values() for word in found}
        )
        with world.disk() as disk:
            for word in [*random.sample(known, min(len(known), 10)), "没有的词"]:
                for field in ("title", "body", *SECTION_KEYS):
                    having = {
                        key for key, entry in entries.items() if word in entry.words.get(field, ())
                    }
                    assert disk.ids(Term(field, word)) == having
                having = {
                    key
                    for key, entry in entries.items()
                    if any(word in entry.words.get(key, ()) for key in SECTION_KEYS)
                }
                assert disk.ids(Term("text", word)) == having


@settings(max_examples=12, deadline=None)
@given(random=randoms())
def test_words_in_a_row_stand_for_whoosh_where_the_oracle_cuts_them_so(random):
    with new_world() as world:
        change_often(world, random, random.randint(2, 12))
        entries = world.entries
        with world.disk() as disk:
            for field in ("title", *SECTION_KEYS):
                tokens = [
                    token for entry in entries.values() for token in entry.tokens.get(field, ())
                ]
                for _ in range(4 if tokens else 0):
                    at, size = random.randrange(len(tokens)), random.choice([2, 2, 3])
                    row = [token.text for token in tokens[at : at + size]]
                    if len(row) > 1:
                        having = {
                            key
                            for key, entry in entries.items()
                            if stands(row, entry.tokens.get(field, ()))
                        }
                        assert disk.ids(WhooshPhrase(field, row)) == having


def stands(row, tokens):
    """Whether words stand at positions one behind the other."""
    at = {(token.text, token.position) for token in tokens}
    return any(all((word, start + i) in at for i, word in enumerate(row)) for _, start in at)


# ── what the engine answers ──


class Asker:
    """Makes queries for the engine and for Whoosh that mean the same."""

    def __init__(self, world, random):
        self.random = random
        self.texts = [
            text for entry in world.entries.values() for text in entry.texts.values()
        ] or ["公开"]
        self.words = sorted(
            {
                word
                for entry in world.entries.values()
                for found in entry.words.values()
                for word in found
            }
        )
        self.values = {
            facet: [one.value for one in world.oracle.facet_values(facet)] for facet in FACETS
        }

    def both(self, depth=3):
        """Return a node of the engine's query and a query of Whoosh's."""
        kind = self.random.choice(["leaf", "leaf", "and", "or", "not"] if depth else ["leaf"])
        if kind == "leaf":
            return self.random.choice(
                [self.literal, self.word, self.beginning, self.beginning_within, self.facet]
            )()
        parts = [
            self.both(depth - 1) for _ in range(1 if kind == "not" else self.random.randint(2, 3))
        ]
        nodes, queries = tuple(node for node, _ in parts), [query for _, query in parts]
        if kind == "not":
            return Not(nodes[0]), none_of(queries[0])
        return (And(nodes), WhooshAnd(queries)) if kind == "and" else (Or(nodes), any_of(queries))

    def literal(self):
        """A quoted string of two units or more."""
        text = self.random.choice(self.texts)
        start = self.random.randrange(len(text))
        piece = text[start : start + self.random.randint(2, 9)]
        text = self.random.choice(
            [piece, piece, piece, self.random.choice(NEEDLES), piece + make_text(self.random)]
        )
        needle = compared(text)
        return (
            (Phrase(text), literally(needle))
            if len(needle.encode("utf-16-be")) > 2
            else self.facet()
        )

    def word(self):
        """An unquoted word, which may stand literally as well; one that no single character hangs
        on.
        """
        word = self.a_word()
        if (
            compile_query(Query(root=UnquotedText(word))).root != UnquotedText(word)
            or len(compared(word)) < 2
        ):
            return self.literal()
        as_words = [any_of(Term(field, each) for field in GROUPS) for each in words(word)]
        return UnquotedText(word), any_of([WhooshAnd(as_words), literally(compared(word))])

    def beginning(self):
        """The beginning of a word, which is one word to the segmenter and so never counts
        literally.
        """
        word = self.a_word()
        return Prefix(word), any_of(WhooshPrefix(field, word) for field in GROUPS)

    def beginning_within(self):
        """The same within one of some sections."""
        word = self.a_word()
        keys = tuple(self.random.sample(TEXT_FIELDS, self.random.randint(1, 3)))
        return InSections(keys, Prefix(word)), any_of(WhooshPrefix(key, word) for key in keys)

    def facet(self):
        """The values of a facet."""
        facet = self.random.choice(FACETS)
        values = self.random.sample([*self.values[facet], "没有"], 1)
        return FacetFilter(facet, tuple(values)), any_of(
            Term(f"facet_{facet}", value) for value in values
        )

    def a_word(self):
        """One that is in the index, mostly."""
        known = [
            word
            for word in self.random.sample(self.words, min(len(self.words), 5))
            if words(word) == [word]
        ]
        return known[0] if known else "公开"


@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_whoosh_finds_what_the_engine_finds_however_it_is_asked(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 14))
        asker = Asker(world, random)
        with world.disk() as disk:
            for _ in range(10):
                found_by_all(world, disk, *asker.both())


@settings(max_examples=15, deadline=None)
@given(random=randoms(), drawn=st.lists(st.text(min_size=2, max_size=9), max_size=4))
def test_a_quoted_string_of_any_characters_is_found_by_whoosh_in_the_pairs(random, drawn):
    with new_world() as world:
        change_often(world, random, random.randint(1, 12))
        asker = Asker(world, random)
        with world.disk() as disk:
            for _ in range(8):
                found_by_all(world, disk, *asker.literal())
            for text in drawn:
                if len(compared(text).encode("utf-16-be")) > 2:
                    found_by_all(world, disk, Phrase(text), literally(compared(text)))


@settings(max_examples=12, deadline=None)
@given(random=randoms())
def test_every_value_of_a_facet_is_counted_by_whoosh_as_by_the_engine(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 12))
        asker = Asker(world, random)
        with world.disk() as disk:
            for facet in (
                "year",
                "level",
                "province",
                "prefecture",
                "county",
                "form",
                "finding",
                "rule",
                "body",
                "region",
            ):
                for count in world.engine.facet_values(facet):
                    assert len(disk.ids(Term(f"facet_{facet}", count.value))) == count.count
            for _ in range(4):
                node, query = asker.both()
                found = world.engine.find(Query(root=node, facets=FACETS))
                assert found == world.oracle.find(Query(root=node, facets=FACETS))
                for facet in FACETS:
                    counts = {
                        value: len(disk.ids(WhooshAnd([query, Term(f"facet_{facet}", value)])))
                        for value in asker.values[facet]
                    }
                    assert {one.value: one.count for one in found.facets[facet]} == {
                        value: n for value, n in counts.items() if n
                    }


# ── threads ──


def test_searchers_of_several_threads_find_beside_the_engine_what_one_alone_finds():
    """Each thread has a searcher of its own, for Whoosh's cannot be shared; the engine's snapshot
    is shared by all.
    """
    random = Random(5)
    with new_world() as world:
        change_often(world, random, 14)
        asker = Asker(world, random)
        asked = [asker.both() for _ in range(25)]
        expected = [set(world.oracle.find(Query(root=node, size=100)).ids) for node, _ in asked]
        wrong, done = [], []

        def ask(start):
            with world.disk() as disk:
                for at in range(start, start + len(asked)):
                    node, query = asked[at % len(asked)]
                    ours = set(world.engine.find(Query(root=node, size=100)).ids)
                    if not ours == disk.ids(query) == expected[at % len(asked)]:
                        wrong.append((node, query))
            done.append(start)

        threads = [threading.Thread(target=ask, args=(start * 5,)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(done) == 4
