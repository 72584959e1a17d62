"""The window.

PySide6 6.12 takes for granted what holds from Python 3.12 on (PEP 683), that None is
never given back: each call that answers nothing drops a reference that nobody took. On Python 3.11 the
interpreter aborts after some thousands of calls ("deallocating None"). So None is made to outlive
everything here, before the first part of the window.
"""

import ctypes
import sys

if sys.version_info < (3, 12):
    ctypes.c_ssize_t.from_address(id(None)).value = sys.maxsize // 2
