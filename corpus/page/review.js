// The review: its commands and how far it is.
(() => {
  "use strict";
  const root = document.documentElement;
  const { change, close, edit, isCorrected, isEditing, meetings, open, replace, shown, step } = protokollant;
  const panel = document.querySelector(".review");

  const progress = (meeting) => {
    const { turns } = open(meeting);
    const given = turns.map((turn) => meeting.corrections[turn.key]).filter(Boolean);
    const corrected = given.filter(isCorrected).length;
    const checked = given.filter((each) => each.right || isCorrected(each)).length;
    panel.querySelector(".progress").textContent = `${checked} von ${turns.length} geprüft, ${corrected} korrigiert`;
    panel.querySelector(".undo").disabled = !meeting.past.length;
    panel.querySelector(".redo").disabled = !meeting.future.length;
    panel.querySelector(".drop").disabled = !given.length;
  };

  const reviewing = (on) => {
    root.classList.toggle("reviewing", on);
    panel.hidden = !on;
    document.querySelector(".bar .reviewing").setAttribute("aria-pressed", String(on));
    if (on) progress(shown());
    else close();
  };

  const turnOf = (node) => open(shown()).turns.find((turn) => turn.node === node);
  const confirm = (node) => {
    const turn = turnOf(node);
    change(shown(), turn, { right: !shown().corrections[turn.key]?.right });
  };

  document.querySelector(".bar .reviewing").addEventListener("click", () => reviewing(panel.hidden));
  panel.querySelector(".undo").addEventListener("click", () => step(shown(), "past", "future"));
  panel.querySelector(".redo").addEventListener("click", () => step(shown(), "future", "past"));
  panel.querySelector(".drop").addEventListener("click", () => {
    close();
    replace(shown(), {});
  });
  addEventListener("click", (event) => {
    const button = event.target.closest?.(".tools button");
    const node = button?.closest(".turn");
    if (node && button.classList.contains("right")) confirm(node);
    else if (node) edit(shown(), turnOf(node));
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isEditing()) return close();
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea");
    if (typing || event.altKey || event.metaKey || root.dataset.keys === "off") return undefined;
    if (event.ctrlKey) return event.key === "z" && !panel.hidden ? step(shown(), "past", "future") : undefined;
    const node = shown()?.node.querySelector(".turn.current:not([hidden])");
    if (event.key === "u" && !panel.hidden) step(shown(), "past", "future");
    else if ((event.key === "b" || event.key === "r") && node) {
      event.preventDefault();
      reviewing(true);
      if (event.key === "b") edit(shown(), turnOf(node));
      else confirm(node);
    }
    return undefined;
  });
  addEventListener("beforeunload", (event) => {
    if (meetings.some((meeting) => meeting.unsaved)) event.preventDefault();
  });
  document.addEventListener("shown", () => {
    close();
    if (!panel.hidden) progress(shown());
  });

  document.addEventListener("changed", (event) => progress(event.detail));

  const begun = meetings.filter((meeting) => Object.keys(meeting.corrections).length);
  for (const meeting of begun) document.dispatchEvent(new CustomEvent("changed", { detail: meeting }));
  if (begun.length) reviewing(true);
})();
