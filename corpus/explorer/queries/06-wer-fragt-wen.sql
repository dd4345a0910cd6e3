-- Wer fragt, wer antwortet
-- Wie viele Fragen einer Person von wem beantwortet wurden, die häufigsten Paare zuerst. Zugesagte Antworten zählen nicht.
SELECT
    asker.name AS Fragende,
    answerer.name AS Antwortende,
    meeting.body AS Gremium,
    count(DISTINCT link.record || ' ' || link.target) AS Fragen
FROM present
JOIN meeting ON meeting.record = present.record
CROSS JOIN link ON link.record = present.record
CROSS JOIN turn ON turn.record = link.record AND turn.id = link.turn
CROSS JOIN turn_person AS asks ON asks.record = link.record AND asks.turn = link.target AND asks.part = 'speaker'
JOIN person AS asker ON asker.record = link.record AND asker.id = asks.person
CROSS JOIN turn_person AS answers ON answers.record = link.record AND answers.turn = link.turn AND answers.part = 'speaker'
JOIN person AS answerer ON answerer.record = link.record AND answerer.id = answers.person
WHERE link.kind = 'replies_to' AND turn.status IS NULL
    AND (:person = '' OR instr(folded(asker.name), folded(:person)) > 0)
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
GROUP BY asker.name, answerer.name, meeting.body
ORDER BY Fragen DESC, Fragende, Antwortende, Gremium
