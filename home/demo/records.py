"""The records of the demonstration: parties, venues, processes, their bodies, sessions, members and officers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from documents.models import SymbolSeries
from documents.symbols.series import DEFAULT_SERIES
from home.demo.reading import Data, code_of, read, words

PROCESSES = ("untoc", "kimberley", "almaty", "minamata", "brs", "cluster_munitions")


def processes() -> list[Data]:
    """The data of every process, in the order of loading."""
    return [data for name in PROCESSES for data in read(name)["processes"]]


def load_records() -> None:
    """Makes what is missing of the records. What is there stays as it is."""
    parties = load_parties()
    venues = load_venues()
    for data in processes():
        process = load_process(data)
        load_bodies(process, data, venues)
        load_memberships(process, data, parties)
        load_offices(process, data, parties)
        load_series(process, data)
    load_joint_bodies()


def load_series(process: Process, data: Data) -> None:
    """The series of decisions of a process: those with letters of their own, and those cited by number alone."""
    for series in DEFAULT_SERIES:
        if series.letters in data.get("series", []):
            printed = {code_of(language): spellings[0] for language, spellings in series.local.items()}
            SymbolSeries.objects.get_or_create(
                letters=series.letters, defaults={"process": process, "printed_letters": printed}
            )
    for kind, letters in data.get("cited_by_number", {}).items():
        SymbolSeries.objects.get_or_create(
            letters=letters, defaults={"process": process, "kind": kind, "cited_by_number": True}
        )


def load_parties() -> dict[str, Party]:
    """Parties by country code or by acronym. States that a process names are made by the process's turn."""
    data = read("parties")
    parties = {}
    for acronym, row in data["organisations"].items():
        parties[acronym], _created = Party.objects.get_or_create(
            acronym=acronym, defaults={"kind": row["kind"], "names": words(row["names"])}
        )
    for country, names in data["states"].items():
        parties[country], _created = Party.objects.get_or_create(
            country=country, defaults={"kind": Party.Kind.STATE, "names": words(names)}
        )
    return parties


def load_venues() -> dict[str, Venue]:
    """Venues by their key in the data. A venue is known again by its English name."""
    found = {}
    for key, row in read("venues").items():
        names = words(row["names"])
        found[key], _created = Venue.objects.get_or_create(
            sort_name=names["en"], defaults={"names": names, "country": row.get("country", "")}
        )
    return found


def load_process(data: Data) -> Process:
    """The process of this data."""
    given = (
        "name", "acronym", "kind", "main_language", "established_on", "in_force_on",
        "decision_rule", "chair_rotation_years", "symbol_heads", "website",
    )  # fmt: skip
    fields = {name: data[name] for name in given if name in data}
    fields["languages"] = [code_of(language) for language in data["languages"]]
    process, _created = Process.objects.get_or_create(code=data["code"], defaults=fields)
    return process


def load_bodies(process: Process, data: Data, venues: dict[str, Venue]) -> None:
    """The bodies of a process with their sessions; reports are transmitted once all sessions are there."""
    sessions: dict[str, Session] = {}
    for position, row in enumerate(data["bodies"], start=1):
        body = load_body(process, row, position * 10)
        for session_row in row.get("sessions", []):
            sessions[f"{body.code}/{session_row['code']}"] = load_session(body, session_row, venues)
    for row in data["bodies"]:
        for session_row in row.get("sessions", []):
            if "transmitted_to" in session_row:
                sending = sessions[f"{row['code']}/{session_row['code']}"]
                if sending.transmitted_to_id is None:
                    sending.transmitted_to = sessions[session_row["transmitted_to"]]
                    sending.save()


def load_body(process: Process, row: Data, position: int) -> WorkingGroup:
    """One body. Its parent stands before it in the data."""
    given = ("name", "acronym", "kind", "duration", "starts_on", "ends_on", "symbol_head")
    fields: dict[str, Any] = {name: row[name] for name in given if name in row}
    fields["established_by_reference"] = words(row.get("established_by_reference"))
    if "parent" in row:
        fields["parent"] = WorkingGroup.objects.get(process=process, code=row["parent"])
    body, _created = WorkingGroup.objects.get_or_create(
        process=process, code=row["code"], defaults={**fields, "position": position}
    )
    return body


def load_session(body: WorkingGroup, row: Data, venues: dict[str, Venue]) -> Session:
    """One session with the numbers of its agenda. ``starts_in`` counts days from the day of loading."""
    given = ("number", "starts_on", "ends_on", "status", "online")
    fields: dict[str, Any] = {name: row[name] for name in given if name in row}
    if "venue" in row:
        fields["venue"] = venues[row["venue"]]
    if "starts_in" in row:
        fields["starts_on"] = timezone.localdate() + timedelta(days=row["starts_in"])
        fields["ends_on"] = fields["starts_on"] + timedelta(days=row["days"] - 1)
    fields.setdefault("status", Session.Status.HELD)
    session, created = Session.objects.get_or_create(working_group=body, code=row["code"], defaults=fields)
    if created:
        for order, item in enumerate(row.get("agenda", [])):
            AgendaItem(session=session, number=item["number"], sort_order=order).save()
    return session


def load_memberships(process: Process, data: Data, parties: dict[str, Party]) -> None:
    """Members, participants and observers; several states in one row share what the row says."""
    for row in data.get("memberships", []):
        fields: dict[str, Any] = {"status": row["status"], "condition": words(row.get("condition"))}
        if "deadline" in row:
            fields["deadline"] = row["deadline"]
        for key in row["parties"].split():
            Membership.objects.get_or_create(
                party=party_of(key, parties), process=process, starts_on=row.get("starts_on"), defaults=fields
            )


def load_offices(process: Process, data: Data, parties: dict[str, Party]) -> None:
    """Who chairs what, by party: the demonstration names no persons."""
    for row in data.get("offices", []):
        body = WorkingGroup.objects.get(process=process, code=row["body"]) if "body" in row else None
        Office.objects.get_or_create(
            process=process,
            working_group=body,
            kind=row["kind"],
            party=party_of(row["party"], parties),
            starts_on=row.get("starts_on"),
            defaults={"ends_on": row.get("ends_on")},
        )


def party_of(key: str, parties: dict[str, Party]) -> Party:
    """The party with this acronym or country code; a state is made when it is first named."""
    if key not in parties:
        parties[key], _created = Party.objects.get_or_create(country=key, defaults={"kind": Party.Kind.STATE})
    return parties[key]


def load_joint_bodies() -> None:
    """Ties bodies that several processes share to the other processes."""
    for data in processes():
        for row in data["bodies"]:
            if "also_serves" in row:
                body = WorkingGroup.objects.get(process__code=data["code"], code=row["code"])
                body.also_serves.add(*Process.objects.filter(code__in=row["also_serves"]))
