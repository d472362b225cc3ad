"""What begins before a text and ends after it: fields, bookmarks, content controls, links.

The text that a field prints stands for the field; its instruction is not shown. Source: ECMA-376,
part 1, 17.16 (fields) and 17.5.2 (structured document tags).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from exocite.frozen import dataclass
from exocite.model import CitationKind
from exocite.readers.docx.cursor import Attributes, Cursor, Ends, Starts
from exocite.readers.docx.draft import Cited
from exocite.readers.docx.fields import Meaning, control, meaning
from exocite.readers.docx.package import Relationship
from exocite.readers.docx.styles import is_on


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    start: int = 0
    in_result: bool = False
    meaning: Meaning = field(default_factory=Meaning)


@dataclass(slots=True)
class _Control:
    tag: str = ""
    gallery: str = ""
    placeholder: bool = False
    start: int = -1
    meaning: Meaning = field(default_factory=Meaning)


class Enclosures:
    """Keeps what is open; what closes with a text inside is cited, linked or told as a zone."""

    def __init__(self, cursor: Cursor, links: Mapping[str, Relationship]) -> None:
        self._cursor = cursor
        self._links = links
        self._fields: list[_Field] = []
        self._instructed: list[_Field] = []  # those of the fields whose instruction is still open
        self._bookmarks: dict[str, tuple[int, Meaning]] = {}
        self._controls: list[_Control] = []
        self._hyperlinks: list[tuple[int, str, bool]] = []
        self.starts: Starts = {
            "w:fldSimple": self._simple,
            "w:fldChar": self._sign,
            "w:bookmarkStart": self._begin_bookmark,
            "w:bookmarkEnd": self._end_bookmark,
            "w:hyperlink": self._begin_link,
            "w:sdt": self._begin_control,
            "w:tag": self._tag,
            "w:docPartGallery": self._gallery,
            "w:showingPlcHdr": self._placeholder,
            "w:sdtContent": self._begin_content,
        }
        self.ends: Ends = {
            "w:fldSimple": self._end_field,
            "w:hyperlink": self._end_link,
            "w:sdt": self._end_control,
        }

    def instruct(self, code: str) -> None:
        """A piece of the innermost field's instruction."""
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code.append(code)

    def hold(self, data: str) -> None:
        """A piece of the data that the innermost field holds."""
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].data.append(data)

    def end_instructions(self) -> None:
        """The paragraph is over: an instruction that is still open has lost its end.

        Were it not ended here, it would hide all that follows.
        """
        for one in self._instructed:
            one.in_result, one.start = True, self._cursor.draft.length
        self._cursor.concealed -= len(self._instructed)
        self._instructed.clear()

    # ---------------------------------------------------------------- fields

    def _simple(self, attributes: Attributes) -> None:
        self._open(attributes.get("w:instr", ""))
        self._separate()

    def _sign(self, attributes: Attributes) -> None:
        sign = attributes.get("w:fldCharType", "")
        if sign == "begin":
            self._open("")
        elif sign == "separate":
            self._separate()
        elif sign == "end":
            self._end_field()

    def _open(self, code: str) -> None:
        self._fields.append(_Field([code]))
        self._instructed.append(self._fields[-1])
        self._cursor.concealed += 1

    def _separate(self) -> None:
        if not self._fields or self._fields[-1].in_result:
            return
        top = self._instructed.pop()
        top.in_result, top.start = True, self._cursor.draft.length
        top.meaning = meaning("".join(top.code), "".join(top.data))
        self._cursor.concealed -= 1
        self._begin(top.meaning)

    def _end_field(self) -> None:
        if not self._fields:
            return
        top = self._fields.pop()
        if top.in_result:
            self._close(top.meaning, top.start)
        else:
            self._instructed.pop()
            self._cursor.concealed -= 1

    def _begin(self, begun: Meaning) -> None:
        if begun.zone is not None:
            self._cursor.zones.append(begun.zone)
            if self._cursor.paragraph is not None:
                self._cursor.paragraph.zone = begun.zone

    def _close(self, closed: Meaning, start: int) -> None:
        """What stands for the text that began at `start`."""
        cursor = self._cursor
        if closed.zone is not None and cursor.zones:
            cursor.zones.pop()
        if cursor.paragraph is not None:
            start = max(start, cursor.paragraph.line.start)
        stretch = start, cursor.draft.length
        if start >= stretch[1]:
            return
        if closed.items:
            items = tuple((cursor.book.works.label(item), item.locator) for item in closed.items)
            cursor.draft.cited.append(Cited(CitationKind.MARKUP, stretch, items))
        elif closed.address:
            cursor.draft.link(stretch, closed.address)

    def _begin_bookmark(self, attributes: Attributes) -> None:
        code = self._cursor.book.codes.get(attributes.get("w:name", ""))
        name = attributes.get("w:id", "")
        if code is not None and name not in self._bookmarks:
            kept = meaning(code)
            self._bookmarks[name] = self._cursor.draft.length, kept
            self._begin(kept)

    def _end_bookmark(self, attributes: Attributes) -> None:
        start, kept = self._bookmarks.pop(attributes.get("w:id", ""), (0, Meaning()))
        self._close(kept, start)

    # ---------------------------------------------------------------- links

    def _begin_link(self, attributes: Attributes) -> None:
        target = self._links.get(attributes.get("r:id", ""))
        address = target.target if target is not None and target.external else ""
        anchored = not address and bool(attributes.get("w:anchor"))
        self._cursor.anchors += anchored
        self._hyperlinks.append((self._cursor.draft.length, address, anchored))

    def _end_link(self) -> None:
        if self._hyperlinks:
            start, address, anchored = self._hyperlinks.pop()
            self._cursor.anchors -= anchored
            self._close(Meaning(address=address), start)

    # ---------------------------------------------------------------- content controls

    def _begin_control(self, _attributes: Attributes) -> None:
        self._controls.append(_Control())

    def _tag(self, attributes: Attributes) -> None:
        if self._controls:
            self._controls[-1].tag = attributes.get("w:val", "")

    def _gallery(self, attributes: Attributes) -> None:
        if self._controls:
            self._controls[-1].gallery = attributes.get("w:val", "")

    def _placeholder(self, attributes: Attributes) -> None:
        if self._controls:
            self._controls[-1].placeholder = is_on(attributes.get("w:val"))

    def _begin_content(self, _attributes: Attributes) -> None:
        if self._controls and self._controls[-1].start < 0:
            top = self._controls[-1]
            top.start = self._cursor.draft.length
            top.meaning = control(top.tag, top.gallery)
            self._cursor.concealed += top.placeholder
            self._begin(top.meaning)

    def _end_control(self) -> None:
        if self._controls:
            top = self._controls.pop()
            if top.start >= 0:
                self._cursor.concealed -= top.placeholder
                self._close(top.meaning, top.start)
