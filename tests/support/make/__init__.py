"""Keyword builders, one small module per slice."""
