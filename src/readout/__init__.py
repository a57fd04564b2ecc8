"""Readout: who said or did what to whom, when, where and according to whom.

`readout.read(paths)` yields a Reading per article, `readout.load()` gives the spaCy pipeline, `readout.code(...)` codes
one marked pair. Nothing is loaded before it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readout.extract.coding import code
    from readout.pipeline import cover, load, read
    from readout.settings import Settings

__version__ = "0.1.0"
__all__ = ["Settings", "__version__", "code", "cover", "load", "read"]

_HOMES = {
    "Settings": "readout.settings",
    "code": "readout.extract.coding",
    "cover": "readout.pipeline",
    "load": "readout.pipeline",
    "read": "readout.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'readout' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
