-- Knappe Abstimmungen
-- Beschlüsse, bei denen Ja und Nein höchstens so viele Stimmen auseinander lagen (2, wenn nichts angegeben ist), die
-- knappsten zuerst; höchstens 500.
SELECT
    abs(decision.yes - decision.no) AS Abstand,
    meeting.date AS Datum,
    meeting.body AS Gremium,
    decision.record AS Sitzung,
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    decision.outcome AS Ergebnis,
    decision.yes AS Ja,
    decision.no AS Nein,
    decision.abstain AS Enthaltungen,
    decision.wording AS Wortlaut
FROM decision
JOIN present ON present.record = decision.record
JOIN meeting ON meeting.record = decision.record
LEFT JOIN agenda ON agenda.record = decision.record AND agenda.id = decision.agenda_item
WHERE decision.yes + decision.no > 0
    AND abs(decision.yes - decision.no) <= CAST(coalesce(nullif(:abstand, ''), '2') AS INTEGER)
    AND (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
    AND (:von = '' OR meeting.date >= :von)
    AND (:bis = '' OR meeting.date <= :bis || '~')
ORDER BY Abstand, Datum DESC, Sitzung, decision.turn
LIMIT 500
