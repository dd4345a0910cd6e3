-- Offene Fragen
-- Fragen, auf die im Protokoll keine Antwort steht, die neuesten zuerst. Fragen, deren Antwort nur zugesagt wurde, sind
-- dabei; bei ihnen steht in der Spalte „zugesagt“, von wem. Höchstens 500.
WITH chosen AS (
    SELECT turn.key, meeting.date, meeting.body
    FROM turn
    JOIN present ON present.record = turn.record
    JOIN meeting ON meeting.record = turn.record
    WHERE turn.label = 'question'
        AND NOT EXISTS (
            SELECT 1 FROM link JOIN turn AS answer ON answer.record = link.record AND answer.id = link.turn
            WHERE link.record = turn.record AND link.target = turn.id AND link.kind = 'replies_to'
                AND answer.status IS NULL
        )
        AND (:person = '' OR instr(folded(turn.speakers), folded(:person)) > 0)
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
    turn.speakers AS Fragende,
    turn.addressees AS Gefragte,
    turn.text AS Frage,
    (
        SELECT coalesce(nullif(group_concat(answer.speakers, '; '), ''), 'ja')
        FROM link JOIN turn AS answer ON answer.record = link.record AND answer.id = link.turn
        WHERE link.record = turn.record AND link.target = turn.id AND link.kind = 'replies_to'
        HAVING count(*) > 0
    ) AS zugesagt
FROM chosen
JOIN turn ON turn.key = chosen.key
LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item
ORDER BY chosen.date DESC, turn.key
