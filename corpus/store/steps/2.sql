-- Full text search over turns, and one row for each turn with all that a reader wants to see of it.

CREATE VIRTUAL TABLE turn_search USING fts5 (
    text, speakers,
    content = 'turn', content_rowid = 'key',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO turn_search (turn_search) VALUES ('rebuild');

CREATE TRIGGER turn_added AFTER INSERT ON turn BEGIN
    INSERT INTO turn_search (rowid, text, speakers) VALUES (new.key, new.text, new.speakers);
END;
CREATE TRIGGER turn_deleted AFTER DELETE ON turn BEGIN
    INSERT INTO turn_search (turn_search, rowid, text, speakers) VALUES ('delete', old.key, old.text, old.speakers);
END;

CREATE VIEW speech AS
    SELECT present.path, meeting.body, meeting.date, agenda.number, agenda.title, turn.id AS turn, turn.label,
           turn.speakers, turn.parties, turn.addressees, turn.text, turn.key
    FROM turn
    JOIN present USING (record)
    JOIN meeting USING (record)
    LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item;
