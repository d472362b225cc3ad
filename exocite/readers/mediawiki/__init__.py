"""MediaWiki's wikitext, of Wikipedia and others: templates, references, short citations.

- `reader`: the reader, text to article
- `tokens`: the source cut, its brackets paired; `lines`: what the signs at a line's start say
- `page`: the constructs to blocks; `page_text`: the text, lines and tables that stand in them
- `targets`: what a link leads to
- `templates`: what templates show; `notes`: the references and what names them
"""

from exocite.readers.mediawiki.reader import MediaWikiReader

__all__ = ["MediaWikiReader"]
