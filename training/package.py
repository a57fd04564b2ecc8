"""Put a trained student, its word vectors and the form tables into a spaCy pipeline, the folder that ships.

python -m training.package --student DIR --vectors DIR --forms FILE --out DIR
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import spacy
import torch

from readout.detect.english import Network
from readout.detect.forms import Forms
from readout.detect.language import English
from readout.detect.tokens import customise
from training.student import read_vectors
from training.teacher import Labels


def weights_of(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """Return the arrays that readout.detect.english expects, attention queries already scaled."""
    out = {name: value.float().numpy() for name, value in state.items() if not name.startswith("hint.")}
    for name in [n for n in out if ".qkv." in n]:
        width, heads = out[name].shape[0] // 3, out[name.split(".qkv")[0] + ".position"].shape[0]
        out[name] = out[name].copy()
        out[name][:width] *= (width // heads) ** -0.5
    return out


def averaged(folders: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of several runs (Wortsman et al. 2022, "Model soups")."""
    states = [torch.load(folder / "student.pt") for folder in folders]
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def main() -> None:
    """Write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--student", type=Path, nargs="+", required=True, help="runs from one start are averaged")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--forms", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1.0")
    args = parser.parse_args()
    settings = json.loads((args.student[0] / "settings.json").read_text())
    nlp = spacy.blank("en")
    customise(nlp)
    nlp.add_pipe("readout_paragraphs")
    component = nlp.add_pipe("readout_english")
    assert isinstance(component, English)
    _, component.words = read_vectors(args.vectors)
    labels = Labels(settings["tags"], settings["deps"])
    component.kinds = {"tags": labels.tags, "deps": labels.deps, "names": labels.names}
    component.forms = Forms(**json.loads(args.forms.read_text(encoding="utf-8")))
    component.network = Network(weights_of(averaged(args.student)), component.words)
    nlp.meta.update(name="readout", version=args.version, license="CC BY-SA 4.0", author="The Readout authors")
    nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
