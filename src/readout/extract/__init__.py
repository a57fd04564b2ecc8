"""Stage 3: who said what, who did what to whom, when and where."""
