"""The ways in which running prose cites, one file each."""
