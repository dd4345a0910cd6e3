"""An invented document, and one that attacks the page it is shown on."""

LAKE = """\
Frau Ammer fragt nach dem Radweg.
Herr Berg sagt, er komme im Mai.
Frau Cordes lobt den Plan.
Er wird beschlossen.
Die Sitzung wird geschlossen.
"""
HOSTILE = """\
<script>alert("Sitzung")</script> & <b>Herr Dorn</b> fragt nach "</script>".
</mark><img src="http://example.org/x.png" onerror="alert(1)"> antwortet Frau Ell.
"""
NAME = '"><script>alert(2)</script>'
