"""Asks servers of the tests: each request on a connection of its own, as ``httpx.get`` does it.

``httpx.get`` reads all certificates of the machine each time, which takes longer than most answers; no server
of the tests speaks TLS.
"""

from __future__ import annotations

import httpx

client = httpx.Client(
    verify=False, timeout=60, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
)
