"""The tables of a station file, and the statements the hot path runs, compiled once.

``entry`` is the truth. ``stream`` and ``total`` are projections that ``rebuild`` makes again from it. The
others hold the election package; to its voters come those whom an entry puts on the list.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    ForeignKey,
    Index,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects import sqlite

HEAD = "0002"
"""The newest schema this program knows: the revision at the head of ``migrations/versions``."""

metadata = MetaData()

entry = Table(
    "entry",
    metadata,
    Column("device", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("time", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("private_digest", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("private", Text),
    sqlite_strict=True,
)
Index("entry_by_stream", entry.c.stream)
_in_folding_order = (entry.c.time, entry.c.device, entry.c.number)
Index("entry_by_time", *_in_folding_order, entry.c.kind, entry.c.actor, entry.c.witness, entry.c.stream)
"""The journal's pages, and what they are chosen by: what is not chosen is passed over in the index alone."""

stream = Table(
    "stream",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("last_time", Text, nullable=False),
    Column("last_device", Text, nullable=False),
    Column("last_number", Integer, nullable=False),
    sqlite_strict=True,
)

# Not by a function of JSON: a state that somebody altered must not stop the check that finds it.
_issued = text("""instr(state, '"issues":[{') > 0""")
Index("voter_took_part", stream.c.name, sqlite_where=_issued)

total = Table(
    "total",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

voter = Table(
    "voter",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)

_group = func.json_extract(voter.c.record, literal_column("'$.group'"))
Index("voter_group", voter.c.number, voter.c.token, _group)

voter_key = Table(
    "voter_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("number", Integer, ForeignKey("voter.number"), primary_key=True),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

person = Table(
    "person",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_strict=True,
)


def _compiled(statement: Select[Any] | Insert | Delete) -> str:
    """SQLite's text of ``statement``, its parameters as question marks in the order of writing."""
    return str(statement.compile(dialect=sqlite.dialect()))


def _upsert(table: Table) -> str:
    keys = list(table.primary_key.columns)
    statement = sqlite.insert(table)
    values = {c.name: statement.excluded[c.name] for c in table.columns if c not in keys}
    return _compiled(statement.on_conflict_do_update(index_elements=keys, set_=values))


_from, _to = bindparam("start", type_=Text), bindparam("end", type_=Text)

INSERT = {table.name: _compiled(insert(table)) for table in metadata.sorted_tables}
"""Whole rows into a table, by its name; values in the order of its columns."""

JOURNAL = _compiled(select(entry).order_by(entry.c.device, entry.c.number))
ENTRIES_BY_STREAM = _compiled(select(entry).order_by(entry.c.stream, *_in_folding_order))
ENTRIES_OF_STREAM = _compiled(
    select(entry).where(entry.c.stream == bindparam("stream")).order_by(*_in_folding_order)
)
_actor: ColumnElement[str] = bindparam("actor", type_=Text)
_text: ColumnElement[str] = bindparam("text", type_=Text)
_first: ColumnElement[int] = literal_column("1", Integer)
_chosen_by: dict[str, ColumnElement[bool]] = {
    "kind": entry.c.kind == bindparam("kind"),
    "actor": or_(entry.c.actor == _actor, entry.c.witness == _actor),
    # By a function, past the index of streams: SQLite would take that, and sort all it finds for one page.
    "stream": func.instr(entry.c.stream, bindparam("stream", type_=Text)) == _first,
    "text": or_(func.instr(entry.c.public, _text) >= _first, func.instr(entry.c.private, _text) >= _first),
}
_before = [bindparam(f"before_{column.name}", type_=column.type) for column in _in_folding_order]


@cache
def count_chosen(*by: str) -> str:
    """How many entries are chosen by some fields of ``Chosen``; twice those of an actor and a text."""
    return _compiled(select(func.count()).select_from(entry).where(*(_chosen_by[name] for name in by)))


@cache
def chosen(*by: str) -> str:
    """Those entries, the latest first, before a place that follows the other parameters."""
    return _compiled(
        select(entry)
        .where(*(_chosen_by[name] for name in by), tuple_(*_in_folding_order) < tuple_(*_before))
        .order_by(*(column.desc() for column in _in_folding_order))
    )


LAST_OF_DEVICE = _compiled(
    select(entry).where(entry.c.device == bindparam("device")).order_by(entry.c.number.desc())
)
HASHES_OF_DEVICE = _compiled(
    select(entry.c.number, entry.c.hash).where(entry.c.device == bindparam("device"))
)

STREAM = _compiled(select(stream).where(stream.c.name == bindparam("name")))
STREAMS = _compiled(select(stream).where(stream.c.name >= _from, stream.c.name < _to).order_by(stream.c.name))
PUT_STREAM = _upsert(stream)
DROP_STREAMS = _compiled(delete(stream))

TOTALS = _compiled(select(total).where(total.c.name >= _from, total.c.name < _to).order_by(total.c.name))
PUT_TOTAL = _upsert(total)
DROP_TOTAL = _compiled(delete(total).where(total.c.name == bindparam("name")))
DROP_TOTALS = _compiled(delete(total))

VOTER = _compiled(select(voter.c.record).where(voter.c.token == bindparam("token")))
VOTER_BY_NUMBER = _compiled(select(voter.c.record).where(voter.c.number == bindparam("number")))
VOTERS = _compiled(select(voter.c.record).order_by(voter.c.number))
GROUPS = _compiled(select(voter.c.token, _group).order_by(voter.c.number))
TOOK_PART = _compiled(select(stream.c.name).where(_issued))
LAST_NUMBER = _compiled(select(func.max(voter.c.number)))
NUMBERS_WITH_KEY = _compiled(
    select(voter_key.c.number)
    .where(voter_key.c.key >= _from, voter_key.c.key < _to)
    .order_by(voter_key.c.key, voter_key.c.number)
)
PERSON = _compiled(select(person.c.record).where(person.c.id == bindparam("id")))
PEOPLE = _compiled(select(person.c.record).order_by(person.c.place))
SETTING = _compiled(select(setting.c.value).where(setting.c.name == bindparam("name")))
PUT_SETTING = _upsert(setting)
