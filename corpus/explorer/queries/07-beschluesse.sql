-- Beschlüsse nach Ergebnis, Gremium und Jahr
-- Wie viele Beschlüsse mit welchem Ergebnis gefasst wurden. „Einstimmig“ zählt, wo der Text es sagt; „mit Gegenstimmen“, wo
-- er Nein-Stimmen nennt.
SELECT
    meeting.body AS Gremium,
    substr(meeting.date, 1, 4) AS Jahr,
    decision.outcome AS Ergebnis,
    count(*) AS Beschlüsse,
    sum(decision.unanimous IS 1) AS einstimmig,
    sum(coalesce(decision.no, 0) > 0) AS "mit Gegenstimmen"
FROM decision
JOIN present ON present.record = decision.record
JOIN meeting ON meeting.record = decision.record
WHERE (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
GROUP BY meeting.body, Jahr, decision.outcome
ORDER BY Gremium, Jahr DESC, Beschlüsse DESC, Ergebnis
