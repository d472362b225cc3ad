from __future__ import annotations

from exocite.linking.stem import stem
from exocite.linking.synonyms import families


def test_families_hold_both_ways_and_never_the_word_itself() -> None:
    known = families()
    assert stem("renal") in known[stem("kidney")]
    for one, others in known.items():
        assert one not in others
        assert all(one in known[other] for other in others)


def test_what_goes_up_is_no_synonym_of_what_goes_down() -> None:
    known = families()
    assert not known[stem("increase")] & known[stem("decrease")]
    assert stem("increase") not in known[stem("decrease")]
