"""Evaluation of queries in worker processes with bounded time and memory, in a sandbox."""
