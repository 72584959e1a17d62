"""How things are measured: a clock around an act, and the bare store beside ours."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def raw_commits(path: Path) -> Callable[[], None]:
    """One durable commit of one row of 200 characters, by Python's own SQLite, in the same mode."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, text TEXT)")

    def commit() -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO entry (text) VALUES (?)", ("x" * 200,))
        database.execute("COMMIT")

    return commit


def seconds(act: Callable[[], object]) -> float:
    """How long ``act`` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def spread(times: Sequence[float]) -> dict[str, float]:
    """The middle of ``times`` and the slowest but one in a hundred, in milliseconds."""
    ordered = sorted(times)
    return {
        "p50_ms": round(statistics.median(ordered) * 1000, 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 2),
    }
