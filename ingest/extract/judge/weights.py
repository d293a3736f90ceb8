"""The weights of the judge: integers, so that sums are exact and the same on every machine."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.errors import PatternError
from ingest.model import Role

SCALE = 100  # a weight of SCALE is one logit
BIAS = ""  # the feature that every candidate has
FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds: to a candidate's having a duty, and to each role of one that has.

    ``calibration`` are pairs (score, probability in thousandths): the share of candidates from that score up
    to the next that were right, on issuers whose texts the weights had not seen.
    """

    threshold: int
    duty: Mapping[str, int]
    roles: Mapping[Role, Mapping[str, int]]
    calibration: tuple[tuple[int, int], ...] = ()

    def score(self, features: Iterable[str]) -> int:
        """The sum for a candidate's having a duty."""
        return sum(filter(None, map(self.duty.get, features)), self.duty[BIAS])

    def role_scores(self, features: Iterable[str]) -> dict[Role, int]:
        """The sum of each role."""
        known = list(features)
        return {
            role: sum(filter(None, map(weights.get, known)), weights[BIAS])
            for role, weights in self.roles.items()
        }

    def probability(self, score: int) -> float:
        """How often a candidate of such a score is right, from 0 to 1."""
        place = bisect_right(self.calibration, score, key=lambda pair: pair[0]) - 1
        return self.calibration[max(place, 0)][1] / 1000 if self.calibration else 0.0


def parse(source: str, file: str) -> Weights:
    """Read a weights file. Raises PatternError naming the file."""
    try:
        data = json.loads(source)
        roles = {Role(name): {BIAS: 0, **weights} for name, weights in data["roles"].items()}
        calibration = tuple((int(score), int(share)) for score, share in data["calibration"])
        return Weights(int(data["threshold"]), {BIAS: 0, **data["duty"]}, roles, calibration)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PatternError(file, 1, f"no weights of the judge: {error!r}") from error


def dump(weights: Weights) -> str:
    """A weights file: one feature a line, in the order of the features, so that versions can be compared."""
    data = {
        "threshold": weights.threshold,
        "calibration": [list(pair) for pair in weights.calibration],
        "roles": {role.value: dict(sorted(of.items())) for role, of in sorted(weights.roles.items())},
        "duty": dict(sorted(weights.duty.items())),
    }
    return json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


@cache
def builtin() -> Weights:
    """The weights that come with the program."""
    file = resources.files("ingest.extract.judge") / FILE
    return parse(file.read_text("utf8"), FILE)
