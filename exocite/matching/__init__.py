"""Whether a work is the one that a printed reference names: the decision and its reasons.

Fields agree, conflict or are missing; a work is taken only on agreement of independent evidence and
never by its rank in a search. A wrong DOI is worse than none: in doubt the answer is that there is
none, and the candidates are shown.
"""

from exocite.matching.decision import compare, confirm, decide, query

__all__ = ["compare", "confirm", "decide", "query"]
