-- Eine Sitzung, Beitrag für Beitrag
-- Die Beiträge einer Sitzung in der Reihenfolge des Protokolls. Die Nummer der Sitzung steht in den anderen Abfragen in der
-- Spalte „Sitzung“; ein Klick darauf führt hierher.
SELECT
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    turn.id AS Beitrag,
    turn.label AS Art,
    turn.speakers AS Sprecher,
    turn.addressees AS an,
    turn.text AS Text,
    (
        SELECT group_concat(target, ', ') FROM link
        WHERE link.record = turn.record AND link.turn = turn.id AND link.kind = 'replies_to'
    ) AS "antwortet auf",
    decision.outcome AS Ergebnis,
    decision.yes AS Ja,
    decision.no AS Nein,
    decision.abstain AS Enthaltungen
FROM turn
LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item
LEFT JOIN decision ON decision.record = turn.record AND decision.turn = turn.id
WHERE turn.record = CAST(:sitzung AS INTEGER)
ORDER BY turn.start
