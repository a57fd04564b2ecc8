"""Stage 1: files, pages and tables in, Article out."""
