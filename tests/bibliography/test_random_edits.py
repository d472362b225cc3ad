"""Random edits against a plain model: what was not edited stays to the letter."""

import re

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from exocite.bibliography import Document
from exocite.bibliography.latex import printable_value
from exocite.errors import BibliographyError

KEYS = st.sampled_from(["k1", "k2", "k3", "K4", "x:5", "ö6"])
NAMES = st.sampled_from(["title", "Note", "volume", "abstract", "X-y"])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["12", "a & b", "} @misc{k1,", '"', "50% {x}", "naïve – dash", "$x$", "\\"]),
).filter(lambda value: value.strip() != "" and printable_value(value) != "")

GAPS = st.sampled_from(
    [
        "\n\n",
        "\n",
        " ",
        "\n% @misc{k1, a comment}\n\n",
        "\n@comment{left @misc{k2} alone}\n",
        "\n\ntext with no meaning, a } and a {\n",
        "\n@misc{broken, x = {1\n\n",
        "\n@comment{holds\n@misc{inside, x = {1}}\n}\n",
        "\n@comment{never closed {\n",
        "\n@string{m = {M}}\n",
    ]
)
LAYOUTS = st.sampled_from(
    [
        "@misc{%s,\n  x = {1},\n  y = {2},\n}",
        '@MISC{%s,\n\tX="1",\n\tY="2"}',
        "@misc(%s, x = 1, y = m)",
        '@Misc{%s\n  , x = {1}\n  , y = "a" # m\n  }',
        "@misc{%s}",
        "@misc\n{%s,\n x = {1}\n}",
    ]
)


class Edits(RuleBasedStateMachine):
    """A document beside a dictionary of what each entry should say."""

    @initialize(
        entries=st.dictionaries(KEYS, st.tuples(LAYOUTS, GAPS), max_size=4),
        newline=st.sampled_from(["\n", "\r\n", "\r"]),
        mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    )
    def begin(self, entries: dict[str, tuple[str, str]], newline: str, mark: bytes) -> None:
        text = "".join(layout % key + gap for key, (layout, gap) in entries.items())
        data = mark + text.replace("\n", newline).encode()
        self.document = Document.parse(data)
        assert self.document.data == data
        self.model = {r.key: dict(r.fields) for r in self.document.references if r.key != "broken"}
        assert set(self.model) == set(entries)

    def edited(self, document: Document, key: str) -> None:
        """Whatever lies outside this entry, the blank lines around it included, is the same."""
        assert _around(self.document, key) == _around(document, key)
        self.document = document

    @rule(key=KEYS, name=NAMES, value=VALUES)
    def set_field(self, key: str, name: str, value: str) -> None:
        if key in self.model:
            self.edited(self.document.set_field(key, name, value), key)
            self.model[key][name.lower()] = printable_value(value)

    @rule(key=KEYS, name=st.sampled_from(["x", "Y", "title", "note"]))
    def remove_field(self, key: str, name: str) -> None:
        if name.lower() in self.model.get(key, {}):
            self.edited(self.document.remove_field(key, name), key)
            del self.model[key][name.lower()]

    @rule(key=KEYS, value=VALUES)
    def add(self, key: str, value: str) -> None:
        if key not in self.model:
            before = self.document.data
            self.document = self.document.add("misc", key, {"title": value, "note": ""})
            assert self.document.data.startswith(before)
            self.model[key] = {"title": printable_value(value)}

    @rule(key=KEYS)
    def remove(self, key: str) -> None:
        if key in self.model:
            try:
                removed = self.document.remove(key)
            except BibliographyError:
                # Without the entry, the broken one before it would swallow what follows.
                assert "broken" in self.document.text
                return
            kept = _around(self.document, key)
            assert re.sub(r"\s+", "", "".join(kept)) == re.sub(r"\s+", "", removed.text)
            self.document = removed
            del self.model[key]

    @rule(old=KEYS, new=KEYS)
    def rename(self, old: str, new: str) -> None:
        if old in self.model and new not in self.model:
            before = _around(self.document, old)
            self.document = self.document.rename(old, new)
            assert _around(self.document, new) == before
            self.model = {new if key == old else key: f for key, f in self.model.items()}

    @invariant()
    def reads_as_the_model_says(self) -> None:
        again = Document.parse(self.document.data)
        assert again.data == self.document.data
        assert again._chunks == self.document._chunks
        for document in (self.document, again):
            found = {r.key: dict(r.fields) for r in document.references if r.key != "broken"}
            assert found == self.model
        assert again.problems == self.document.problems


def _around(document: Document, key: str) -> tuple[str, str]:
    entries = (item for item in document.blocks if item.block.kind == "entry")
    item = next(item for item in entries if item.block.key == key)
    return document.text[: item.start], document.text[item.end :]


Edits.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestEdits = Edits.TestCase
