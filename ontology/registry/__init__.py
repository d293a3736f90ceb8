"""The registry: the bodies of each jurisdiction with names, periods and successors, read from CSV files.

One ``.csv`` a jurisdiction lies beside this module; a further one is a further jurisdiction, without code.
``areas.csv`` says what is known of whole areas, ``judgements.csv`` what people decided about single
mentions; ``divisions.csv`` and ``standard.csv`` say what all of China has. README.md says what each column
means.
"""

from ontology.registry.body import AREA, Body, ChangeKind
from ontology.registry.judgements import Decision, Judgement, Judgements
from ontology.registry.period import Interval, Period
from ontology.registry.registry import Registry, builtin_registry, load_registry

__all__ = [
    "AREA",
    "Body",
    "ChangeKind",
    "Decision",
    "Interval",
    "Judgement",
    "Judgements",
    "Period",
    "Registry",
    "builtin_registry",
    "load_registry",
]
