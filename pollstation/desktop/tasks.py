"""The one door for background work. Pages make no threads; they ask here and are answered on the GUI thread.

Short work (every use case of the day) runs on one worker thread, in the order it was asked for; that thread
alone writes. What reads long in the file of the day is studied by a second thread, so that no voter waits for
it. Long work (import, printing cards, export) runs beside both, with progress and cancel.
"""

import gc
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.wording.bugs import record_bug

T = TypeVar("T")

SWEEP_MS = 10_000
"""How often garbage is collected, in milliseconds."""


@dataclass(frozen=True)
class Bug:
    """An error nobody expected, already in the log: code and facts for its sentence, the error for tests."""

    code: Code
    facts: dict[str, object]
    error: BaseException


class CancelledError(Exception):
    """Raised inside long work when its user has cancelled it."""


@dataclass(frozen=True)
class Report:
    """How far long work has come: ``done`` of ``total`` steps, and the seconds left (None: not yet known)."""

    done: int
    total: int
    remaining: float | None


class Progress:
    """Given to long work, which calls it as ``progress(done, total)`` whenever it has done a step.

    Raises:
        CancelledError: out of the call, when the user has cancelled.
    """

    def __init__(self, report: Callable[[Report], None]) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self._began = time.monotonic()
        self._told = 0.0

    def cancel(self) -> None:
        """Make the next step raise; what was begun is rolled back by whoever does the work."""
        self._cancelled.set()

    def __call__(self, done: int, total: int) -> None:
        """Report a step, at most twenty times a second."""
        if self._cancelled.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self._told < 0.05 and done < total:
            return
        self._told = now
        spent = now - self._began
        remaining = spent / done * (total - done) if done and spent > 0.5 else None
        self._report(Report(done, total, remaining))


class _Line:
    """Work waiting in line for one thread."""

    def __init__(self, name: str) -> None:
        self._waiting: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], None]) -> None:
        self._waiting.put(job)

    def end(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            job()
            del job  # or whoever asked would be kept until the next job comes, and be let go here


class Tasks(QObject):
    """Runs work off the GUI thread and answers on it.

    Signals:
        refused: a ``Refusal`` or ``Faults`` that the caller did not take care of itself.
        failed: a :class:`Bug`, already logged.
        busy: whether anything is under way.
    """

    refused = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)
    _came_back = Signal(object)
    _came_on = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = 0
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._came_on.connect(self._report, Qt.ConnectionType.QueuedConnection)
        # Python collects garbage on whichever thread makes some; on a worker it would take widgets apart,
        # which ends the program (a test shows it). So it is done here only, on the thread that made them.
        gc.disable()
        self._sweep = QTimer(self, interval=SWEEP_MS)
        self._sweep.timeout.connect(gc.collect)
        self._sweep.start()
        self._worker, self._reader = _Line("store"), _Line("reader")

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        *,
        faulty: Callable[[Faults], None] | None = None,
        always: Callable[[], None] | None = None,
    ) -> None:
        """Do ``work`` on the worker thread after everything asked for before it.

        Args:
            work: runs off the GUI thread; touches no widget.
            done: gets its result, on the GUI thread.
            refused: gets its ``Refusal``; left out, the window says it in the status strip.
            faulty: gets its ``Faults``; left out, as with ``refused``.
            always: called last, whatever came of it (to enable a button again).
        """
        self._worker.put(self._job(work, self._begin(done, refused, faulty, always)))

    def study(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        *,
        always: Callable[[], None] | None = None,
    ) -> None:
        """As :meth:`run`, but beside the worker: ``work`` reads the file by a connection of its own."""
        self._reader.put(self._job(work, self._begin(done, refused, None, always)))

    def run_long(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        *,
        report: Callable[[Report], None] | None = None,
        faulty: Callable[[Faults], None] | None = None,
        always: Callable[[], None] | None = None,
    ) -> Progress:
        """Do ``work`` on a thread of its own; it must not use the worker's store.

        Args:
            work: calls the :class:`Progress` it is given at every step.
            done: as in :meth:`run`; not called after a cancel.
            refused: as in :meth:`run`.
            report: gets each :class:`Report` on the GUI thread, at most twenty a second.
            faulty: as in :meth:`run`.
            always: as in :meth:`run`; called after a cancel, too.

        Returns:
            The progress, whose ``cancel()`` stops the work at its next step.
        """
        progress = Progress(lambda told: self._came_on.emit(report, told))
        job = self._job(lambda: work(progress), self._begin(done, refused, faulty, always))
        threading.Thread(target=job, name="long work", daemon=True).start()
        return progress

    def report_bug(self, error: BaseException) -> None:
        """Log an error that nobody expected and say so; its traceback reaches no user."""
        self.failed.emit(Bug(*record_bug(error), error))

    @property
    def pending(self) -> int:
        """How much was asked for and not yet answered."""
        return self._pending

    def wait_idle(self, seconds: float = 10.0) -> None:
        """Keep the window alive until everything asked for is answered, and all that the answers asked for.

        Raises:
            TimeoutError: it took longer than ``seconds``.
        """
        end = time.monotonic() + seconds
        # once more where something was asked for while the last answer was being delivered
        while self._pending and (left := end - time.monotonic()) > 0:
            loop = QEventLoop()
            self.busy.connect(loop.quit)
            QTimer.singleShot(round(left * 1000), loop, loop.quit)
            loop.exec()
        if self._pending:
            raise TimeoutError(f"{self._pending} tasks were still under way after {seconds} s")

    def stop(self) -> None:
        """Finish what was asked for, then end both threads."""
        self._reader.end()
        self._worker.end()
        self._sweep.stop()
        gc.collect()
        gc.enable()

    def _begin(
        self,
        done: Callable[[T], None] | None,
        refused: Callable[[Refusal], None] | None,
        faulty: Callable[[Faults], None] | None,
        always: Callable[[], None] | None,
    ) -> Callable[[T | BaseException], None]:
        """Count the work as pending; the function returned delivers its answer on the GUI thread."""
        self._pending += 1
        if self._pending == 1:
            self.busy.emit(True)

        def answer(came: T | BaseException) -> None:
            if isinstance(came, Refusal):
                (refused or self.refused.emit)(came)
            elif isinstance(came, Faults):
                (faulty or self.refused.emit)(came)
            elif isinstance(came, BaseException):
                if not isinstance(came, CancelledError):
                    self.report_bug(came)
            elif done:
                done(came)

        def deliver(came: T | BaseException) -> None:
            try:
                answer(came)
            except Exception as error:
                self.report_bug(error)
            finally:
                if always:
                    always()
                self._pending -= 1
                if not self._pending:
                    self.busy.emit(False)

        return deliver

    def _job(self, work: Callable[[], T], deliver: Callable[[T | BaseException], None]) -> Callable[[], None]:
        def job() -> None:
            came: T | BaseException
            try:
                came = work()
            except BaseException as error:
                came = error
            self._came_back.emit(lambda: deliver(came))

        return job

    def _deliver(self, answer: Callable[[], None]) -> None:
        answer()

    def _report(self, report: Callable[[Report], None] | None, told: Report) -> None:
        if report:
            report(told)
