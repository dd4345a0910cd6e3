-- Anwesenheit einer Person, Sitzung für Sitzung
-- Was die Anwesenheitslisten über eine Person sagen, die neuesten Sitzungen zuerst; auch, wann sie kam und ging.
SELECT
    meeting.date AS Datum,
    meeting.body AS Gremium,
    attendance.record AS Sitzung,
    person.name AS Person,
    attendance.status AS Anwesenheit,
    attendance.capacity AS als,
    attendance.arrives AS kommt,
    attendance.leaves AS geht
FROM attendance
JOIN person ON person.record = attendance.record AND person.id = attendance.person
JOIN present ON present.record = attendance.record
JOIN meeting ON meeting.record = attendance.record
WHERE :person <> '' AND instr(folded(person.name), folded(:person)) > 0
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
ORDER BY Datum DESC, Sitzung, attendance.n
