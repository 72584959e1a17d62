"""Schemas: one head, equal to the tables the program uses; older files come along, newer ones are refused."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from pollstation.domain.errors import Code, Refusal
from pollstation.store import migrations, station_file, tables
from tests.store.conftest import NewFile
from tests.store.looking import inside, journal, opened
from tests.store.test_station_file import incident


def _shape(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL"
    )
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_the_newest_migration_gives_the_tables_the_program_uses(new_file: NewFile) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        wanted = _shape(connection)
    engine.dispose()
    with inside(new_file()) as connection:
        assert _shape(connection) == wanted


def test_there_is_one_newest_migration_and_the_program_knows_it() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.HEAD]


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(new_file: NewFile) -> None:
    path = new_file()
    with inside(path) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        opened(path)
    assert refusal.value.code is Code.FILE_NEWER
    assert path.read_bytes() == before


LATER = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table("weather", sa.Column("name", sa.Text, primary_key=True))
    {then}
"""


def _later(monkeypatch: pytest.MonkeyPatch, folder: Path, then: str) -> None:
    """Let the program be one whose newest schema is one further."""
    shutil.copytree(migrations.FOLDER, folder)
    (folder / "versions" / "r0003_weather.py").write_text(LATER.format(then=then))
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(station_file, "HEAD", "0003")


def _beside(path: Path) -> Iterable[str]:
    return sorted(each.name for each in path.parent.glob(f"{path.name}*"))


def test_an_older_file_is_upgraded_and_a_copy_kept_beside_it(
    new_file: NewFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_file()
    with opened(path) as file:
        file.write(incident())
        entries = journal(file)
    with monkeypatch.context() as patch:
        _later(patch, tmp_path / "later", "pass")
        with opened(path) as file:
            assert journal(file) == entries
            assert file.write(incident()).value == 2
        with inside(path) as connection:
            assert "weather" in _shape(connection)
    backup = path.with_name(f"{path.name}.before-0003")
    assert _beside(path) == [path.name, backup.name]
    with opened(backup) as file:
        assert journal(file) == entries


def test_a_file_of_the_first_program_gets_the_indexes_of_the_second(new_file: NewFile) -> None:
    path = new_file()
    with inside(path) as connection:
        newest = _shape(connection)
        for index in ("entry_by_time", "voter_group", "voter_took_part"):
            connection.exec_driver_sql(f"DROP INDEX {index}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    opened(path).close()
    with inside(path) as connection:
        assert _shape(connection) == newest
    assert path.with_name(f"{path.name}.before-0002").exists()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    new_file: NewFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_file()
    with monkeypatch.context() as patch:
        _later(patch, tmp_path / "later", "op.execute('SELECT * FROM nowhere')")
        with pytest.raises(Exception, match="nowhere"):
            opened(path)
    with opened(path) as file:
        assert file.write(incident()).value == 1
    with inside(path) as connection:
        assert "weather" not in _shape(connection)
