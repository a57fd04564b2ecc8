"""Stage 4: copies, stories, claims, origins and differences over articles."""
