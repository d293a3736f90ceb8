"""Wilson's interval for a share (E. B. Wilson, 1927): what a measured share says about the true one."""

from __future__ import annotations

from math import sqrt

_Z = 1.959964  # two-sided 95 %


def interval(right: int, total: int) -> tuple[float, float]:
    """The bounds, at 95 %, of the true share of which ``right`` of ``total`` were seen; (0, 1) for none."""
    if total == 0:
        return 0.0, 1.0
    share = right / total
    spread = _Z * sqrt(share * (1 - share) / total + _Z * _Z / (4 * total * total))
    middle = share + _Z * _Z / (2 * total)
    scale = 1 + _Z * _Z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
