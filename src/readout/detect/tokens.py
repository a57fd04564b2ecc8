"""Tokens: spaCy's English rules, with what news prints and treebanks keep together or apart."""

from __future__ import annotations

from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Never the end of a sentence by themselves: titles, ranks, streets, companies.
ABBREVIATIONS = ["Adj.", "Adm.", "Amb.", "Assoc.", "Asst.", "Atty.", "Ave.", "Blvd.", "Brig.", "Bros.", "Capt.", "Cdr.", "Cmdr.", "Col.", "Comdr.", "Cpl.", "Ct.", "Dept.", "Det.", "Dist.", "Ft.", "Fr.", "Gen.", "Gov.", "Hon.", "Insp.", "Lt.", "Maj.", "Messrs.", "Mmes.", "Mt.", "Msgr.", "Nos.", "Pfc.", "Pres.", "Prof.", "Pvt.", "Rep.", "Reps.", "Rev.", "Sen.", "Sens.", "Sgt.", "Spc.", "Spokesm.", "Supt.", "Univ.", "Sept.", "Okla.", "Nev.", "N.C.", "S.C.", "N.D.", "S.D.", "N.H.", "N.M.", "R.I.", "W.Va.", "La.", "Md.", "Me.", "Mo.", "Mont.", "Ore.", "Tenn.", "Vt.", "Wis.", "Wyo.", "U.S.A.", "U.S.S.R.", "U.A.E.", "U.N.", "E.U.", "D.C.", "B.C.", "L.A.", "N.Y.", "N.J.", "a.m./p.m.", "al.", "cf.", "ca.", "approx.", "est."]
# Prefixes that stay with their word: "anti-ISIS" is one word to the treebanks, "Moscow-backed" is three.
PREFIXES = "anti|co|de|e|ex|mid|mini|multi|non|post|pre|pro|pseudo|quasi|re|semi|sub|trans|ultra|un"
RUNS = (r"[-_=*~+]{2,}", r"[!?]{2,}", r"\.{3,}")
BULLETS = (r"[•●▪◦‣·■□►]",)


def customise(nlp: Language) -> Language:
    """Give a pipeline our tokenizer rules; what they cut depends on the text alone."""
    tokenizer = nlp.tokenizer
    prefixes = [*BULLETS, *RUNS, *nlp.Defaults.prefixes]
    suffixes = [*RUNS, *BULLETS, *nlp.Defaults.suffixes]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex([_keep_prefixes(infix) for infix in nlp.Defaults.infixes]).finditer
    for form in ABBREVIATIONS:
        tokenizer.add_special_case(form, [{ORTH: form}])
    for form in ("“", "”", "„", "‟"):
        tokenizer.add_special_case(form, [{ORTH: form, NORM: '"'}])
    return nlp


def _keep_prefixes(infix: str) -> str:
    """Let the hyphen between letters be, when a prefix stands before it."""
    if "(?:-|" not in infix:
        return infix
    before = "".join(rf"(?<!\b{prefix})" for prefix in _cased(PREFIXES.split("|")))
    return infix.replace("(?:-|", f"(?:{before}-|", 1)


def _cased(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, word.capitalize())]
