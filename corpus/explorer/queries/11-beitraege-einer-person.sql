-- Beiträge einer Person
-- Alles, was eine Person laut Protokoll gesagt hat, die neuesten Sitzungen zuerst; höchstens 500 Beiträge.
WITH chosen AS (
    SELECT turn.key, meeting.date, meeting.body
    FROM turn
    JOIN present ON present.record = turn.record
    JOIN meeting ON meeting.record = turn.record
    WHERE :person <> '' AND instr(folded(turn.speakers), folded(:person)) > 0
        AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
        AND (:von = '' OR meeting.date >= :von)
        AND (:bis = '' OR meeting.date <= :bis || '~')
    ORDER BY meeting.date DESC, turn.key
    LIMIT 500
)
SELECT
    chosen.date AS Datum,
    chosen.body AS Gremium,
    turn.record AS Sitzung,
    turn.id AS Beitrag,
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    turn.label AS Art,
    turn.speakers AS Sprecher,
    turn.addressees AS an,
    turn.text AS Text
FROM chosen
JOIN turn ON turn.key = chosen.key
LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item
ORDER BY chosen.date DESC, turn.key
