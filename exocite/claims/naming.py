"""Short lines that name a thing and say nothing of it: "Sleep.", "A balanced diet.".

A verb is known by a list or by its place, since nothing here tells the parts of speech; where a
word could be one, the line is taken for a statement. So are short forms: "Reduced risk of stroke".
"""

from __future__ import annotations

from exocite.claims.features import body

_LONGEST = 4
_LONGEST_LINE = 100
_JOINING = frozenset("a an the and or of & ,".split())
_ARTICLES = frozenset(("a", "an", "the"))
_LINKS = _JOINING - _ARTICLES
_CHANGED = frozenset(
    """
    reduced improved increased decreased lowered raised enhanced elevated diminished accelerated
    delayed prolonged prevented doubled tripled halved founded
    """.split()
)
_TELLING = frozenset(
    """
    is are was were be been has have had do does did can could will would may might must shall
    should i you he she it we they this that these those there who what which nobody everybody
    everyone nothing everything not no never none nor neither without cannot in on at by for from to
    with against into over under after before during until since than as more less fewer higher
    lower better worse larger smaller greater bigger faster slower longer shorter stronger weaker
    earlier later cheaper safer healthier older younger richer poorer heavier most least best worst
    largest highest lowest fastest oldest first last only half twice double all loss rise fall drop
    increase decrease reduction gain growth decline relief protection prevention improvement risk
    lack cure cause source cost number rate share majority minority rose fell grew lost won died
    made gave took came went said found told met led left kept held cut hit hurt ran sold paid built
    broke began became knew thought brought bought fought taught sent spent saw wrote spoke drove
    drew drank ate slept felt sank shrank flew blew threw chose froze kill kills heal heals work
    works help helps matter matters hurts pays wins fails grows falls rises dies burns cools warms
    melts sinks floats shrinks expands ages spreads lasts varies exists sells costs counts causes
    improves reduces increases prevents protects makes gives needs contains harms lies lives moves
    changes
    """.split()
)
_PLURALS = frozenset("women men people children mice police".split())
_SINGULAR_ENDS = ("ss", "us", "is")
_MARKS = ".,;:!…–—-\"“”‘’'()[]*•"


def names_only(text: str) -> bool:
    """Whether the line is a noun or a few, without a verb, a number, a comparison or a change."""
    if len(text) > _LONGEST_LINE:
        return False
    line = body(text.strip())
    if any(map(str.isdigit, line)) or "?" in line or "%" in line:
        return False
    tokens = line.casefold().replace(",", " , ").split()
    words = [kept for one in tokens if (kept := one if one == "," else one.strip(_MARKS))]
    count = sum(word not in _JOINING for word in words)
    if not 0 < count <= _LONGEST:
        return False
    return count == 1 or not any(
        _tells(word, before, after)
        for word, before, after in zip(words, ("", *words), (*words[1:], ""), strict=False)
    )


def _tells(word: str, before: str, after: str) -> bool:
    """Whether a word may be what is said of the others: a verb, a comparison, a change."""
    if word in _ARTICLES:
        return before not in _LINKS and before != ""
    if word in _JOINING:
        return False
    if word in _TELLING or word in _CHANGED or "'" in word or "’" in word:
        return True
    if not before or before in _JOINING:
        return False
    if _is_plural(word):
        return after != "" and after not in _LINKS
    return word.endswith(("ed", "ly")) or _is_plural(before)


def _is_plural(word: str) -> bool:
    """Whether the word may be a plural, or a verb behind its subject."""
    return word in _PLURALS or (word.endswith("s") and not word.endswith(_SINGULAR_ENDS))
