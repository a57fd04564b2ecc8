"""Stage 2: who is named, described or meant by "he": Article to Sentence, Mention and Actor."""
