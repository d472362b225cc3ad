"""The large models of exocite; hashes.json holds the SHA-256 of each file."""
