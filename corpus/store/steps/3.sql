-- What the explorer asks for: questions and their answers without reading all texts, who speaks how often without counting
-- all turns, and views that lead to the sitting.

CREATE INDEX link_target ON link (record, target, kind);
CREATE INDEX turn_question ON turn (record, id) WHERE label = 'question';

CREATE TABLE speaker (                 -- who speaks how often in a record; the triggers below keep it
    record      INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    person      TEXT NOT NULL,
    turns       INTEGER NOT NULL,
    questions   INTEGER NOT NULL,
    answers     INTEGER NOT NULL,
    characters  INTEGER NOT NULL,      -- of these turns, in the text of the record
    PRIMARY KEY (record, person)
) WITHOUT ROWID;
INSERT INTO speaker
    SELECT turn_person.record, turn_person.person, count(*), sum(turn.label IS 'question'), sum(turn.label IS 'answer'),
           sum(turn."end" - turn.start)
    FROM turn_person JOIN turn ON turn.record = turn_person.record AND turn.id = turn_person.turn
    WHERE turn_person.part = 'speaker'
    GROUP BY turn_person.record, turn_person.person;
CREATE TRIGGER speaker_added AFTER INSERT ON turn_person WHEN new.part = 'speaker' BEGIN
    INSERT INTO speaker
        SELECT new.record, new.person, 1, label IS 'question', label IS 'answer', "end" - start
        FROM turn WHERE record = new.record AND id = new.turn
        ON CONFLICT DO UPDATE SET
            turns = turns + 1,
            questions = questions + excluded.questions,
            answers = answers + excluded.answers,
            characters = characters + excluded.characters;
END;

DROP VIEW speech;
CREATE VIEW speech AS
    SELECT turn.record, present.path, meeting.body, meeting.date, agenda.number, agenda.title, turn.id AS turn, turn.label,
           turn.speakers, turn.parties, turn.addressees, turn.text, turn.key
    FROM turn
    JOIN present USING (record)
    JOIN meeting USING (record)
    LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item;

CREATE VIEW resolution AS
    SELECT decision.record, present.path, meeting.body, meeting.date, agenda.number, agenda.title, agenda.paper,
           decision.turn, decision.outcome, decision.yes, decision.no, decision.abstain, decision.unanimous, decision.wording
    FROM decision
    JOIN present USING (record)
    JOIN meeting USING (record)
    LEFT JOIN agenda ON agenda.record = decision.record AND agenda.id = decision.agenda_item;
