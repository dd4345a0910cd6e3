-- Sitzungen
-- Die Sitzungen, die neuesten zuerst (höchstens 1000), mit Zahl der Beiträge, Fragen und Beschlüsse.
SELECT
    meeting.date AS Datum,
    meeting.body AS Gremium,
    meeting.number AS Nr,
    meeting.record AS Sitzung,
    meeting.start_time AS Beginn,
    meeting.end_time AS Ende,
    meeting.place AS Ort,
    (SELECT count(*) FROM turn WHERE turn.record = meeting.record) AS Beiträge,
    (SELECT count(*) FROM turn WHERE turn.record = meeting.record AND turn.label = 'question') AS Fragen,
    (SELECT count(*) FROM decision WHERE decision.record = meeting.record) AS Beschlüsse,
    present.path AS Dokument
FROM meeting
JOIN present ON present.record = meeting.record
WHERE (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
ORDER BY Datum DESC, Gremium, Dokument
LIMIT 1000
