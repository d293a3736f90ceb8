"""What vulture takes for dead and is not, with who uses it. vulture reads this file, nothing imports it."""

# ruff: noqa: B018, F821, PLW0104
# mypy: ignore-errors

from ingest.model import Comparator, DeadlineKind
from ingest.model.document import ClauseKind
from ontology.registry.body import Change
from ontology.registry.judgements import Decision

# Members of enumerations that are made from their values, in patterns and in rows of CSV.
ClauseKind.HEADING
Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.LESS, Comparator.ABOUT
DeadlineKind.RECURRING
Change.MERGED, Change.SPLIT
Decision.PARTY, Decision.UNRESOLVED

_.show_version  # typer calls the option's callback
_.justify  # rich reads it
_.redirect_slashes  # starlette reads it
_.__getattr__, _.__dir__  # Python calls them on a module
_.pytestmark, _.pytest_collection_modifyitems, _.pytest_xdist_auto_num_workers  # pytest reads and calls them
# fixtures that hold for all tests around them
_.components_found_once, _.main_module, _._quick_java
(
    _.do_POST,
    _.log_message,
    _.protocol_version,
    _.disable_nagle_algorithm,
    _.close_connection,
    _.handle_starttag,
    _.handle_endtag,
    _.handle_data,
)  # http.server and html.parser call them
_.__signature__  # inspect reads it, and pytest by it
_.should_exit  # uvicorn reads it
_.term_timeout  # pebble reads it
_.__call__  # of a protocol: the class of functions that match gold with facts
_.first_line_indent  # python-docx writes it
_.cmp  # of a fact in the grammar of gongbao synth: msgspec writes it
