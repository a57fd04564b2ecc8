"""Tokens: spaCy's English rules, with what news prints and treebanks keep together or apart."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Never the end of a sentence by themselves: titles, ranks, streets, companies.
RUNS = (r"[-_=*~+]{2,}", r"[!?]{2,}", r"\.{3,}")
BULLETS = (r"[•●▪◦‣·■□►]",)


def customise(nlp: Language) -> Language:
    """Give a pipeline our tokenizer rules; what they cut depends on the text alone."""
    tokenizer: Any = nlp.tokenizer
    defaults = nlp.Defaults
    prefixes = [*BULLETS, *RUNS, *(defaults.prefixes or ())]
    suffixes = [*RUNS, *BULLETS, *(defaults.suffixes or ())]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(
        [_keep_prefixes(str(infix)) for infix in defaults.infixes or ()]
    ).finditer
    for form in _listed()["abbreviations"]:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    for form in ("“", "”", "„", "‟"):
        tokenizer.add_special_case(form, [{"ORTH": form, "NORM": '"'}])
    return nlp


def _keep_prefixes(infix: str) -> str:
    """Let the hyphen between letters be, when a prefix stands before it."""
    if "(?:-|" not in infix:
        return infix
    before = "".join(rf"(?<!\b{prefix})" for prefix in _cased(_listed()["prefixes"]))
    return infix.replace("(?:-|", f"(?:{before}-|", 1)


def _cased(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, word.capitalize())]


@cache
def _listed() -> dict[str, list[str]]:
    lists = yaml.safe_load(files("readout.detect").joinpath("data", "tokens.yaml").read_text(encoding="utf-8"))
    return {name: words.split() for name, words in lists.items()}
