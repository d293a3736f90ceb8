"""A whole fetch: from a list, a sitemap or a portal's list page to files in a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib.metadata import version
from pathlib import Path

from ingest.errors import InputError
from ingest.fetch.addresses import host_of, parse, same_site
from ingest.fetch.client import AGENT, Answer, Client
from ingest.fetch.errors import AddressError, FetchError
from ingest.fetch.folder import FetchFolder, Record, open_folder
from ingest.fetch.limits import Clock, FetchLimits
from ingest.fetch.network import CheckedNetwork
from ingest.fetch.pages import Link, find_attachments, is_page, read_list
from ingest.fetch.profile import Profile, builtin_profiles, choose_profile
from ingest.fetch.queue import Queue, Wanted, WantedKind
from ingest.fetch.report import FetchReport
from ingest.fetch.sitemap import Sitemap, is_sitemap, read_sitemap
from ingest.readers.text import decode

FetchProgress = Callable[[str, int, int], None]
"""Called with an address, its place from 1 and how many are known by now."""
_WEB = ("http://", "https://")


def fetch(  # noqa: PLR0913 - a fetch has the options that the command has
    source: str,
    into: Path,
    *,
    profile: str | None = None,
    hosts: Collection[str] = (),
    limits: FetchLimits | None = None,
    network: CheckedNetwork | None = None,
    clock: Clock | None = None,
    agent: str = AGENT,
    progress: FetchProgress | None = None,
) -> FetchReport:
    """Fetch what a source names into a folder.

    ``source`` is a text file with an address a line, a sitemap (a file or an address), or the address of a
    list page, which a profile reads: a built-in one, a file, or by default the one of its host. ``hosts`` may
    be gone to beside the source's own. Raises FetchError where the fetch cannot begin or the folder cannot be
    written; an address that fails is reported and does not stop the others. Ctrl-C ends it; the next fetch
    from the same source goes on from there.
    """
    limits, clock = limits or FetchLimits(), clock or Clock()
    chosen = choose_profile(profile, "") if profile is not None else None
    source = parse(source) if source.lower().startswith(_WEB) else source
    with open_folder(into, clock) as folder:
        client = Client(network or CheckedNetwork(), limits, clock, agent, version("gongbao"))
        run = _Run(source, folder, client, limits, chosen, frozenset(hosts))
        try:
            run.begin()
            folder.begin(source)
            run.go_on(progress)
        except KeyboardInterrupt:
            run.report.interrupted = True
        else:
            folder.finish()
        finally:
            client.close()
    return run.end()


class _Run:
    """A fetch while it is going on."""

    def __init__(
        self,
        source: str,
        folder: FetchFolder,
        client: Client,
        limits: FetchLimits,
        profile: Profile | None,
        hosts: frozenset[str],
    ) -> None:
        self.report = FetchReport()
        self._source = source
        self._folder = folder
        self._client = client
        self._limits = limits
        self._profile = profile
        self._hosts = hosts
        self._site = host_of(source) if source.startswith(_WEB) else None
        self._queue = Queue(client.hosts)
        self._pages = self._lists = 0
        self._left: dict[str, int] = {}

    def begin(self) -> None:
        """Read a source that is a file, or queue one that is an address."""
        if self._site is not None:
            self._queue.add(Wanted(self._source, WantedKind.START))
            return
        try:
            body = Path(self._source).read_bytes()
            if is_sitemap(body):
                self._take_sitemap(read_sitemap(body, self._source), 0)
            else:
                self._take_list(decode(body, self._source)[0])
        except OSError as error:
            raise FetchError(
                f"{self._source}: neither an address (http://, https://) nor a file: {error.strerror}"
            ) from error
        except (InputError, AddressError) as error:
            raise FetchError(str(error)) from error

    def go_on(self, progress: FetchProgress | None) -> None:
        """Fetch until nothing is left."""
        place = 0
        while (wanted := self._queue.take()) is not None:
            place += 1
            if progress:
                progress(wanted.address, place, self._queue.known)
            try:
                self._handle(wanted)
            except AddressError as error:
                self.report.failed.append(AddressError(wanted.address, error.reason))

    def end(self) -> FetchReport:
        """Return what was done, with what was left out and why."""
        self.report.notices += [f"{count:,} left out: {why}" for why, count in self._left.items()]
        return self.report

    def _take_list(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(), 1):
            address = line.strip()
            if not address or address.startswith("#"):
                continue
            try:
                self._add_page(parse(address))
            except AddressError as error:
                self.report.failed.append(AddressError(f"{self._source}:{number}", str(error)))

    def _take_sitemap(self, sitemap: Sitemap, depth: int) -> None:
        self.report.failed += sitemap.errors
        for address in sitemap.pages:
            self._add_page(address)
        for address in sitemap.sitemaps:
            if depth + 1 >= self._limits.depth:
                self._leave(f"sitemaps are followed {self._limits.depth} deep")
            elif self._is_inside(address):
                self._add_list(Wanted(address, WantedKind.START, depth + 1))

    def _add_page(self, address: str) -> None:
        if self._queue.has_seen(address) or not self._is_inside(address):
            return
        if self._pages >= self._limits.pages:
            self._leave(f"the limit of {self._limits.pages:,} pages")
            return
        self._pages += self._queue.add(Wanted(address, WantedKind.PAGE))

    def _add_list(self, wanted: Wanted) -> None:
        if self._queue.has_seen(wanted.address):
            return
        if self._lists >= self._limits.lists:
            self._leave(f"the limit of {self._limits.lists:,} list pages and sitemaps")
            return
        self._lists += self._queue.add(wanted)

    def _is_inside(self, address: str) -> bool:
        """Whether an address belongs to where the source is; where it does not, that is counted."""
        inside = self._may_go(address, self._site)
        if not inside:
            self._leave("on other sites (--host HOST allows one)")
        return inside

    def _may_go(self, address: str, site: str | None) -> bool:
        host = host_of(address)
        own = site is None or same_site(host, site) or host in self._hosts
        return own or (self._profile is not None and self._profile.covers(host))

    def _leave(self, why: str) -> None:
        self._left[why] = self._left.get(why, 0) + 1

    def _handle(self, wanted: Wanted) -> None:
        if wanted.kind in (WantedKind.START, WantedKind.LIST):
            self._handle_list(wanted)
        elif self._folder.is_done(wanted.address):
            record = self._folder.records[wanted.address]
            self.report.resumed.append(wanted.address)
            self._add_attachments(record, self._folder.read(record))
        else:
            self._handle_document(wanted)

    def _handle_list(self, wanted: Wanted) -> None:
        answer = self._client.get(wanted.address, None, lambda at: self._may_go(at, self._site))
        body = answer.body or b""
        if wanted.kind is WantedKind.START and is_sitemap(body):
            self._take_sitemap(read_sitemap(body, answer.address), wanted.depth)
            return
        if wanted.depth:
            raise AddressError(wanted.address, "not a sitemap")
        if self._profile is None:
            self._profile = choose_profile(None, host_of(answer.address))
        if not is_page(body, ".html"):
            raise AddressError(wanted.address, "neither a sitemap nor a web page")
        found = read_list(body, answer.address, self._profile, first=wanted.kind is WantedKind.START)
        if not found.documents:
            raise AddressError(wanted.address, "no links to documents on this list page; another profile?")
        for link in found.documents:
            self._add_page(link.address)
        for address in found.more:
            if self._is_inside(address):
                self._add_list(Wanted(address, WantedKind.LIST))

    def _handle_document(self, wanted: Wanted) -> None:
        before = self._folder.records.get(wanted.address)
        stored = self._folder.read(before) if before is not None else None
        site = self._site if wanted.page is None else host_of(wanted.page.address)
        answer = self._client.get(
            wanted.address,
            before.validators() if before is not None and stored is not None else None,
            lambda at: self._may_go(at, site),
        )
        body, record = self._keep(wanted, answer, before, stored)
        if wanted.kind is WantedKind.PAGE:
            self._add_attachments(record, body)

    def _keep(
        self, wanted: Wanted, answer: Answer, before: Record | None, stored: bytes | None
    ) -> tuple[bytes, Record]:
        if answer.body is None:
            if before is None or stored is None:
                raise AddressError(wanted.address, "status 304 though nothing was known of it")
            self.report.unchanged.append(wanted.address)
            return stored, self._folder.confirm(before, answer)
        if not answer.body:
            raise AddressError(wanted.address, "an empty answer")
        page = wanted.page.file if wanted.page is not None else None
        record = self._folder.keep(wanted.address, answer, answer.body, page, wanted.words)
        if before is None:
            self.report.fetched.append(wanted.address)
        elif before.sha256 == record.sha256:
            self.report.unchanged.append(wanted.address)
        else:
            self.report.changed.append(wanted.address)
        return answer.body, record

    def _add_attachments(self, record: Record, body: bytes | None) -> None:
        if record.page is not None or body is None or not is_page(body, record.file):
            return
        host = host_of(record.address)
        profile = self._profile or next((p for p in builtin_profiles().values() if p.covers(host)), None)
        links = find_attachments(body, record.address, profile)
        for link in links[: self._limits.attachments]:
            self._add_attachment(link, record, host)
        for _ in links[self._limits.attachments :]:
            self._leave(f"the limit of {self._limits.attachments} attachments of a page")

    def _add_attachment(self, link: Link, record: Record, host: str) -> None:
        if self._may_go(link.address, host):
            self._queue.add(Wanted(link.address, WantedKind.ATTACHMENT, page=record, words=link.words))
        elif not self._queue.has_seen(link.address):
            self._leave("attachments on other sites (--host HOST allows one)")
