"""The ledger is append-only in the database itself, on SQLite and on PostgreSQL."""

from django.db import connection

APPEND_ONLY = ("figures_posting", "figures_entry", "figures_cell", "figures_source")
REFUSAL = "the ledger is append-only"

# What a new row of a table must meet; SQLite's REPLACE deletes without a trigger, so it is caught
# before it inserts.
_EXISTS = {
    "figures_posting": "EXISTS"
    " (SELECT 1 FROM figures_posting WHERE number = NEW.number OR key = NEW.key)"
    " OR NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM figures_posting)",
    "figures_entry": "EXISTS (SELECT 1 FROM figures_entry WHERE id = NEW.id"
    " OR (posting_id = NEW.posting_id AND line = NEW.line))"
    " OR NEW.posting_id <> (SELECT max(number) FROM figures_posting)",
    "figures_cell": "EXISTS (SELECT 1 FROM figures_cell WHERE id = NEW.id OR text = NEW.text)",
    "figures_source": "EXISTS (SELECT 1 FROM figures_source WHERE id = NEW.id OR code = NEW.code)",
}

_PG_FUNCTIONS = {
    "ledger_keep": f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END",
    **{
        f"{table}_add": f"BEGIN IF {condition} THEN RAISE EXCEPTION '{REFUSAL}'; END IF;"
        " RETURN NEW; END"
        for table, condition in _EXISTS.items()
        if table in ("figures_posting", "figures_entry")
    },
}


def wanted() -> dict[str, str]:
    """The triggers that must stand: name → the statement that makes it, for this database."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite() -> dict[str, str]:
    made = {}
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            made[name] = (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        name = f"{table}_add"
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {_EXISTS[table]}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    return made


def _postgresql() -> dict[str, str]:
    made = {}
    for table in APPEND_ONLY:
        made[f"{table}_no_change"] = (
            f"CREATE TRIGGER {table}_no_change BEFORE DELETE OR UPDATE ON public.{table}"
            " FOR EACH ROW EXECUTE FUNCTION ledger_keep()"
        )
        made[f"{table}_no_truncate"] = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON public.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep()"
        )
        if f"{table}_add" in _PG_FUNCTIONS:
            made[f"{table}_add"] = (
                f"CREATE TRIGGER {table}_add BEFORE INSERT ON public.{table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_add()"
            )
    return made


def standing() -> dict[str, str]:
    """The triggers that do stand on the tables of the ledger, enabled: name → statement."""
    marks = ", ".join(["%s"] * len(APPEND_ONLY))
    query = (
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid"
        f" WHERE relname IN ({marks}) AND NOT tgisinternal AND tgenabled = 'O'"
        if connection.vendor == "postgresql"
        else f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, APPEND_ONLY)
        return dict(cursor.fetchall())


def functions_standing() -> dict[str, str]:
    """PostgreSQL's functions behind the triggers: name → body; none on SQLite."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(_PG_FUNCTIONS)]
        )
        return dict(cursor.fetchall())


def functions_wanted() -> dict[str, str]:
    """PostgreSQL's functions as they must be; none on SQLite."""
    return dict(_PG_FUNCTIONS) if connection.vendor == "postgresql" else {}


def create(**_: object) -> None:
    """Make what is missing or altered; called after every migrate."""
    tables = connection.introspection.table_names()
    if not set(APPEND_ONLY) <= set(tables):
        return
    there = standing()
    with connection.cursor() as cursor:
        for name, body in functions_wanted().items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $body${body}$body$"
            )
        for name, statement in wanted().items():
            if there.get(name) == statement:
                continue
            table = next(table for table in APPEND_ONLY if name.startswith(f"{table}_"))
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(statement)
