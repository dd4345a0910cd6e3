-- Anwesenheit
-- Wie oft jede Person laut den Anwesenheitslisten da war, je Gremium. Der Anteil ist der Sitzungen, in deren Liste die
-- Person steht.
SELECT
    person.name AS Person,
    meeting.body AS Gremium,
    count(*) AS Sitzungen,
    sum(attendance.status = 'present') AS anwesend,
    sum(attendance.status = 'excused') AS entschuldigt,
    sum(attendance.status = 'absent') AS abwesend,
    round(100.0 * sum(attendance.status = 'present') / count(*), 1) AS "Anteil (%)"
FROM attendance
JOIN person ON person.record = attendance.record AND person.id = attendance.person
JOIN present ON present.record = attendance.record
JOIN meeting ON meeting.record = attendance.record
WHERE (:person = '' OR instr(folded(person.name), folded(:person)) > 0)
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
GROUP BY person.name, meeting.body
ORDER BY Gremium, Person
