"""A .bib file examined: what is amiss, where, and the remedy that each finding carries.

`examine` lists the checks and runs them; each stands in a file of its own. `cure` makes the fixes.
`entry` is what a check sees, `masking` tells text from mathematics and addresses, `data_models`
holds the tables of BibTeX and biblatex, `whole_file` looks at what no entry shows by itself.
"""

from exocite.bibliography.doctor.cure import Cure, cure
from exocite.bibliography.doctor.data_models import MODELS
from exocite.bibliography.doctor.examine import CODES, examine, library_of
from exocite.bibliography.doctor.finding import Finding, Fix

__all__ = ["CODES", "MODELS", "Cure", "Finding", "Fix", "cure", "examine", "library_of"]
