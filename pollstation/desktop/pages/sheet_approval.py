"""Where the two entries of a sheet meet: differences settled, warnings explained, the sheet approved."""

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.count_facts import sheet_name
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.sheet_examined import Examined, about, asked, examine, figures
from pollstation.desktop.pages.sheet_figures import kind_of
from pollstation.desktop.pages.station_names import person_named
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.finding_list import FindingList, FindingRow
from pollstation.desktop.widgets.form import Choice, CountField, Form, Options
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import card, clear, label, scrolled
from pollstation.documents import sheet_filling
from pollstation.domain.count_sheets import Phase
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code
from pollstation.domain.profiles import rules_of
from pollstation.i18n import _, language
from pollstation.services import counting, doubtful, recounting
from pollstation.wording import sentence, terms
from pollstation.wording.findings import supervisor_advice


class SheetApproval(DutyPage):
    """Differences or figures at the left, findings and the next step at the right."""

    duty = "count"

    def __init__(self, desk: Desk) -> None:
        self._now: Examined | None = None
        super().__init__(desk)
        self._id = ""
        self._asking, self._spoken = "", ""
        self.fields: dict[str, CountField] = {}
        self.body.addWidget(Columns(self._left(), self._right(), (3, 2)), 1)
        self.later = self.offer(lambda: _("Back"), self.back, "Esc")
        self.paper = self.offer(lambda: _("Print"), self.print_sheet, "F6")
        self.restate = self.offer(lambda: _("Restate the batch"), lambda: self.ask("restate"), "F4")
        self.doubtful = self.offer(lambda: _("Doubtful ballot"), lambda: self.ask("doubtful"), "F7")
        self.send_back = self.offer(lambda: _("Send back"), lambda: self.ask("send-back"), "F8")
        self.again = self.offer(lambda: _("Count again"), lambda: self.ask("recount"), "F8")
        self.main = self.offer(self._primary, self.act, "Enter", primary=True)

    def _left(self) -> QFrame:
        frame, inside = card()
        self.advice = label(role="muted", wrap=True)
        self._differences = QWidget()
        self._lines = QGridLayout(self._differences)
        self._lines.setContentsMargins(0, 0, theme.px(4), 0)
        self._lines.setVerticalSpacing(theme.px(10))
        self._lines.setHorizontalSpacing(theme.px(12))
        self._lines.setColumnStretch(0, 1)
        self.difference_area = scrolled(self._differences)
        self.table = SimpleTable(stretch=1, scrolls=True)
        self.words(self.table.setAccessibleName, lambda: _("Figures of the sheet"))
        inside.addWidget(self.advice)
        inside.addWidget(self.difference_area, 1)
        inside.addWidget(self.table, 1)
        return frame

    def _right(self) -> QFrame:
        frame, inside = card()
        self.banner, self.findings = Banner(), FindingList()
        self.form = Form()
        self.text = self.form.add(lambda: _("Explanation"), QLineEdit())
        self.reason = self.form.add(
            lambda: _("Reason"), QLineEdit(), lambda: _("It is printed on the sheet.")
        )
        self.held = self.form.add(lambda: _("Ballots in the batch, counted again"), CountField())
        self.why = self.form.add(lambda: _("Reason"), QLineEdit())
        self.mark = self.form.add(
            lambda: _("What the mark looks like"), QLineEdit(), lambda: _("Never who the voter may be.")
        )
        self.verdict = self.form.add(
            lambda: _("Judged"), Options((("valid", lambda: _("valid")), ("void", lambda: _("void"))))
        )
        self.judgement = self.form.add(lambda: _("Ground"), Choice())
        self.verdict.chosen.connect(lambda _key: self._offer_grounds())
        self._offer_grounds()
        self._finding_area = scrolled(self.findings)
        inside.addWidget(self.banner)
        inside.addWidget(self._finding_area, 100)
        inside.addWidget(self.form)
        inside.addStretch(1)
        return frame

    def heading(self) -> str:
        """The sheet's name."""
        if self._now is None:
            return _("Count sheet")
        sheet = self._now.view.sheet
        return sheet_name(self.plan, sheet.box, sheet.contest, sheet.batch)

    # What is shown

    def open_sheet(self, sheet: str) -> None:
        """Show ``sheet``."""
        self._id, self._now, self._asking = sheet, None, ""
        self.form.clear()
        self._clear_differences()
        self.look()

    def look(self) -> None:
        """Read the sheet."""
        if self._id:
            by, sheet = self.desk.by, self._id
            self.desk.read(lambda unit: examine(unit, by, sheet), self.show_now)

    def show_now(self, now: Examined) -> None:
        """Show it as far as it has come."""
        first = self._now is None
        self._now = now
        self._title.setText(self.heading())
        people = self.desk.people
        readers = [person_named(people, reading.by) for reading in now.view.sheet.readings]
        self.subtitle.setText(
            _("{count} ballots in this batch", count=now.view.sheet.ballots) + "    " + _(", ").join(readers)
        )
        differs = now.phase is Phase.DIFFERS
        self.difference_area.setVisible(differs)
        self.table.setVisible(now.phase in (Phase.AGREED, Phase.APPROVED))
        if differs:
            self._show_differences(now)
        self.table.show_table(*figures(now.view.contest, now.view.fields))
        self._offer_grounds()
        self._show_findings(now)
        self._show_step(now)
        if first:
            (next(iter(self.fields.values())) if differs else self.main).setFocus()

    def _clear_differences(self) -> None:
        clear(self._lines)
        self.fields = {}

    def _show_differences(self, now: Examined) -> None:
        names, spoken = [one.field for one in now.differences], language()
        if (names, spoken) == (list(self.fields), self._spoken):
            return
        typed, self._spoken = {name: field.text() for name, field in self.fields.items()}, spoken
        self._clear_differences()
        for column, text in enumerate((_("Field"), _("First entry"), _("Second entry"), _("On the paper"))):
            self._lines.addWidget(label(text, "small"), 0, column)
        for line, one in enumerate(now.differences, start=1):
            name = terms.field(one.field, now.view.contest.candidates)
            field = CountField()
            field.setAccessibleName(_("{field}, on the paper", field=name))
            field.setMaximumWidth(theme.px(110))
            self.fields[one.field] = field
            self._lines.addWidget(label(name, "large", wrap=True), line, 0)
            for column, value in ((1, one.first), (2, one.second)):
                button = KeyButton(f"{value:,}", small=True)
                button.setAccessibleName(_("{field}: take {value}", field=name, value=value))
                button.clicked.connect(lambda _on, name=one.field, value=value: self._take(name, value))
                self._lines.addWidget(button, line, column)
            self._lines.addWidget(field, line, 3)
            field.setText(typed.get(one.field) or ("" if one.settled is None else str(one.settled)))
        self._lines.setRowStretch(len(now.differences) + 1, 1)

    def _take(self, name: str, value: int) -> None:
        """Take one of the two figures, and go on to what is still empty."""
        self.fields[name].setText(str(value))
        empty = [field for field in self.fields.values() if not field.text()]
        (empty[0] if empty else self.reason).setFocus()

    def _show_findings(self, now: Examined) -> None:
        explained = now.view.sheet.explained
        rows = []
        for one in now.findings:
            wrong, _advice = sentence(one.code, dict(one.facts))
            done = one.code in explained
            advice = _("Explained; it is printed.") if done else supervisor_advice(one.code, one.facts)
            rows.append(FindingRow(str(one.code), wrong, advice, Kind.GOOD if done else kind_of(one)))
        rows += about(now)
        self.findings.show_findings(rows)
        self._finding_area.setVisible(bool(rows))

    def _show_step(self, now: Examined) -> None:
        shown: dict[str, tuple[QWidget, ...]] = {
            "send-back": (self.reason,),
            "recount": (self.reason,),
            "settle": (self.reason,),
            "restate": (self.held, self.why),
            "explain": (self.text,),
            "doubtful": (self.mark, self.verdict, self.judgement),
        }
        self.form.show_only(*shown.get(self._step, ()))
        self.form.setVisible(self._step in shown)
        advice = {
            Phase.DIFFERS: _("Both counters read the paper again, aloud. Take the right figure or type it."),
            Phase.AGREED: _("These are the figures both entries agree on."),
            Phase.APPROVED: _("These figures are in the result."),
        }
        self.advice.setText(advice.get(now.phase, _("The sheet has not been entered twice yet.")))
        if self._asking:
            self.banner.say(Kind.CAUTION, *asked(self._asking))
        elif now.phase is Phase.APPROVED:
            self.banner.say(Kind.GOOD, _("Approved"))
        elif now.errors:
            self.banner.say(
                Kind.WRONG,
                _("These figures cannot be"),
                _("Read the paper again; send the sheet back, or restate the batch after counting it."),
            )
        elif now.phase in (Phase.PLANNED, Phase.FIRST, Phase.SECOND):
            self.banner.say(Kind.PLAIN, terms.word(now.phase), _("Figures show here after the second entry."))
        elif self._step == "approve":
            self.banner.say(Kind.GOOD, _("Ready to be approved"))
        else:
            self.banner.clear()
        approved = now.phase is Phase.APPROVED
        self.send_back.setVisible(now.phase is not Phase.PLANNED and not approved and not self._asking)
        self.again.setVisible(approved and not self._asking)
        self.doubtful.setVisible(not approved and not self._asking)
        self.restate.setVisible(self._may_restate(now) and not self._asking)
        self.paper.setVisible(now.phase in (Phase.AGREED, Phase.APPROVED))
        self.main.setText(self._primary())
        self.main.setVisible(bool(self._step))

    def _may_restate(self, now: Examined) -> bool:
        """Whether the batch may hold another number: before both entries agree, or where they say so."""
        if now.phase is Phase.AGREED:
            return any(one.code is Code.BATCH_SUM_WRONG for one in now.errors)
        return now.phase in (Phase.PLANNED, Phase.FIRST, Phase.SECOND)

    @property
    def _step(self) -> str:
        now = self._now
        if now is None:
            return ""
        if self._asking:
            return self._asking
        if now.phase is Phase.DIFFERS:
            return "settle"
        if now.phase is not Phase.AGREED or now.errors:
            return ""
        return "explain" if now.open_warnings else "approve"

    def _primary(self) -> str:
        if self._now is None:
            return ""
        code = self._now.open_warnings[0].code if self._now.open_warnings else ""
        words = {
            "send-back": _("Send it back"),
            "recount": _("Order the recount"),
            "doubtful": _("Write the decision down"),
            "restate": _("Write the new count down"),
            "settle": _("Settle"),
            "explain": _("Explain {code}", code=code),
            "approve": _("Approve"),
        }
        return words.get(self._step, "")

    # What is done

    def act(self) -> None:
        """The next step."""
        acts = {
            "send-back": self._send_back,
            "recount": self._recount,
            "doubtful": self._decide,
            "restate": self._restate,
            "settle": self._settle,
            "explain": self._explain,
            "approve": self._approve,
        }
        if self._step:
            acts[self._step]()

    def _settle(self) -> None:
        empty = [field for field in self.fields.values() if not field.text()]
        if empty:
            empty[0].setFocus()
        elif self.form.complete():
            by, sheet, reason = self.desk.by, self._id, self.reason.text()
            figures = {name: field.value for name, field in self.fields.items()}
            self.do(
                lambda unit: counting.settle(unit, by, sheet, figures, reason),
                lambda _phase: self._acted(_("The differences are settled.")),
            )

    def _explain(self) -> None:
        now = self._now
        if now and self.form.complete():
            by, sheet, text, code = self.desk.by, self._id, self.text.text(), now.open_warnings[0].code
            self.sign(
                _("{task}: {text}", task=code, text=text),
                lambda unit, witness: counting.explain_finding(unit, by, witness, sheet, code, text),
                lambda _answer: self._acted(_("The explanation is written down and will be printed.")),
            )

    def _approve(self) -> None:
        by, sheet = self.desk.by, self._id
        self.sign(
            _("{sheet} is approved.", sheet=self.heading()),
            lambda unit, witness: counting.approve(unit, by, witness, sheet),
            lambda _answer: self._finished(_("{sheet} is approved.", sheet=self.heading())),
        )

    def ask(self, step: str) -> None:
        """Ask why the sheet is sent back or counted again, or what was decided about a doubtful ballot."""
        self._asking = step
        if self._now:
            self._show_step(self._now)
        {"doubtful": self.mark, "restate": self.held}.get(step, self.reason).setFocus()

    def _offer_grounds(self) -> None:
        rules = rules_of(self.plan.election) if self.desk.plan else None
        valid = self.verdict.key == "valid"
        grounds = [one for one in Judgement if rules is None or rules.allows(one, valid=valid)]
        self.judgement.offer([(one.value, terms.judgement(one)) for one in grounds])

    def _decide(self) -> None:
        if self.form.complete():
            by, sheet, mark, valid = self.desk.by, self._id, self.mark.text(), self.verdict.key == "valid"
            ground = Judgement(self.judgement.key)
            self.sign(
                _("{task}: {text}", task=_("valid") if valid else _("void"), text=terms.judgement(ground)),
                lambda unit, witness: doubtful.decide(
                    unit, by, witness, sheet, mark=mark, judgement=ground, valid=valid
                ),
                self._decided,
            )

    def _decided(self, number: int) -> None:
        self._asking = ""
        self._acted(_("Doubtful ballot {number} is written down: put the number on its slip.", number=number))

    def _restate(self) -> None:
        if self.form.complete():
            by, sheet, held, reason = self.desk.by, self._id, self.held.value, self.why.text()
            self.sign(
                _("{sheet}: two people counted {count} ballots.", sheet=self.heading(), count=held),
                lambda unit, witness: recounting.restate_batch(unit, by, witness, sheet, held, reason),
                lambda _answer: self._restated(),
            )

    def _restated(self) -> None:
        self._asking = ""
        self._acted(_("The batch is restated; the account of the box follows."))

    def _recount(self) -> None:
        if self.form.complete():
            by, sheet, reason = self.desk.by, self._id, self.reason.text()
            self.sign(
                _("{task}: {text}", task=_("Count again: {what}", what=self.heading()), text=reason),
                lambda unit, witness: recounting.order(unit, by, witness, [sheet], reason),
                lambda _answer: self._finished(
                    _("The sheets are entered anew by two people; the count before stays beside them.")
                ),
            )

    def _send_back(self) -> None:
        if self.form.complete():
            by, sheet, reason = self.desk.by, self._id, self.reason.text()
            self.do(
                lambda unit: counting.send_back(unit, by, sheet, reason),
                lambda _answer: self._finished(_("The sheet goes back: two people enter it anew.")),
            )

    def _acted(self, said: str) -> None:
        self.form.clear()
        self.say(said)
        self.main.setFocus()

    def _finished(self, said: str) -> None:
        self.say(said)
        self._id, self._asking = "", ""
        self.left.emit()

    def back(self) -> None:
        """Esc first gives up what was being asked."""
        if self._asking and self._now:
            self._asking = ""
            self._show_step(self._now)
        else:
            self._id = ""
            self.left.emit()

    def print_sheet(self) -> None:
        """Show the sheet with its figures as it will be printed."""
        sheet = self._id
        self.preview(lambda unit: [sheet_filling.count_sheet(unit, sheet)], f"{_('Count sheet')}.pdf")
