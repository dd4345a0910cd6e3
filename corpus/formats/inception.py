"""INCEpTION: UIMA CAS XMI, one file a document, with the type system beside them (by dkpro-cassis).

Four span layers (`Turn`, `Speaker`, `AgendaItem`, `Attendee`), one for the facts of the meeting (`Fact`), and the
relation `Reply` from answer to question, in the shape of INCEpTION's custom layers. What belongs to the whole
document (origin, chair, notes) is one document-level annotation that holds it as JSON; so are characters that XML
cannot hold (form feeds), for which signs stand in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_cas_from_xmi, load_dkpro_core_typesystem, load_typesystem

from corpus.collection import Document
from corpus.formats.conversion import ConversionError, Report, read_one
from corpus.formats.regions import AGENDA, ATTENDEE, LISTS, MENTION, Region, Regions, from_regions, to_regions
from corpus.gold import FACTS
from corpus.record import LABELS

TYPE_SYSTEM = "TypeSystem.xml"
ENDING = ".xmi"

_CUSTOM = "webanno.custom."
_SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
_REPLY, _DOCUMENT = f"{_CUSTOM}Reply", f"{_CUSTOM}Document"
_LABEL = "label"
_LAYERS: dict[str, tuple[str, ...]] = {
    f"{_CUSTOM}Turn": (_LABEL, "speakers", "roles", "parties", "addressees", "outcome", "votes", "unanimous"),
    f"{_CUSTOM}Speaker": (),
    f"{_CUSTOM}AgendaItem": ("number", "title"),
    f"{_CUSTOM}Attendee": ("person", "status", "roles", "parties", "arrives", "leaves"),
    f"{_CUSTOM}Fact": (_LABEL, "value"),
}
_LAYER_OF = {
    **dict.fromkeys(LABELS, f"{_CUSTOM}Turn"),
    **dict.fromkeys(FACTS, f"{_CUSTOM}Fact"),
    MENTION: f"{_CUSTOM}Speaker",
    AGENDA: f"{_CUSTOM}AgendaItem",
    ATTENDEE: f"{_CUSTOM}Attendee",
}
_FIXED_LABEL = {layer: label for label, layer in _LAYER_OF.items() if _LABEL not in _LAYERS[layer]}
_WORD = re.compile(r"\w+|[^\w\s]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGN = "\N{SYMBOL FOR FORM FEED}"


def type_system() -> TypeSystem:
    """Return our layers on top of those of DKPro Core, as INCEpTION imports them."""
    types = load_dkpro_core_typesystem()
    for name, features in _LAYERS.items():
        layer = types.create_type(name)
        for feature in features:
            if feature in LISTS:
                types.create_feature(layer, feature, "uima.cas.StringArray")
            else:
                types.create_feature(layer, feature, "uima.cas.String")
    turn = types.get_type(f"{_CUSTOM}Turn")
    reply = types.create_type(_REPLY)
    types.create_feature(reply, "Dependent", turn)
    types.create_feature(reply, "Governor", turn)
    document = types.create_type(_DOCUMENT, "uima.cas.AnnotationBase")
    types.create_feature(document, "value", "uima.cas.String")
    return types


def write(documents: Iterable[Document], path: Path) -> None:
    """Write `NAME.xmi` for each document, and the type system."""
    path.mkdir(parents=True, exist_ok=True)
    types = type_system()
    types.to_xml(path / TYPE_SYSTEM)
    for document in documents:
        _cas(document, types).to_xmi(path / (document.name + ENDING))


def read(path: Path, report: Report | None = None) -> Iterator[Document]:
    """Yield the documents of a folder of XMI files, by name; a single file is read with the type system beside it."""
    if path.suffix == ".zip":
        raise ConversionError(f"{path} is an archive: unpack it, and name the folder with its .xmi files")
    files = [path] if path.is_file() else sorted(path.glob(f"*{ENDING}"))
    if not files:
        raise ConversionError(f"{path} holds no {ENDING} file: export from INCEpTION as UIMA CAS XMI (XML 1.0)")
    schema = (path.parent if path.is_file() else path) / TYPE_SYSTEM
    if not schema.exists():
        raise ConversionError(f"{schema} is missing: it comes with the export, put it beside the documents")
    try:
        types = load_typesystem(schema)
    except Exception as error:
        raise ConversionError(f"{schema}: no type system: {error}") from error
    for file in files:
        yield from read_one(str(file), partial(_document, file, types, report.mended if report else []), report)


def _document(file: Path, types: TypeSystem, mended: list[str]) -> Document:
    try:
        cas = load_cas_from_xmi(file, typesystem=types)
    except Exception as error:
        raise ConversionError(f"no XMI of this type system, or a relation to what was deleted: {error}") from error
    return from_regions(_regions(cas, file.stem), mended)


def _cas(document: Document, types: TypeSystem) -> Cas:
    regions = to_regions(document)
    cas = Cas(types, sofa_string=_NOT_IN_XML.sub(_SIGN, regions.text), document_language="de")
    cas.sofa_mime = "text/plain"
    sentence, token = types.get_type(_SENTENCE), types.get_type(_TOKEN)
    cas.add_all(sentence(begin=start, end=end) for start, end in document.gold.sentences)
    cas.add_all(token(begin=m.start(), end=m.end()) for m in _WORD.finditer(regions.text))
    strings = types.get_type("uima.cas.StringArray")
    spans = []
    for region in regions.regions:
        layer = _LAYER_OF[region.label]
        values: dict[str, Any] = {_LABEL: region.label} if _LABEL in _LAYERS[layer] else {}
        for name, given in region.attributes.items():
            clean = [_NOT_IN_XML.sub(_SIGN, value) for value in given]
            values[name] = strings(elements=clean) if name in LISTS else clean[0]
        span = types.get_type(layer)(begin=region.start, end=region.end, **values)
        cas.add(span)
        spans.append(span)
    reply = types.get_type(_REPLY)
    for answer, question in regions.links:
        ends = {"Governor": spans[question], "Dependent": spans[answer]}
        cas.add(reply(begin=spans[answer].begin, end=spans[answer].end, **ends))
    rest = {name: value for name, value in regions.document.items() if name != "sentences"}
    if replaced := {m.start(): m.group() for m in _NOT_IN_XML.finditer(regions.text)}:
        rest["replaced"] = replaced
    cas.add(types.get_type(_DOCUMENT)(value=json.dumps(rest)))
    return cas


def _regions(cas: Cas, name: str) -> Regions:
    rest: dict[str, Any] = {}
    for document in cas.select(_DOCUMENT):
        rest |= json.loads(document.value or "{}")
    replaced = rest.pop("replaced", {})
    regions: list[Region] = []
    index: dict[int, int] = {}
    for layer, features in _LAYERS.items():
        for span in cas.select(layer):
            index[span.xmiID] = len(regions)
            label = span[_LABEL] if _LABEL in features else _FIXED_LABEL[layer]
            if label is None:
                raise ValueError(f"the {layer.removeprefix(_CUSTOM)} at {span.begin} has no label")
            attributes = {x: _values(span[x], replaced) for x in features if x != _LABEL and span[x] is not None}
            regions.append(Region(label, span.begin, span.end, attributes))
    ends = ((x.Dependent, x.Governor) for x in cas.select(_REPLY))
    links = tuple((index[a.xmiID], index[b.xmiID]) for a, b in ends if a and b and {a.xmiID, b.xmiID} <= index.keys())
    if sentences := [(x.begin, x.end) for x in cas.select(_SENTENCE)]:
        rest["sentences"] = sentences
    text = list(cas.sofa_string)
    for at, character in replaced.items():
        text[int(at)] = character
    return Regions(name, "".join(text), tuple(regions), links, rest)


def _values(value: Any, replaced: dict[str, str]) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else tuple(value.elements or ())
    back = next(iter(replaced.values()), "\f")
    return tuple(x.replace(_SIGN, back) for x in values)
