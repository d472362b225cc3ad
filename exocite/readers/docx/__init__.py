"""Word documents (DOCX): ZIP archives of XML parts (ECMA-376, Office Open XML).

`package` opens the archive, `markup` follows the XML of a part. `styles` tells what a paragraph is
for, `fields` and `sources` what a citation field names, `items` prints the works that such fields
hold, `symbols` are characters of symbol fonts. `story` follows the text itself: `paragraphs`,
`runs`, `enclosures` and `notes` each answer to some of its tags and share a `cursor`. `draft` keeps
what was found, and `reader` makes the article.
"""

from exocite.readers.docx.reader import DocxReader

__all__ = ["DocxReader"]
