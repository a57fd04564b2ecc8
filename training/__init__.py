"""How the models that ship with Readout were trained: one command per model."""
