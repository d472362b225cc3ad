"""exocite links each claim of an article to the passage of the work that supports it."""

__version__ = "0.1.0"
