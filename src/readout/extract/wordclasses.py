"""Word classes from Penn tags and dependencies: models need not give Universal part-of-speech tags."""

from spacy.tokens import Token

BY_TAG = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "WP": "PRON", "WDT": "PRON",
    "EX": "PRON", "CD": "NUM", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV",
    "WRB": "ADV", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX",
    "DT": "DET", "PDT": "DET", "PRP$": "DET", "WP$": "DET", "IN": "ADP", "CC": "CCONJ", "TO": "PART", "POS": "PART",
    "RP": "ADP", "UH": "INTJ", "$": "SYM", "NFP": "PUNCT", "HYPH": "PUNCT",
}  # fmt: skip
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
DEMONSTRATIVES = frozenset({"this", "that", "these", "those", "all", "both", "some", "many", "each", "another", "one"})


def opens_infinitive(token: Token) -> bool:
    """Is this the "to" of an infinitive? Taggers take it for a preposition before quotation marks."""
    return token.tag_ == "TO" or (token.lower_ == "to" and token.dep_ == "mark")


def word_class(token: Token) -> str:
    """Return the Universal part of speech of a token, as far as tag and dependency tell it."""
    if token.dep_ in AUXILIARY and token.tag_.startswith("VB"):
        return "AUX"
    if token.tag_ == "IN" and token.dep_ == "mark":
        return "SCONJ"
    if token.tag_ == "DT" and token.dep_ not in {"det", "det:predet"} and token.lower_ in DEMONSTRATIVES:
        return "PRON"
    return BY_TAG.get(token.tag_, "PUNCT" if token.is_punct else "X")
