"""The pages of the duties, in the order of the rail, then those that other pages lead to."""

from collections.abc import Callable

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.pages.closing import ClosingPage
from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.pages.handing_over import HandingOverPage
from pollstation.desktop.pages.incidents import IncidentsPage
from pollstation.desktop.pages.journal import JournalPage
from pollstation.desktop.pages.mobile import MobileBoxes
from pollstation.desktop.pages.names import NamesPage
from pollstation.desktop.pages.opening import OpeningPage
from pollstation.desktop.pages.outage import OutagePage
from pollstation.desktop.pages.proxies import Proxies
from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.pages.stock import StockPage
from pollstation.desktop.pages.today import Today
from pollstation.desktop.pages.turnout import TurnoutPage

PAGES: tuple[Callable[[Desk], Page], ...] = (
    Today,
    OpeningPage,
    CheckIn,
    Proxies,
    MobileBoxes,
    StockPage,
    IncidentsPage,
    ClosingPage,
    CountingPage,
    ResultPage,
    HandingOverPage,
    JournalPage,
    OutagePage,
    TurnoutPage,
    NamesPage,
)
