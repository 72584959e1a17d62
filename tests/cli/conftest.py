"""Bundles of a whole small day, as the tests of bundles make them."""

from tests.bundles.conftest import own_count, own_day, root

__all__ = ["own_count", "own_day", "root"]
