"""The header of a TEI document: where it comes from, who takes part in which office, what the categories mean."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from corpus.captions import meeting_caption, one_line
from corpus.record import Certainty, Gender, Minutes, Person
from corpus.tables import RegisterIds
from corpus.writers.tei_words import BODY, CATEGORIES, XmlIds, add, pointers

_VERSION = re.compile(r"\d+(\.\d+){0,3}")
_CERT: dict[Certainty, str | None] = {"known": None, "ambiguous": "low", "unknown": "unknown"}
_SEX: dict[Gender | None, str | None] = {"female": "F", "male": "M", None: None}


def header(minutes: Minutes, ids: XmlIds, register: RegisterIds) -> ET.Element:
    """Return the element `teiHeader`."""
    head = ET.Element("teiHeader")
    _file(head, minutes)
    _encoding(head, minutes)
    profile = add(head, "profileDesc")
    _setting(profile, minutes)
    partic = add(profile, "particDesc")
    _persons(partic, minutes, ids, register)
    _organisations(partic, minutes, ids)
    if not len(partic):
        profile.remove(partic)
    if not len(profile):
        head.remove(profile)
    return head


def _file(head: ET.Element, minutes: Minutes) -> None:
    meeting = minutes.meeting
    file = add(head, "fileDesc")
    titles = add(file, "titleStmt")
    add(titles, "title", meeting_caption(meeting) or one_line(minutes.source))
    if meeting.body or meeting.number:
        add(titles, "meeting", meeting.body or "", n=meeting.number)
    published = add(file, "publicationStmt")
    add(published, "p", f"Made by protokollant {minutes.generator.package} from {one_line(minutes.source)}")
    if minutes.warnings:
        notes = add(file, "notesStmt")
        for warning in minutes.warnings:
            add(notes, "note", warning, type="warning")
    bibliography = add(add(file, "sourceDesc"), "bibl")
    add(bibliography, "title", one_line(minutes.source))
    add(bibliography, "idno", minutes.sha256, type="SHA-256")


def _encoding(head: ET.Element, minutes: Minutes) -> None:
    encoding = add(head, "encodingDesc")
    package = minutes.generator.package
    version = _VERSION.match(package)
    tool = add(add(encoding, "appInfo"), "application", ident="protokollant", version=version[0] if version else "0")
    add(tool, "label", f"protokollant {package}")
    for name, model in sorted(minutes.generator.models.items()):
        add(tool, "desc", f"{name}: {model}")
    classes = add(encoding, "classDecl")
    for name, categories in CATEGORIES.items():
        taxonomy = add(classes, "taxonomy", xml_id=name)
        for category in categories:
            add(add(taxonomy, "category", xml_id=f"{name}.{category}"), "catDesc", category)


def _setting(profile: ET.Element, minutes: Minutes) -> None:
    meeting = minutes.meeting
    setting = ET.Element("setting")
    if meeting.place:
        add(setting, "name", meeting.place, type="place")
    if meeting.date:
        add(setting, "date", when=meeting.date.isoformat())
    for kind, time in (("start", meeting.start_time), ("end", meeting.end_time)):
        if time:
            add(setting, "time", when=time.isoformat(), type=kind)
    if meeting.public is not None:
        add(setting, "activity", "public" if meeting.public else "not public")
    if len(setting):
        add(profile, "settingDesc").append(setting)


def _persons(partic: ET.Element, minutes: Minutes, ids: XmlIds, register: RegisterIds) -> None:
    persons = [person for person in minutes.persons if person.kind != "group"]
    if not persons:
        return
    listed = add(partic, "listPerson")
    for person in persons:
        element = add(
            listed,
            "person",
            xml_id=ids.persons[person.id],
            sex=_SEX[person.gender],
            cert=_CERT[person.certainty],
            role="chair" if person.id == minutes.meeting.chair else person.kind if person.kind != "person" else None,
        )
        if number := register.get((minutes.source, person.id)):
            add(element, "idno", number, type="register")
        _name(element, person)
        _belonging(element, person, minutes, ids)
        _attendance(element, person, minutes)
    ambiguous = [person for person in persons if person.candidates]
    if ambiguous:
        relations = add(listed, "listRelation")
        for person in ambiguous:
            add(
                relations,
                "relation",
                name="candidate",
                active=pointers([ids.persons[person.id]]),
                passive=pointers(ids.persons[id] for id in person.candidates),
            )


def _name(element: ET.Element, person: Person) -> None:
    name = add(element, "persName")
    if person.honorific:
        add(name, "addName", person.honorific, type="honorific")
    if person.title:
        add(name, "roleName", person.title, type="title")
    if person.given_name:
        add(name, "forename", person.given_name)
    add(name, "surname" if person.kind == "person" else "roleName", person.name)


def _belonging(element: ET.Element, person: Person, minutes: Minutes, ids: XmlIds) -> None:
    for role in person.roles:
        office = add(element, "affiliation", ref=f"#{BODY}" if minutes.meeting.body else None)
        add(office, "roleName", role)
    if person.party:
        add(element, "affiliation", person.party, ref=f"#{ids.parties[person.party]}", role="member")


def _attendance(element: ET.Element, person: Person, minutes: Minutes) -> None:
    for entry in minutes.meeting.attendance:
        if entry.person == person.id:
            state = add(element, "state", type="attendance", subtype=entry.status, n=entry.capacity)
            limits = (("from", entry.from_), ("until", entry.until))
            for what, limit in limits:
                if limit:
                    add(state, "label", limit, type=what)


def _organisations(partic: ET.Element, minutes: Minutes, ids: XmlIds) -> None:
    organisations = ET.Element("listOrg")
    if minutes.meeting.body:
        add(add(organisations, "org", xml_id=BODY, role="body"), "orgName", minutes.meeting.body)
    for party, id in ids.parties.items():
        add(add(organisations, "org", xml_id=id, role="party"), "orgName", party)
    for person in minutes.persons:
        if person.kind == "group":
            add(add(organisations, "org", xml_id=ids.persons[person.id], role="group"), "orgName", person.name)
    if len(organisations):
        partic.append(organisations)
