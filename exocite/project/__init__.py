"""The pipeline, top to bottom: read an article, add, resolve, link, judge, check, export.

One file a step; each is given the project and what it needs from the steps before it. Nothing here
prints.
"""

from exocite.project.project import Project

__all__ = ["Project"]
