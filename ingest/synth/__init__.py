"""Invented circulars with known facts, to measure recall and time at any size."""

from ingest.synth.write import write_corpus

__all__ = ["write_corpus"]
