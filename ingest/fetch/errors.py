"""What can go wrong with a fetch as a whole, and with one address."""

from __future__ import annotations

from ontology.errors import GongbaoError


class FetchError(GongbaoError):
    """A fetch that cannot begin: its source, profile or folder cannot be used."""


class AddressError(GongbaoError):
    """One address that was not fetched, and why. The others are not affected."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"{address}: {reason}")
