"""Snapshots: works of a registry in a file of one's own, for rooms without a network.

| module | what it holds |
| --- | --- |
| `json_stream` | JSON objects out of a text that is never whole in memory |
| `inputs` | the files that a snapshot is made of, and their records |
| `selection` | which records of them are taken |
| `compact` | what is kept of a record, and the words under which it is found |
| `database` | the SQLite file: its tables, its facts, its errors in words |
| `engine`, `fts5_index`, `tantivy_index` | the two ways to search |
| `building` | inputs to a snapshot, resumable |
| `registry` | a snapshot as a `Registry` |
"""
