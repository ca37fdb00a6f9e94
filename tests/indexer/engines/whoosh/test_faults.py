"""The faults of whoosh3 around which the engine is built, each shown on a small plain index of
Whoosh's own codec.

A test that fails here is good news: a newer Whoosh has mended what it shows, and what is done
instead may go. None depends on luck: where a fault needs two threads, they take turns at the one
place that matters.
"""

from __future__ import annotations

import threading
import warnings
from contextlib import closing
from io import BytesIO

import pytest
from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.fields import COLUMN, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import create_in
from whoosh.query import And, ColumnQuery, Every, NumericRange, Or, Term

from indexer.engines.whoosh.mapped_files import mapped_bytes


@pytest.fixture
def write(tmp_path):
    """Makes an index of some rows."""
    opened = []

    def write_rows(schema, rows):
        index = create_in(str(tmp_path), Schema(**schema))
        opened.append(index)
        writer = index.writer()
        for row in rows:
            writer.add_document(**row)
        writer.commit()
        return index

    yield write_rows
    for index in opened:
        index.close()


# ── threads ──


def outcome(searcher, query):
    """What a thread gets: the documents, or the exception."""
    try:
        return sorted(searcher.docs_for_query(query))
    except Exception as error:
        return error


def asked_while_another_asks(first, second, query, other_query, monkeypatch):
    """What `first` finds in a thread, if another asks `second` just when the first has gone to a
    place in a file and not read yet.
    """
    seek = StructFile.seek
    found = []
    asking = threading.Thread(target=lambda: found.append(outcome(first, query)))
    between = threading.Thread(target=outcome, args=(second, other_query))

    def seek_and_give_way(file, *position):
        seek(file, *position)
        if threading.current_thread() is asking and between.ident is None:
            between.start()
            between.join()

    monkeypatch.setattr(StructFile, "seek", seek_and_give_way)
    asking.start()
    asking.join()
    assert between.ident is not None
    return found[0]


def test_threads_that_share_a_searcher_read_from_each_others_places(write, monkeypatch):
    """All matchers of a searcher share one file with one position: seek, then read. We read arrays,
    which have no position.
    """
    index = write(
        {"text": TEXT},
        [{"text": ("odd", "even")[number % 2 == 0] + " all"} for number in range(40)],
    )
    odd, everything = Term("text", "odd"), Term("text", "all")
    expected = list(range(1, 40, 2))
    with index.searcher() as shared, index.searcher() as own:
        assert outcome(shared, odd) == expected
        assert asked_while_another_asks(shared, shared, odd, everything, monkeypatch) != expected
        assert asked_while_another_asks(shared, own, odd, everything, monkeypatch) == expected


# ── counts ──


def test_the_length_of_limited_results_is_wrong_where_a_range_is_one_of_several_ways(write):
    """With a limit, matchers are skipped that cannot come first, and what they would have found is
    not counted. We count masks.
    """
    rows = [
        {"text": "alfa" if number % 2 else "bravo", "number": number % 50} for number in range(500)
    ]
    index = write({"text": TEXT, "number": NUMERIC(int)}, rows)
    query = Or([Term("text", "alfa"), NumericRange("number", 10, 20)])
    right = sum(row["text"] == "alfa" or 10 <= row["number"] <= 20 for row in rows)
    with index.searcher() as searcher:
        assert len(searcher.search(query, limit=None)) == right
        assert len(searcher.search(query, limit=10)) != right


# ── columns ──


def test_a_query_of_a_column_cannot_be_searched_nor_combined(write):
    """Its matcher never sets its score and cannot be copied. We read a column as an array and
    compare that.
    """
    index = write(
        {"number": COLUMN(NumericColumn("i"))}, [{"number": number} for number in range(10)]
    )
    query = ColumnQuery("number", lambda number: number >= 5)
    with index.searcher() as searcher:
        assert sorted(searcher.docs_for_query(query)) == [5, 6, 7, 8, 9]
        with pytest.raises(AttributeError, match="_score"):
            searcher.search(query, limit=None)
        with pytest.raises(NotImplementedError):
            list(searcher.docs_for_query(And([Every(), query])))


def test_a_column_of_references_loses_the_values_beyond_65535():
    """From then on a document silently has the default, and a warning is all. Our facets are
    postings; their number has no bound.
    """
    storage, column, size = RamStorage(), RefBytesColumn(), 65_537
    with storage.create_file("column") as file:
        writer = column.writer(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            for number in range(size):
                writer.add(number, b"%d" % number)
        writer.finish(size)
    with storage.open_file("column") as file:
        reader = column.reader(file, 0, storage.file_length("column"), size)
        read = [reader[number] for number in range(size)]
    assert read[:65_535] == [b"%d" % number for number in range(65_535)]
    assert read[65_535:] == [b"", b""]


def test_a_number_of_32_bits_has_eight_postings(write):
    """One for every four bits, for ranges: with some 300 figures a report they would be most of the
    index. Ours are columns.
    """
    index = write({"number": NUMERIC(int, bits=32)}, [{"number": 2019}])
    with index.reader() as reader:
        assert len(list(reader.lexicon("number"))) == 8


# ── files ──


def test_a_file_of_a_segment_is_copied_whole_when_it_is_opened(write):
    """Though the segment is mapped into memory. `mapped_files` reads where it is mapped."""
    index = write({"text": TEXT}, [{"text": "word " * 1000}])
    (segment,) = index._segments()
    with closing(segment.open_compound_file(index.storage)) as compound:
        name = max(compound.list(), key=compound.file_length)
        with compound.open_file(name) as file:
            assert isinstance(file, BufferFile)
            assert isinstance(file.file, BytesIO)
            assert file.file.getbuffer().nbytes == compound.file_length(name)
        in_place = mapped_bytes(compound, name)
        assert in_place.obj is compound._source
        in_place.release()


def test_what_is_opened_over_a_buffer_is_a_copy_of_it():
    """Which is what makes opening cost as much as reading."""
    buffer = bytearray(b"before")
    with BufferFile(memoryview(buffer)) as file:
        buffer[:] = b"behind"
        assert file.read(6) == b"before"
        assert file.get(0, 6) == b"behind"
