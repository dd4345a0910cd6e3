-- Fragen einer Person und die Antworten
-- Jede Frage mit allen Antworten darauf, eine Zeile je Antwort; ohne Namen die Fragen aller. Leer ist die Antwort, wo im
-- Protokoll keine steht. Höchstens 500 Zeilen.
WITH chosen AS (
    SELECT turn.key, answer.key AS answer, meeting.date, meeting.body
    FROM turn
    JOIN present ON present.record = turn.record
    JOIN meeting ON meeting.record = turn.record
    LEFT JOIN link ON link.record = turn.record AND link.target = turn.id AND link.kind = 'replies_to'
    LEFT JOIN turn AS answer ON answer.record = link.record AND answer.id = link.turn
    WHERE turn.label = 'question'
        AND (:person = '' OR instr(folded(turn.speakers), folded(:person)) > 0)
        AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
        AND (:von = '' OR meeting.date >= :von)
        AND (:bis = '' OR meeting.date <= :bis || '~')
    ORDER BY meeting.date DESC, turn.key, answer.key
    LIMIT 500
)
SELECT
    chosen.date AS Datum,
    chosen.body AS Gremium,
    turn.record AS Sitzung,
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    turn.speakers AS Fragende,
    turn.text AS Frage,
    answer.speakers AS Antwortende,
    answer.text AS Antwort,
    answer.status AS Stand
FROM chosen
JOIN turn ON turn.key = chosen.key
LEFT JOIN turn AS answer ON answer.key = chosen.answer
LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item
ORDER BY chosen.date DESC, turn.key, answer.key
