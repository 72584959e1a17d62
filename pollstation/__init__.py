"""Offline-first polling-station operations: one recomputable line from the voter's card to the result."""

__version__ = "0.1.0"
