"""Printed references: their fields, the names in them, citekeys, and what BibTeX makes of them."""
