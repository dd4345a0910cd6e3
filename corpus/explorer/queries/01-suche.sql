-- Suche in allen Beiträgen
-- Beiträge, in denen die Wörter vorkommen; die besten 200 zuerst. Mehrere Wörter müssen alle vorkommen. Möglich sind auch
-- „Wendungen“ in geraden Anführungszeichen, Wortanfänge (Weg*), AND, OR, NOT und Klammern. Gefundenes steht in [Klammern].
SELECT
    meeting.date AS Datum,
    meeting.body AS Gremium,
    turn.record AS Sitzung,
    turn.id AS Beitrag,
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    turn.label AS Art,
    turn.speakers AS Sprecher,
    snippet(turn_search, 0, '[', ']', '…', 40) AS Fundstelle
FROM turn_search
JOIN turn ON turn.key = turn_search.rowid
JOIN present ON present.record = turn.record
JOIN meeting ON meeting.record = turn.record
LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item
WHERE turn_search MATCH search_expression(:suche)
    AND (:person = '' OR instr(folded(turn.speakers), folded(:person)) > 0)
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
ORDER BY rank, turn.key
LIMIT 200
