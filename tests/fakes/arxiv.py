"""arXiv's API over a few preprints; the feed follows its user's manual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.fakes.faults import Answer, Fault
from tests.fakes.registry import Asked, FakeRegistry

_KIND = {"Content-Type": "application/atom+xml; charset=utf-8"}


@dataclass(frozen=True)
class Preprint:
    """An entry: its identifier without version, and what it says."""

    id: str
    title: str
    authors: tuple[str, ...] = ("Ada Lovelace",)
    published: str = "2021-06-01T10:00:00Z"
    updated: str = "2022-01-02T10:00:00Z"
    summary: str = "Works are described."
    doi: str = ""
    comment: str = ""

    @property
    def xml(self) -> str:
        names = "".join(f"<author><name>{escape(name)}</name></author>" for name in self.authors)
        own = f"<arxiv:doi>{escape(self.doi)}</arxiv:doi>" if self.doi else ""
        own += f"<arxiv:comment>{escape(self.comment)}</arxiv:comment>" if self.comment else ""
        return (
            f"<entry><id>http://arxiv.org/abs/{self.id}v2</id><title>{escape(self.title)}</title>"
            f"<published>{self.published}</published><updated>{self.updated}</updated>"
            f"<summary>{escape(self.summary)}</summary>{names}{own}</entry>"
        )


class FakeArxiv(FakeRegistry):
    """Preprints by their identifier, and by a word of their title."""

    def __init__(self, preprints: Iterable[Preprint] = (), *, faults: Iterable[Fault] = ()) -> None:
        self.preprints = list(preprints)
        super().__init__(self._answer, faults=faults, path="/api")

    def _answer(self, asked: Asked) -> Answer:
        wanted = asked.parameters.get("id_list", "")
        words = re.findall(r"all:(\w+)", asked.parameters.get("search_query", "").lower())
        found = [
            one.xml
            for one in self.preprints
            if one.id == wanted or set(words) & set(one.title.lower().split())
        ]
        return Answer(200, feed(*found), _KIND)


def feed(*entries: str) -> bytes:
    """A feed of these entries."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<title>ArXiv Query</title><id>http://arxiv.org/api/x</id>{''.join(entries)}</feed>"
    ).encode()
