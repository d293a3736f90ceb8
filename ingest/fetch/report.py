"""What a fetch did."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.fetch.errors import AddressError


@dataclass(slots=True)
class FetchReport:
    """What a fetch did with each address."""

    fetched: list[str] = field(default_factory=list)  # for the first time
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)  # were there from the same fetch, before it broke off
    failed: list[AddressError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False

    def summary(self) -> str:
        """Return the counts in one line."""
        counts = {
            "fetched": len(self.fetched),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "from before the interruption": len(self.resumed),
            "failed": len(self.failed),
        }
        always = ("fetched", "unchanged", "failed")
        return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name in always)
