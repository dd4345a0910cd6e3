"""Mentions: who is named, by which words, and what is no name at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions import Mention
from pipeline.persons import find_mentions
from tests.pipeline.ruled import extract


def _open(reason: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=True))


def _persons(text: str) -> list[Mention]:
    return [m for m in find_mentions(text) if m.kind == "person"]


def _names(text: str) -> list[str | None]:
    return [m.name for m in _persons(text)]


def _mention(text: str, words: str) -> Mention:
    """The mention whose text is `words`."""
    found = {text[m.start : m.end]: m for m in find_mentions(text)}
    assert words in found, sorted(found)
    return found[words]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        # honorific and family name
        ("Frau Petersen fragt, ob der Deich hält.", "Petersen"),
        ("Herr Wiśniewski bedankt sich.", "Wiśniewski"),
        ("Hr. Noack widerspricht Fr. Lehnigk.", "Noack; Lehnigk"),
        ("Danach spricht Frau O’Brien für die Eltern.", "O’Brien"),
        ("Frau Öztürk-Langhoff stellt den Antrag vor.", "Öztürk-Langhoff"),
        ("Herr N. und Frau K. haben sich enthalten.", "N.; K."),
        ("Die Herren Buchwald und Tiedemann waren entschuldigt.", "Buchwald; Tiedemann"),
        # office and family name
        ("Landrätin Kühnast berichtet über die Deponie.", "Kühnast"),
        ("Stadtverordnete Aydın erkundigt sich nach dem Freibad.", "Aydın"),
        ("Ktabg. Tiedemann fragt nach.", "Tiedemann"),
        ("Rh. Schmiedchen beantragt Vertagung.", "Schmiedchen"),
        ("RM Gerdes hakt nach.", "Gerdes"),
        ("Beig. Hartung sagt eine Prüfung zu.", "Hartung"),
        ("Vzbgm.in Hämmerle übernimmt den Vorsitz.", "Hämmerle"),
        ("BzStR'in Yıldırım verweist auf den Senat.", "Yıldırım"),
        ("Stv. Buchwald (SPD) meldet sich.", "Buchwald"),
        ("GR Pichlmaier stellt den Zusatzantrag.", "Pichlmaier"),
        ("StRin Brunnthaler dankt dem Bauhof.", "Brunnthaler"),
        ("AL Zumsteg zeigt den Plan.", "Zumsteg"),
        ("SGB Vollmer regt einen Ortstermin an.", "Vollmer"),
        ("Ausschussmitglied Rautenberg lobt das Konzept.", "Rautenberg"),
        ("SPD-Ratsherr Gerdes lehnt das ab.", "Gerdes"),
        ("Gemeindepräsidentin Aebischer begrüsst die Stimmberechtigten.", "Aebischer"),
        ("Fraktionsvorsitzender Ihle kritisiert das Verfahren.", "Ihle"),
        ("Bauamtsleiterin Zschoche erläutert die Kosten.", "Zschoche"),
        ("Ortsvorsteher Lindqvist ruft die Punkte auf.", "Lindqvist"),
        ("Stadträtin Kaya und Stadtrat Mönch fragen nach.", "Kaya; Mönch"),
        ("Die Ktabg. Struve, Kolbe und Nissen schließen sich an.", "Struve; Kolbe; Nissen"),
        # honorific with office, titles
        ("Frau Stadträtin Kaya möchte wissen, wann gebaut wird.", "Kaya"),
        ("Herr Oberbürgermeister Dr. Frey antwortet.", "Frey"),
        ("Herr Prof. Dr. Lüders trägt das Gutachten vor.", "Lüders"),
        _open("'Mag.a' is cut at its full stop", "Frau GR.in Mag.a Brunnthaler fragt nach.", "Brunnthaler"),
        ("Bgm. Dr. Achleitner eröffnet die Sitzung.", "Achleitner"),
        _open(
            "titles of several words are skipped, 'med' ends the prefix",
            "Herr Dr. med. Lüders trägt vor.",
            "Lüders",
        ),
        ("Herr Lüders, MBA, trägt vor.", "Lüders"),
        ("Herr Huber jun. trägt vor.", "Huber"),
        _open(
            "the full stop behind a compound abbreviation ends the mention",
            "Landeshauptmann-Stv. Dünser ersucht um Zustimmung.",
            "Dünser",
        ),
        ("Bgm.-Stv. Dünser ersucht um Zustimmung.", "Dünser"),
        ("LAbg. Dünser ersucht um Zustimmung.", "Dünser"),
        ("DI Kurz erläutert den Plan.", "Kurz"),
        _open("the joint forms of -rat are made without umlaut", "Stadträt*in Kaya fragt nach.", "Kaya"),
        ("PHK Nissen berichtet über Einbrüche.", "Nissen"),
        ("Dipl.-Ing. Rüegsegger stellt die Varianten vor.", "Rüegsegger"),
        ("Frau Dr.-Ing. Kowalczyk erläutert das Gutachten.", "Kowalczyk"),
        # particles and two-part names
        ("Herr von Arx fragt nach der Wasserversorgung.", "von Arx"),
        ("Frau van der Velde erklärt den Ablauf.", "van der Velde"),
        _open(
            "'zur' is a particle only behind another one",
            "Ratsfrau zur Mühlen bittet um Auskunft.",
            "zur Mühlen",
        ),
        _open(
            "titles of nobility are not read, 'von' stands behind no given name",
            "Herr Freiherr von Ziegesar lädt ein.",
            "Freiherr von Ziegesar",
        ),
        ("Landrat Dr. Schulte Osthoff dankt den Helfern.", "Schulte Osthoff"),
        _open(
            "'Ben' is a given name before it is a particle",
            "Frau Ben Ahmed fragt nach dem Gebetsraum.",
            "Ben Ahmed",
        ),
        _open("'Al' is a given name before it is a particle", "Herr Al Khatib stellt sich vor.", "Al Khatib"),
        ("Frau de Vries-Kramer ergänzt.", "de Vries-Kramer"),
        _open("capitalised particles are no particles", "Frau Da Silva Costa ergänzt dies.", "Da Silva Costa"),
        _open("capitalised particles are no particles", "Frau El Sayed fragt nach.", "El Sayed"),
        _open("capitalised 'Di' is the title DI", "Frau Di Lorenzo fragt nach.", "Di Lorenzo"),
        ("Frau Le Blanc fragt nach.", "Le Blanc"),
        _open("'St.' is an initial", "Herr St. Pierre fragt nach.", "St. Pierre"),
        _open("no particle with an apostrophe", "Herr van’t Hoff fragt nach.", "van’t Hoff"),
        _open("'und' between two particles", "Herr von und zu Liebenfels fragt nach.", "von und zu Liebenfels"),
        _open("'zu' opens no name", "Herr zu Rhein fragt nach.", "zu Rhein"),
        _open("a family name in lower case", "Frau d’Angelo fragt nach.", "d’Angelo"),
        _open(
            "a family name of two words that the document does not name twice",
            "Frau Mac Donald fragt nach.",
            "Mac Donald",
        ),
        _open("'auf' opens no name", "Stadtrat auf der Heide (FW) meldet sich.", "auf der Heide"),
        # names that are common nouns, months, days, offices, verbs
        ("Frau Richter fragt nach dem Zaun.", "Richter"),
        ("Herr Vogt erwidert, das gehe nicht.", "Vogt"),
        ("Herr Rat fragt nach dem Haushalt.", "Rat"),
        ("Frau März stimmt zu.", "März"),
        ("Herr Freitag und Frau Sonntag fehlen.", "Freitag; Sonntag"),
        ("Ratsherr Kurz fasst sich kurz.", "Kurz"),
        ("Frau Stadt erläutert die Planung der Stadt.", "Stadt"),
        ("Herr Bürgermeister König dankt Frau Kaiser.", "König; Kaiser"),
        ("Stadträtin Wiese spricht über die Wiese am Bach.", "Wiese"),
        ("Herr Wies wies auf das Rauchverbot hin.", "Wies"),
        ("Frau Rief rief dazwischen.", "Rief"),
        ("Herr Kreis hält den Kreis für zuständig.", "Kreis"),
        ("Frau Schulz fragt, ob Herr Lehrer zustimme.", "Schulz; Lehrer"),
        _open(
            "an office behind an office is an office",
            "Ratsherr Bischof wendet sich gegen den Antrag.",
            "Bischof",
        ),
        _open("an office behind an office is an office", "Ratsherr Förster stimmt zu.", "Förster"),
        ("Stadtrat Schreiber (SPD) fragt nach.", "Schreiber"),
        ("Ratsfrau Schäfer fragt nach.", "Schäfer"),
        _open(
            "an office of the kind group_speaker is no family name behind 'Herr'",
            "Herr Sprecher spricht sich dafür aus.",
            "Sprecher",
        ),
        ("Herr Meister und Frau Wirt danken.", "Meister; Wirt"),
        ("Herr Präsident Moser erteilt das Wort.", "Moser"),
        ("Frau Sprecher fragt nach dem Lärm.", "Sprecher"),
        ("Herr Verwalter und Frau Förster sind Gäste.", "Verwalter; Förster"),
        ("Herr Ausschuss lobt den Ausschuss.", "Ausschuss"),
        # full names
        ("Heike Jessen informiert über den Stand.", "Jessen"),
        ("Dr. Ulrike Lüders (FDP) führt aus, dass dies teuer sei.", "Lüders"),
        ("Danach referiert Urs Aebischer über die Abwassergebühren.", "Aebischer"),
        ("Herr Karl-Heinz von der Lippe wird geehrt.", "von der Lippe"),
        ("K. Rautenberg fragt nach den Öffnungszeiten.", "Rautenberg"),
        ("Bürgermeister Jens Tiedemann antwortet.", "Tiedemann"),
        ("Frau Ana Maria Fernández Ruiz übersetzt.", "Fernández Ruiz"),
        ("GR Lechner Stefan fragt nach dem Winterdienst.", "Lechner"),
        # oblique cases and fronted text
        ("Der Antrag von Herrn Dräger wird vertagt.", "Dräger"),
        ("Auf Nachfrage von Frau Ihle teilt Herr Zoch mit, es werde gebaut.", "Ihle; Zoch"),
        ("Zur Frage des Herrn Noack wird später berichtet.", "Noack"),
        ("Im Namen der Fraktion dankt Stadtrat Ballhaus (CDU) Frau Thoma.", "Ballhaus; Thoma"),
        _open("a genitive takes its noun along", "Herrn Hartwigs Vorschlag findet Zustimmung.", "Hartwig"),
        ("Laut Frau Dünser ist der Weg gesperrt.", "Dünser"),
        # brackets, appositions, slashes, labels
        ("Herr Zoch (Tiefbauamt) antwortet.", "Zoch"),
        pytest.param(
            "Herr Zoch (Leiter Tiefbau) antwortet.",
            "Zoch",
        ),
        _open(
            "a department behind an office is taken for a name",
            "Der Leiter Hochbau, Herr Vogel, berichtet.",
            "Vogel",
        ),
        _open(
            "'von' and a place behind an office is taken for a name",
            "Die Ortsbürgermeisterin von Neudorf, Frau Vogel, dankt.",
            "Vogel",
        ),
        ("Eine Bürgerin (Frau K.) fragt nach.", "K."),
        _open(
            "'Damen' is feminine, not plural: no list is read",
            "Die Damen Petersen und Kaya danken.",
            "Petersen; Kaya",
        ),
        ("Den Ratsmitgliedern Struve und Kolbe wird gedankt.", "Struve; Kolbe"),
        _open("a list without article is not read", "Stadträtinnen Kaya und Wiese fragen nach.", "Kaya; Wiese"),
        ("Frau Thoma, Leiterin der Bücherei, berichtet.", "Thoma"),
        ("Der Vorsitzende, Herr Ballhaus, eröffnet.", "Ballhaus"),
        ("Stadtrat Geisler (FREIE WÄHLER): Das sehe ich anders.", "Geisler"),
        ("Berichterstatter: GR Moosbrugger", "Moosbrugger"),
        _open(
            "a slash joins words to one token",
            "Frau Petersen/Herr Jessen stellen den Plan vor.",
            "Petersen; Jessen",
        ),
        # nothing behind the name is swallowed
        ("Frau Petersen Auskunft zu geben, sagt er zu.", "Petersen"),
        ("Herr Noack TOP 4 betreffend: vertagt.", "Noack"),
        ("Der Vorsitzende dankt Herrn Lüders Namens der Stadt.", "Lüders"),
        ("Danach dankt Bürgermeisterin Ihle Feuerwehr und Bergwacht.", "Ihle"),
        ("So bat Frau Ihle Verwaltung und Rat um Eile.", "Ihle"),
        _open(
            "a noun behind a plural office is taken for a name",
            "Ratsherr Gerdes sagt den Anwohnern Hilfe zu.",
            "Gerdes",
        ),
        _open("the -s of a genitive stays with the name", "Frau Hubers Frage wird beantwortet.", "Huber"),
        _open(
            "any genitive of -rat with a name behind is taken for the body",
            "Die Anfrage des Stadtrats Mönch wird beantwortet.",
            "Mönch",
        ),
        ("Auf Bitte von Frau Kolbe CDU-Fraktion wird vertagt.", "Kolbe"),
    ],
)
def test_names(sentence: str, names: str) -> None:
    assert _names(sentence) == names.split("; ")


@pytest.mark.parametrize(
    "sentence",
    [
        # streets, squares, buildings
        "Die Konrad-Adenauer-Straße wird gesperrt.",
        "Am Bürgermeister-Smidt-Platz fehlen Bänke.",
        "Die Robert-Koch-Schule erhält eine Mensa.",
        "Der Pfarrer-Kneipp-Weg ist zu schmal.",
        "In der Goethestraße 12 wurde eingebrochen.",
        "Die Halle im Schulzentrum Nord bleibt zu.",
        "Der Ausbau der Ortsdurchfahrt Petershagen beginnt.",
        "Zum Alten Markt führt kein Radweg.",
        # firms and clubs
        "Die Firma Holzbau Brenner GmbH hat das günstigste Angebot abgegeben.",
        "Das Büro Drees & Partner legt den Entwurf vor.",
        "Der TSV Neudorf nutzt die Halle.",
        "Die Max-Müller-Stiftung gibt 5.000 Euro.",
        # places and bodies
        pytest.param("Der Gemeinderat Altmünster beschließt einstimmig."),
        pytest.param("Der Stadtrat Meißen nimmt Kenntnis."),
        "Der Kreistag Wittmund stimmt zu.",
        "Die Bürgerschaft der Hansestadt Wismar lehnt ab.",
        "Die Sitzung des Ortsrates Langenhagen endet.",
        "Der Landkreis Rostock zahlt den Anteil.",
        "Die Stadt Frauenfeld liegt im Thurgau.",
        "Der Bezirk Tempelhof-Schöneberg prüft das.",
        _open("a body with its place is taken for a person", "Der Verbandsgemeinderat Loreley tagt öffentlich."),
        # months, days, sums, papers
        "Im August und im Mai sei das Bad geschlossen.",
        "Am Freitag beginnt die Messe.",
        "Die Vorlage Drucksache 4/26 liegt vor.",
        "Antrag der Fraktion BÜNDNIS 90/DIE GRÜNEN",
        # offices without a name
        "Der Bürgermeister teilt mit, dass die Brücke offen ist.",
        "Die Verwaltung erklärt, der Antrag liege vor.",
        "Der Vorsitzende schließt die Sitzung.",
        "Herr Vorsitzender, ich beantrage Schluss der Debatte.",
        "Frau Präsidentin! Meine Damen und Herren!",
        "Sehr geehrte Damen und Herren, wir beginnen.",
        "Die Frau Bürgermeisterin ergreift das Wort.",
        "Ein Herr aus dem Publikum meldet sich.",
        "Eine Dame fragt nach den Bänken.",
        "Der Leiter des Bauamtes führt aus, dass Personal fehle.",
        "Die Leiterin Jugendamt berichtet.",
        _open("'von' and a place behind an office is taken for a name", "Der Bürgermeister von Neudorf dankt."),
        _open(
            "a place in the genitive behind an office is taken for a name",
            "Der Bürgermeister Neudorfs dankt.",
        ),
        _open("a noun behind a plural office is taken for a name", "Man wolle den Mitarbeitern Danke sagen."),
        "Feuerwehr Neudorf teilt mit, dass geübt werde.",
        _open("a body with its place is taken for a person", "Im Stadtrat Neudorf fragt niemand."),
        # words that only look like an honorific, title or office
        "Die Frauen im Rat fordern mehr Sitze.",
        "Der Rat der Stadt berät.",
        "Die Frau, die am Eingang stand, ging.",
        "Man wolle Herr des Verfahrens bleiben.",
        "Am Rathaus fehle ein Aufzug.",
        "AM 3. MAI TAGT DER RAT.",
        "Die Mitglieder stimmen zu.",
        "Das Frauenhaus braucht Geld.",
        "Die Ratssitzung beginnt.",
        "Der Landrat hat Urlaub.",
        "Bürgermeister und Rat danken allen.",
        "Alle Stadträte stimmen zu.",
        "Der Ausschuss empfiehlt dem Rat die Annahme.",
        "Die Herrenhäuser Gärten werden saniert.",
    ],
)
def test_no_person_is_named(sentence: str) -> None:
    assert _names(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("Landrat Dr. Schulte Osthoff dankt.", "Landrat Dr. Schulte Osthoff"),
        ("Danach fragt Frau Stadträtin Kaya (SPD) nach.", "Frau Stadträtin Kaya"),
        ("Die Ktabg. Struve fragt nach.", "Ktabg. Struve"),
        ("Herr A. meldet sich.", "Herr A."),
        ("Frau Dr. Ulrike Lüders führt aus, dass dies teuer sei.", "Frau Dr. Ulrike Lüders"),
        ("Herr Zoch (Tiefbauamt) antwortet.", "Herr Zoch"),
        ("Erster Stadtrat Vollmer vertritt den Bürgermeister.", "Erster Stadtrat Vollmer"),
        ("1. Vzbgm. Moosbrugger übernimmt.", "1. Vzbgm. Moosbrugger"),
        ("Der stellv. Vorsitzende Ihle eröffnet.", "stellv. Vorsitzende Ihle"),
        ("AL 61 Zoch zeigt den Plan.", "AL 61 Zoch"),
        ("Bürgermeister a. D. Herold wird geehrt.", "Bürgermeister a. D. Herold"),
        ("Stellvertretende Landrätin Frau Kolbe leitet.", "Stellvertretende Landrätin Frau Kolbe"),
    ],
)
def test_the_shortest_text_that_names_somebody(sentence: str, mention: str) -> None:
    assert [sentence[m.start : m.end] for m in _persons(sentence)] == [mention]


@pytest.mark.parametrize(
    ("sentence", "mention", "given", "title", "honorific", "gender"),
    [
        ("Frau Dr. Ulrike Lüders führt aus.", "Frau Dr. Ulrike Lüders", "Ulrike", "Dr.", "Frau", "f"),
        ("Herr Prof. Dr. Frey trägt vor.", "Herr Prof. Dr. Frey", None, "Prof. Dr.", "Herr", "m"),
        ("Heike Jessen informiert alle.", "Heike Jessen", "Heike", None, None, "f"),
        ("Stadträtin Kaya fragt.", "Stadträtin Kaya", None, None, None, "f"),
        ("Ratsherr Gerdes fragt.", "Ratsherr Gerdes", None, None, None, "m"),
        pytest.param(
            "Hr. Noack fragt.",
            "Hr. Noack",
            None,
            None,
            "Hr.",
            "m",
        ),
        ("Ratsmitglied Heike Jessen fragt.", "Ratsmitglied Heike Jessen", "Heike", None, None, "f"),
        ("Bgm. Mag. Josef Achleitner eröffnet.", "Bgm. Mag. Josef Achleitner", "Josef", "Mag.", None, "m"),
        ("Vzbgm.in Hämmerle übernimmt.", "Vzbgm.in Hämmerle", None, None, None, "f"),
        ("BzStR'in Yıldırım antwortet.", "BzStR'in Yıldırım", None, None, None, "f"),
    ],
)
def test_the_parts_of_a_mention(
    sentence: str,
    mention: str,
    given: str | None,
    title: str | None,
    honorific: str | None,
    gender: str | None,
) -> None:
    m = _mention(sentence, mention)
    assert (m.given_name, m.title, m.gender) == (given, title, gender)
    assert (m.honorific or "").rstrip(".") == (honorific or "").rstrip(".")


@pytest.mark.parametrize(
    ("sentence", "mention", "kind"),
    [
        ("Der Vorsitzende schließt die Sitzung.", "Der Vorsitzende", "office"),
        ("Danach ergreift die Bürgermeisterin das Wort.", "die Bürgermeisterin", "office"),
        ("Der Stadtbaurat erläutert den Plan.", "Der Stadtbaurat", "office"),
        (
            "Die Gleichstellungsbeauftragte regt einen Rundgang an.",
            "Die Gleichstellungsbeauftragte",
            "office",
        ),
        ("Die Schriftführerin verliest die Niederschrift.", "Die Schriftführerin", "office"),
        ("Der Kassenwart berichtet über die Beiträge.", "Der Kassenwart", "office"),
        ("Vorsitzender eröffnet um 19 Uhr.", "Vorsitzender", "office"),
        ("Ein Mitarbeiter des Bauhofs teilt mit, dass gestreut werde.", "Ein Mitarbeiter", "office"),
        ("Die Verwaltung sagt eine Prüfung zu.", "Die Verwaltung", "group"),
        ("Die SPD-Fraktion beantragt Vertagung.", "Die SPD-Fraktion", "group"),
        ("Der Beirat fragt sich, wer zahlt.", "Der Beirat", "group"),
        _open(
            "groups of two words are never looked up",
            "Die Freiwillige Feuerwehr übt freitags.",
            "Die Freiwillige Feuerwehr",
            "group",
        ),
        pytest.param(
            "Die SPD fragt, ob das Geld reicht.",
            "Die SPD",
            "group",
        ),
        pytest.param(
            "Die Grünen fordern mehr Bäume.",
            "Die Grünen",
            "group",
        ),
        pytest.param("Die FPÖ lehnt dies ab.", "Die FPÖ", "group"),
        ("Das Ordnungsamt erklärt, man kontrolliere.", "Das Ordnungsamt", "group"),
        (
            "Die Bezirkshauptmannschaft teilte mit, dass die Frist laufe.",
            "Die Bezirkshauptmannschaft",
            "group",
        ),
        ("Eine Anwohnerin fragt nach dem Lärm.", "Eine Anwohnerin", "citizen"),
        ("Ein weiterer Einwohner erkundigt sich nach dem Bus.", "Ein weiterer Einwohner", "citizen"),
        ("Ein Bürger möchte wissen, wer hafte.", "Ein Bürger", "citizen"),
        ("Mehrere Zuhörer klatschen.", "Mehrere Zuhörer", "citizen"),
        ("Eine ältere Dame bittet um Auskunft.", "Eine ältere Dame", "citizen"),
        ("Eine Schülerin fragt nach dem Schulhof.", "Eine Schülerin", "citizen"),
    ],
)
def test_offices_groups_and_citizens(sentence: str, mention: str, kind: str) -> None:
    m = _mention(sentence, mention)
    assert m.kind == kind
    assert m.name is None


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("Man bittet Herrn Dräger um Auskunft.", "Herrn Dräger"),
        ("Er dankt dem Bürgermeister.", "dem Bürgermeister"),
        ("Sie widerspricht der Landrätin.", "der Landrätin"),
        ("Die Frage des Vorsitzenden bleibt offen.", "des Vorsitzenden"),
        ("Sie dankt der Verwaltung.", "der Verwaltung"),
        ("Das kommt von Frau Ihle.", "Frau Ihle"),
        ("Mit Stadtrat Mönch wurde gesprochen.", "Stadtrat Mönch"),
        ("Er fragt den Kämmerer Zoch nach den Kosten.", "Kämmerer Zoch"),
        ("Seitens der CDU-Fraktion wird widersprochen.", "der CDU-Fraktion"),
        ("Er bittet Hrn. Noack nach vorn.", "Hrn. Noack"),
        ("Man folgt dem Antrag des Ratsherrn Gerdes.", "Ratsherrn Gerdes"),
        ("Er übergibt an Vzbgm. Moosbrugger.", "Vzbgm. Moosbrugger"),
        ("Das Wort geht an einen Anwohner.", "einen Anwohner"),
    ],
)
def test_other_cases_are_no_subject(sentence: str, mention: str) -> None:
    assert _mention(sentence, mention).nominative is False


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("Herr Dräger fragt.", "Herr Dräger"),
        ("Frau Ihle fragt.", "Frau Ihle"),
        ("Der Bürgermeister dankt.", "Der Bürgermeister"),
        ("Die Verwaltung dankt.", "Die Verwaltung"),
        ("Ein Anwohner fragt.", "Ein Anwohner"),
        ("Dann fragt Stadtrat Mönch.", "Stadtrat Mönch"),
        ("Der Ratsherr Gerdes fragt.", "Ratsherr Gerdes"),
        ("Der Vorsitzende Ihle dankt.", "Vorsitzende Ihle"),
    ],
)
def test_a_nominative_can_be_the_subject(sentence: str, mention: str) -> None:
    assert _mention(sentence, mention).nominative is not False


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Frau Tiedemann berichtet.\nTiedemann ergänzt, dass es regnet.", ["Tiedemann", "Tiedemann"]),
        ("Stadtrat Mönch (SPD) fragt.\nMönch (SPD) hakt nach.", ["Mönch", "Mönch"]),
        ("Frau Mai fragt.\nDer Mai war warm.", ["Mai"]),
        _open(
            "a participle behind a known name counts as a finite verb",
            "Herr Kurz fragt.\nKurz gesagt, es fehlt Geld.",
            ["Kurz"],
        ),
        _open(
            "'und' behind a known name is enough",
            "Herr Klein fragt.\nKlein und fein sei der Platz.",
            ["Klein"],
        ),
        _open(
            "'und' behind a known name is enough",
            "Frau Wiese fragt.\nWiese und Wald gehören der Stadt.",
            ["Wiese"],
        ),
        ("Herr Stadler fragt.\nDie Stadt baut. Stadler dankt.", ["Stadler", "Stadler"]),
        _open(
            "a bare family name of two words is looked up by its first word only",
            "Landrätin Schulte Osthoff dankt.\nSchulte Osthoff ergänzt, man warte.",
            ["Schulte Osthoff", "Schulte Osthoff"],
        ),
    ],
)
def test_a_name_is_known_in_the_whole_document(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_seeds_make_a_bare_name_known() -> None:
    text = "Rautenberg bittet um Auskunft."
    assert _names(text) == []
    assert [m.name for m in find_mentions(text, ["Rautenberg"])] == ["Rautenberg"]


_WORDS = (
    "Frau", "Herr", "Herrn", "A.", "von", "der", "Stadtrat", "Bgm.", "Dr.", "Petersen", "fragt", ",", "und",
    "(SPD)", "Die", "Verwaltung", "Ein", "Bürger", "AL", "61", ":", "1.", "Mai", "\n", "stellv.",
    "Vorsitzende", "Heike", "–", "’", "'in",
)  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=20).map(" ".join))
def test_mentions_are_in_order_and_inside_their_lines(text: str) -> None:
    pos = 0
    for m in find_mentions(text):
        assert pos <= m.start < m.end <= m.outer_end <= len(text)
        assert "\n" not in text[m.start : m.end]
        assert text[m.start : m.end].strip() == text[m.start : m.end]
        assert all(m.start <= a < b <= m.end for a, b in m.offices)
        pos = m.end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- AM Bartosz will wissen, was das kostet.", ["Bartosz"]),
        ("Frau Lux kommt am Dienstag.", ["Lux"]),
        ("Herr Prof. Dr. Hermann von der Universität Mittelberg stellt vor.", ["Hermann"]),
        ("Herr Ludwig von der CDU fragt nach.", ["Ludwig"]),
        ("Frau von der Heide fragt nach.", ["von der Heide"]),
        ("Die Firma Bastian Feuerwehrtechnik GmbH liefert.", []),
    ],
)
def test_houses_and_abbreviations_are_no_names(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_mentions(text) if mention.name] == names


def test_adverbs_in_samt_are_no_department() -> None:
    heads = [
        mention.head for mention in find_mentions("Insgesamt bewertet sie das gut. Allesamt nicken. Das Bauamt nickt.")
    ]
    assert heads == ["Bauamt"]


def test_a_numbered_office_is_its_bearer() -> None:
    minutes = extract(
        "Verw.: AL 61 (Frau Lux), AL 66 (Herr Roth)\n\nFrau Maul fragt nach.\n\nAL 66 berichtet vom Bau.\n"
    )
    assert [minutes.person(p).name for p in minutes.turns[-1].speakers] == ["Roth"]


@pytest.mark.parametrize(
    ("text", "name", "given"),
    [
        ("Gv Egle Kurt ist da.\n\nGv Egle fragt nach dem Bad.", "Egle", "Kurt"),
        ("Gv Anna Kurt ist da.\n\nGv Kurt fragt nach dem Bad.", "Kurt", "Anna"),
    ],
)
def test_family_names_that_stand_first(text: str, name: str, given: str) -> None:
    first = find_mentions(text)[0]
    assert (first.name, first.given_name) == (name, given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frau Bürgermeisterin, wann kommt das Bad?", ["Frau Bürgermeisterin"]),
        ("Das sei, so Frau Gemeindeammann, zu teuer.", ["Frau Gemeindeammann"]),
        ("Frau Bürgermeisterin Lux fragt.", ["Frau Bürgermeisterin Lux"]),
        ("Herr Kopp fragt M. Zehrer, wann es komme.", ["Herr Kopp"]),
        ("Herr Zehrer ist da. Herr Kopp fragt M. Zehrer, wann es komme.", ["Herr Zehrer", "Herr Kopp", "M. Zehrer"]),
    ],
)
def test_offices_as_address_and_initials(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_mentions(text)] == expected
