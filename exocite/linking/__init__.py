"""Passages for claims: which work says it, in which sentences, and how sure that is."""

from exocite.linking.suggest import OPERATING_POINT, link

__all__ = ["OPERATING_POINT", "link"]
