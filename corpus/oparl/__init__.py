"""Council information systems that speak OParl: their meetings and minutes in a folder that is brought up to date."""

from corpus.oparl.errors import OParlError, Unavailable
from corpus.oparl.local import read_objects
from corpus.oparl.mirror import Mirror, read_meetings
from corpus.oparl.objects import AgendaItem, Body, Meeting, MinutesFile

__all__ = [
    "AgendaItem",
    "Body",
    "Meeting",
    "MinutesFile",
    "Mirror",
    "OParlError",
    "Unavailable",
    "read_meetings",
    "read_objects",
]
