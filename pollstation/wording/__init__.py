"""Codes, kinds and states put into words."""
