-- Verlauf einer Sache
-- Alle Tagesordnungspunkte, in denen das Suchwort fällt (im Titel oder in einem Beitrag) oder zu denen die Vorlage gehört,
-- durch alle Sitzungen, nach Datum geordnet, mit dem, was beschlossen wurde; die ersten 500.
WITH hit AS (
    SELECT turn.record, turn.agenda_item AS item
    FROM turn_search JOIN turn ON turn.key = turn_search.rowid
    WHERE turn_search MATCH search_expression(:suche)
    UNION
    SELECT record, id FROM agenda WHERE :suche <> '' AND instr(folded(title), folded(:suche)) > 0
    UNION
    SELECT record, id FROM agenda WHERE :vorlage <> '' AND instr(folded(paper), folded(:vorlage)) > 0
)
SELECT
    meeting.date AS Datum,
    meeting.body AS Gremium,
    hit.record AS Sitzung,
    ltrim(coalesce(agenda.number, '') || ' ' || coalesce(agenda.title, '')) AS TOP,
    agenda.paper AS Vorlage,
    (
        SELECT count(*) FROM turn WHERE turn.record = hit.record AND turn.agenda_item IS hit.item
    ) AS Beiträge,
    group_concat(decision.outcome, '; ') AS Ergebnis,
    group_concat(
        nullif(
            rtrim(
                coalesce(decision.yes || ' Ja, ', '') || coalesce(decision.no || ' Nein, ', '')
                || coalesce(decision.abstain || ' Enth., ', ''),
                ', '
            ),
            ''
        ),
        '; '
    ) AS Stimmen,
    group_concat(decision.wording, ' / ') AS Wortlaut
FROM hit
JOIN present ON present.record = hit.record
JOIN meeting ON meeting.record = hit.record
LEFT JOIN agenda ON agenda.record = hit.record AND agenda.id = hit.item
LEFT JOIN decision ON decision.record = hit.record AND decision.agenda_item IS hit.item
WHERE (:gremium = '' OR instr(folded(meeting.body), folded(:gremium)) > 0)
GROUP BY hit.record, hit.item
ORDER BY meeting.date, hit.record, agenda.start
LIMIT 500
