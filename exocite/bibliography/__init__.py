"""The lossless .bib document: what the file means, and edits that touch nothing else."""

from exocite.bibliography.document import Document, Problem, ProblemKind

__all__ = ["Document", "Problem", "ProblemKind"]
