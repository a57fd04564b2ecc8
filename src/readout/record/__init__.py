"""Stage 5: the record, one SQLite file, and what leaves it as JSON or tables."""
