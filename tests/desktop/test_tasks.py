import gc
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from pollstation import paths
from pollstation.desktop.tasks import Bug, Progress, Report, Tasks
from pollstation.domain.errors import Code, Fault, Faults, Refusal


def raising(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_work_is_done_elsewhere_and_answered_on_the_gui_thread(tasks: Tasks) -> None:
    threads: list[object] = []

    def done(worker: int) -> None:
        threads.extend([worker, threading.get_ident()])

    tasks.run(threading.get_ident, done)
    tasks.wait_idle()
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_all_short_work_is_done_by_one_thread_in_the_order_asked(tasks: Tasks) -> None:
    answers: list[tuple[int, int]] = []

    def work(number: int) -> tuple[int, int]:
        time.sleep(0.002 * (5 - number))
        return number, threading.get_ident()

    for number in range(5):
        tasks.run(partial(work, number), answers.append)
    tasks.wait_idle()
    assert [number for number, _thread in answers] == [0, 1, 2, 3, 4]
    assert len({thread for _number, thread in answers}) == 1


def test_a_refusal_comes_to_who_asked(tasks: Tasks) -> None:
    mine: list[Refusal] = []
    everybodys: list[object] = []
    tasks.refused.connect(everybodys.append)
    tasks.run(raising(Refusal(Code.SAME_PERSON)), refused=mine.append)
    tasks.wait_idle()
    assert [refusal.code for refusal in mine] == [Code.SAME_PERSON]
    assert everybodys == []


def test_a_refusal_nobody_takes_is_told_to_the_window(tasks: Tasks) -> None:
    told: list[object] = []
    tasks.refused.connect(told.append)
    tasks.run(raising(Refusal(Code.NOT_ALLOWED)))
    tasks.run(raising(Faults([Fault(code=Code.FILE_DAMAGED)])))
    tasks.wait_idle()
    assert [type(one) for one in told] == [Refusal, Faults]


def test_an_unexpected_error_leaves_a_log_without_what_it_said(qapp: QApplication) -> None:
    tasks = Tasks()
    bugs: list[Bug] = []
    ended: list[bool] = []
    tasks.failed.connect(bugs.append)
    tasks.run(raising(ValueError("card 00417 of a voter")), always=lambda: ended.append(True))
    tasks.wait_idle()
    tasks.stop()
    assert [bug.code for bug in bugs] == [Code.BUG]
    assert ended == [True]
    log = (paths.logs() / "bugs.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "00417" not in log


def test_an_error_in_the_answer_is_told_and_the_next_work_still_done(qapp: QApplication) -> None:
    tasks = Tasks()
    bugs: list[Bug] = []
    answers: list[int] = []
    tasks.failed.connect(bugs.append)
    tasks.run(lambda: 0, lambda none: answers.append(1 // none))
    tasks.run(lambda: 7, answers.append)
    tasks.wait_idle()
    tasks.stop()
    assert len(bugs) == 1
    assert answers == [7]


def test_waiting_includes_what_the_answers_ask_for(tasks: Tasks) -> None:
    answers: list[str] = []
    tasks.run(lambda: "first", lambda _first: tasks.run(lambda: "second", answers.append))
    tasks.wait_idle()
    assert answers == ["second"]
    assert tasks.pending == 0


def test_waiting_too_long_is_an_error(tasks: Tasks) -> None:
    gate = threading.Event()
    tasks.run(gate.wait)
    with pytest.raises(TimeoutError):
        tasks.wait_idle(0.05)
    gate.set()
    tasks.wait_idle()


def test_long_work_reports_beside_the_short_work(tasks: Tasks) -> None:
    reports: list[Report] = []
    answers: list[str] = []
    gate = threading.Event()

    def long(progress: Progress) -> str:
        progress(1, 2)
        gate.wait(5)
        progress(2, 2)
        return "long"

    def short_is_done(short: str) -> None:
        answers.append(short)
        gate.set()

    tasks.run_long(long, answers.append, report=reports.append)
    tasks.run(lambda: "short", short_is_done)
    tasks.wait_idle()
    assert answers == ["short", "long"]
    assert [(report.done, report.total) for report in reports] == [(1, 2), (2, 2)]


def test_long_work_stops_at_its_next_step_when_cancelled(tasks: Tasks) -> None:
    answers: list[str] = []
    ended: list[str] = []
    steps: list[int] = []
    begun, gate = threading.Event(), threading.Event()

    def long(progress: Progress) -> str:
        for step in range(1000):
            begun.set()
            gate.wait(5)
            progress(step, 1000)
            steps.append(step)
        return "never"

    progress = tasks.run_long(long, answers.append, always=lambda: ended.append("ended"))
    begun.wait(5)
    progress.cancel()
    gate.set()
    tasks.wait_idle()
    assert (answers, ended, steps) == ([], ["ended"], [])


def test_a_signal_gives_back_every_reference_it_takes(tasks: Tasks) -> None:
    """PySide6 6.12.0 loses one reference to True with every signal; a few hundred end the program."""
    before = sys.getrefcount(True)
    for _time in range(50):
        tasks.busy.emit(False)
    assert sys.getrefcount(True) > before - 25


class Part:
    """Something that only the collector of garbage frees, for it holds itself."""

    def __init__(self) -> None:
        self.myself = self


def test_what_windows_leave_behind_is_taken_apart_on_their_own_thread_alone(tasks: Tasks) -> None:
    threads: list[int] = []
    for _number in range(100):
        weakref.finalize(Part(), lambda: threads.append(threading.get_ident()))

    def work() -> int:
        return len([[number] for number in range(200_000)])

    tasks.run(work)
    tasks.study(work)
    tasks.wait_idle()
    assert threads == []
    gc.collect()
    assert threads == [threading.get_ident()] * 100


TAKEN_APART = """
import gc, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

gc.disable()
app = QApplication([])

class Part(QWidget):
    def __init__(self):
        super().__init__()
        self.myself, self.field, self.timer = self, QLineEdit(self), QTimer(self)
        self.timer.start(1)

def collect():
    for _time in range(100):
        gc.collect()
    app.quit()

def make():
    for _time in range(5):
        Part()

making = QTimer()
making.timeout.connect(make)
making.start(1)
if sys.argv[1] == "here":
    QTimer.singleShot(50, collect)
else:
    threading.Timer(0.05, collect).start()
app.exec()
"""


@pytest.mark.parametrize(("where", "ends_well"), [("here", True), ("elsewhere", False)])
def test_a_widget_that_another_thread_takes_apart_ends_the_program(where: str, ends_well: bool) -> None:
    """Why garbage is collected on the thread of the widgets. Should Qt learn better, the rule may go."""
    ended = subprocess.run([sys.executable, "-c", TAKEN_APART, where], capture_output=True, check=False)
    assert (ended.returncode == 0) is ends_well
