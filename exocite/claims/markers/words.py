"""Words around the names of authors: particles, connectors, and what is no name at all."""

from __future__ import annotations

from exocite.readers.vocabulary import words

PARTICLES = words(
    """
    de da di do dos das del della van von der den ter ten te la le du des el al bin ibn zu
    zur af av y e of for the on and in
    """
)
"""Words in lower case that a name can hold."""

INNER = words(
    """
    of for the on in and & e y al
    """
)
"""Particles that join words in a name but begin none."""

NOT_AUTHORS = words(
    """
    figure figures fig figs table tables section sections chapter equation eq appendix
    version step phase box panel january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec monday
    tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter early
    late mid copyright published updated accessed retrieved released founded established
    born died est circa ca approx season q1 q2 q3 q4 fy vol volume no issue page pp since
    grant award
    """
)
"""Words with a capital before a year that cite nothing: "Figure", "July"."""

STOP = words(
    """
    in the a an as by at on of for from with see since until after before during between
    following however moreover furthermore therefore thus hence while although when where
    because both and or but also like unlike according per via this that these those to our
    their its his her such e.g e.g. i.e i.e. cf cf. ibid whereas if then here there so yet
    recently study studies work works method methods model paper article review reviews
    report reports data results
    """
)
"""Words that begin a sentence or a bracket, not a list of names."""

ADVERBS = words(
    """
    recently similarly subsequently finally initially originally previously additionally
    notably interestingly importantly specifically accordingly consequently conversely
    alternatively indeed later earlier historically traditionally separately independently
    first second third lastly famously likewise nevertheless nonetheless still meanwhile
    today now once only even especially particularly namely e.g
    """
)
"""Adverbs that begin a sentence before a name."""

CONNECTORS = words(
    """
    & and und et y e
    """
)
"""Words between the last two names."""

ET_AL = words(
    """
    al al. al., al's al.'s al.’s al’s others colleagues coworkers
    """
)
"""What ends a list of names cut short."""
