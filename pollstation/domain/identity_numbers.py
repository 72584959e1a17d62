"""The resident identity number: eighteen characters that carry a birth date, a sex and a check (GB 11643)."""

import re
from datetime import date

LENGTH = 18
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def well_formed(number: str) -> bool:
    """Whether it is seventeen digits and a digit or ``X``; the check is not judged."""
    return _SHAPE.fullmatch(number) is not None


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits (ISO 7064, MOD 11-2)."""
    products = (weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECKS[sum(products) % 11]


def birth_of(number: str) -> date | None:
    """The birth date in a well-formed number; None where it is no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """``male`` or ``female``, as a well-formed number says: its seventeenth digit is odd for men."""
    return "male" if int(number[16]) % 2 else "female"
