"""Signed packages and bundles: what enters and leaves the laptop."""
