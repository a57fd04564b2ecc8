"""Stage 6: what people look at: the brief of a story."""
