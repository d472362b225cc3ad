"""From an article's prose to its claims: sentences, citations, and which sentences are claims."""
