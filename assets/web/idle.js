// Warns five minutes before what was typed is hidden, and hides it (WCAG 2.2, 2.2.1). Nothing is lost: the server keeps it.
const box = document.getElementById("rd-idle");
const stay = document.getElementById("rd-idle-stay");
if (box && stay) {
  const minute = 60_000;
  const most = Number(box.dataset.minutes) * minute;
  let since = Date.now();
  let before = null;
  const touch = () => {
    if (box.hidden) since = Date.now();
  };
  for (const name of ["keydown", "pointerdown", "scroll"]) document.addEventListener(name, touch, { passive: true });
  stay.addEventListener("click", () => {
    box.hidden = true;
    since = Date.now();
    before?.focus?.();
  });
  const look = () => {
    const idle = Date.now() - since;
    if (idle >= most) location.replace(box.dataset.away);
    else if (idle >= most - 5 * minute && box.hidden) {
      before = document.activeElement;
      box.hidden = false;
      box.focus();
    }
  };
  setInterval(look, 5_000);
  document.addEventListener("visibilitychange", look);
}
