from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.errors import ReadError
from exocite.readers.pdf import opening
from exocite.sources import pdf as reading
from exocite.sources.parsed import Parsed, unwatched
from tests.fakes.pdf import pdf

pypdf = pytest.importorskip("pypdf")

AES = (
    "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /StmF /StdCF /StrF /StdCF "
    f"/O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> /UE <{'00' * 32}> /Perms <{'00' * 16}> "
    "/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> >>"
)
LINES = ["Bees sleep (five hours) in the dark of the hive", "because nights are cold."]


def read(data: bytes) -> Parsed:
    return reading.Pdf().parse(data, "a.pdf", unwatched)


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(pdf([LINES]))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_part_for_each_page() -> None:
    found = read(pdf([LINES, ["Drones do not sleep."]]))
    assert [(part.locator, part.text) for part in found.parts] == [
        ("p. 1", "Bees sleep (five hours) in the dark of the hive because nights are cold."),
        ("p. 2", "Drones do not sleep."),
    ]
    assert found.notes == ()


def test_the_printed_number_of_a_page_is_its_locator() -> None:
    found = read(pdf([["One."], ["Two."]], first_label=101))
    assert [part.locator for part in found.parts] == ["p. 101", "p. 102"]


def test_pages_without_text_are_named() -> None:
    found = read(pdf([["One."], [], ["Three."]]))
    assert [part.locator for part in found.parts] == ["p. 1", "p. 3"]
    assert found.notes == ("1 of 3 pages hold no text: p. 2",)


def test_five_hundred_pages_are_watched_and_their_heads_dropped() -> None:
    pages = [["Bee Reports 12 (2020)", f"On day {n} they slept.", str(n)] for n in range(1, 501)]
    steps: list[int] = []

    def watch(numbers: Sequence[int]) -> Iterator[int]:
        for number in numbers:
            steps.append(number)
            yield number

    found = reading.Pdf().parse(pdf(pages), "a.pdf", watch)
    assert steps == list(range(500))
    assert [part.text for part in found.parts] == [f"On day {n} they slept." for n in range(1, 501)]


def test_a_lock_without_a_password_does_not_matter() -> None:
    assert read(locked("")).parts[0].text.startswith("Bees sleep")


@pytest.mark.parametrize(
    ("data", "said", "next_step"),
    [
        (pdf([]), "a.pdf: has no pages", "check"),
        (pdf([[], []]), "no text layer", "OCR"),
        (locked("secret"), "encrypted and asks for a password", "without the password"),
        (pdf([LINES], more=AES), "encrypted in a way", "cryptography"),
        (b"%PDF-1.7\nrubbish", "is damaged", "viewer"),
        (pdf([LINES])[:300], "is damaged", "viewer"),
        (b"GIF89a", "is no PDF", "check"),
        (b"", "is no PDF", "check"),
        (pdf([[]] * (opening.MAX_PAGES + 1)), "2001 pages are more than 2000", "the part"),
    ],
)
def test_what_is_refused(data: bytes, said: str, next_step: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert said in caught.value.message
    assert next_step in caught.value.hint


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TEXT", 50)
    with pytest.raises(ReadError, match="its first 2 pages hold more than"):
        read(pdf([["x" * 40], ["x" * 40], ["x"]]))


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReadError, match="an extra that is not installed") as caught:
        read(pdf([LINES]))
    assert "pip install 'exocite[pdf]'" in caught.value.hint


GOOD = pdf([LINES, ["Drones do not sleep."]])


@settings(max_examples=60)
@given(st.integers(9, len(GOOD) - 2), st.integers(1, 30), st.binary(max_size=30))
def test_a_damaged_file_ends_in_text_or_in_a_message(at: int, length: int, junk: bytes) -> None:
    message = "a.pdf: "
    try:
        read(GOOD[:at] + junk + GOOD[at + length :])
    except ReadError as error:
        message = error.message
    assert message.startswith("a.pdf: ")


def test_nothing_of_the_file_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert read(GOOD.replace(b"startxref\n", b"startxref\n9")).parts == read(GOOD).parts
    assert caplog.records == []
