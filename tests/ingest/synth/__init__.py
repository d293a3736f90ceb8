"""Tests of ingest/synth."""
