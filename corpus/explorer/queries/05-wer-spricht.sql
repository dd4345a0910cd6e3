-- Wer spricht wie oft
-- Beiträge je Person und Gremium, die häufigsten zuerst. Zeichen sind die des Protokolls, nicht der Rede; ein Beitrag mit
-- zwei Sprechern zählt bei beiden. Gleiche Namen im selben Gremium sind hier eine Person.
SELECT
    person.name AS Person,
    meeting.body AS Gremium,
    group_concat(DISTINCT person.party) AS Partei,
    sum(speaker.turns) AS Beiträge,
    sum(speaker.questions) AS Fragen,
    sum(speaker.answers) AS Antworten,
    sum(speaker.characters) AS Zeichen,
    count(DISTINCT speaker.record) AS Sitzungen
FROM speaker
JOIN person ON person.record = speaker.record AND person.id = speaker.person
JOIN present ON present.record = speaker.record
JOIN meeting ON meeting.record = speaker.record
WHERE (:person = '' OR instr(folded(person.name), folded(:person)) > 0)
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
GROUP BY person.name, meeting.body
ORDER BY Beiträge DESC, Person, Gremium
