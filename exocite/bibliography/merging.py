"""Two entries of one work made one: field by field, by choice, and nothing lost without a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass

from exocite.bibliography.document import Document
from exocite.bibliography.edits import KEY_FIELDS, Renamed
from exocite.errors import BibliographyError
from exocite.references.names import bibtex_names, has_others
from exocite.text import folded

_NAMES = frozenset({"author", "editor"})
_DATES = {"year", "date"}
TWO_NAMES = (
    ("year", "date"),
    ("journal", "journaltitle"),
    ("school", "institution"),
    ("address", "location"),
    ("annote", "annotation"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
)
"""Fields that BibTeX and biblatex name differently (biblatex manual 3.20, section 2.2.5)."""

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one field: the value that stays and the one that goes, "" for none.

    `taken` says that the value comes from the entry that goes; `differs` that a value is lost.
    `instead` is a field of the other data model that the value stands in the place of.
    """

    field: str
    kept: str
    lost: str
    taken: bool
    differs: bool
    instead: str = ""


def preferred(document: Document, one: str, other: str) -> tuple[str, str]:
    """The keys, the one to keep first: the entry with a DOI, else the fuller, else the first.

    Raises BibliographyError for a key that no entry has.
    """
    ranks = []
    for place, key in enumerate((one, other)):
        fields = document.latex(key)
        filled = sum(bool(value.strip()) for value in fields.values())
        ranks.append((not fields.get("doi", "").strip(), -filled, place, key))
    first, second = sorted(ranks)
    return first[-1], second[-1]


def choices(
    document: Document, keep: str, drop: str, take: Collection[str] = ()
) -> tuple[Choice, ...]:
    """What merging `drop` into `keep` does with each field, in the order of the entries.

    A value of `keep` stays unless that of `drop` holds it and more (a range for a page, more names)
    or its field is named in `take`. What BibTeX and biblatex have two names for is one field, so
    that no entry has both a journal and a journaltitle; a date comes for a year only by choice,
    since BibTeX's styles print none. Raises BibliographyError for a field that `drop` has not.
    """
    ours, theirs = document.latex(keep), document.latex(drop)
    wanted = {name.lower() for name in take}
    if missing := sorted(wanted - theirs.keys()):
        raise BibliographyError(
            f"{document.path}: {drop} has no field {missing[0]}",
            hint=f"it has {', '.join(theirs)}",
        )
    found = []
    paired = {name: _paired(name, ours, theirs) for name in ours}
    for name in dict.fromkeys((*ours, *(name for name in theirs if name not in paired.values()))):
        second = paired.get(name, name)
        mine, other = ours.get(name, ""), theirs.get(second, "")
        asked = name in wanted or second in wanted
        instead = name if {name, second} == _DATES else ""
        taken = bool(other) and (asked or not mine or (not instead and fuller(name, other, mine)))
        kept, lost = (other, mine) if taken else (mine, other)
        differs = bool(lost) and _form(lost) != _form(kept)
        field, instead = (second, instead) if taken and instead else (name, "")
        found.append(Choice(field, kept, lost, taken, differs, instead))
    return tuple(found)


def _paired(name: str, ours: Container[str], theirs: Container[str]) -> str:
    """The field of the other entry that says what this one does, by the other model's name."""
    for pair in TWO_NAMES:
        if name in pair and name not in theirs:
            other = pair[pair[0] == name]
            if other in theirs and other not in ours:
                return other
    return name


def fuller(name: str, left: str, right: str) -> bool:
    """Whether the first value says all that the second does, and more."""
    if name in KEY_FIELDS:
        return False
    if name in _NAMES:
        ours, theirs = bibtex_names(left), bibtex_names(right)
        if has_others(left) != has_others(right):
            return has_others(right) and len(ours) >= len(theirs)
        return len(ours) > len(theirs)
    ours_form, theirs_form = _form(left), _form(right)
    return ours_form != theirs_form and ours_form.startswith(theirs_form)


def _form(value: str) -> str:
    return _NOT_LETTERS.sub("", folded(value))


def merged(document: Document, keep: str, drop: str, take: Collection[str] = ()) -> Document:
    """The document with `drop` merged into `keep`; entries that name `drop` name `keep` then.

    Raises BibliographyError for a key that no entry or more than one has, and for two entries of
    which one inherits from the other.
    """
    if keep == drop:
        raise BibliographyError(
            f"{document.path}: {keep} cannot be merged with itself", hint="name two entries"
        )
    decided = choices(document, keep, drop, take)
    known = frozenset(entry.key for entry in document.references)
    kept, dropped = Renamed({keep: keep}, known), Renamed({drop: keep}, known)
    for key, other, named in ((keep, drop, dropped), (drop, keep, kept)):
        fields = document.latex(key)
        if any(map(named, _keys([fields.get(name, "") for name in KEY_FIELDS]))):
            raise BibliographyError(
                f"{document.path}: {key} names {other} as another work, so they are not merged",
                hint="take out its crossref, xdata or related field first",
            )
    for choice in decided:
        if choice.taken:
            document = document.set_latex(keep, choice.field, choice.kept)
        if choice.instead:
            document = document.remove_field(keep, choice.instead)
    for entry in document.references:
        if entry.key in (keep, drop):
            continue
        for name in sorted(KEY_FIELDS & entry.fields.keys()):
            latex = document.latex(entry.key)[name]
            if any(map(dropped, _keys([latex]))):
                document = document.set_latex(entry.key, name, _renamed(latex, kept, dropped))
    return document.remove(drop)


def _keys(lists: Iterable[str]) -> list[str]:
    return [key.strip() for keys in lists for key in keys.split(",")]


def _renamed(value: str, kept: Renamed, dropped: Renamed) -> str:
    """The list of keys with one for the other, and without it where that stands there already."""
    parts = value.split(",")
    if any(map(kept, _keys([value]))):
        return ",".join(part for part in parts if not dropped(part.strip())).strip()
    return ",".join(
        part.replace(part.strip(), new) if (new := dropped(part.strip())) else part
        for part in parts
    )
