"use strict";
// Records lie in <noscript>, which a browser with scripts on keeps as plain text: it makes elements of them only when they
// are looked at, and searches them as text. Nothing here reaches the network.
(() => {
  const letters = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h" };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[łøđðþßæœıħ]/g, (c) => letters[c]);
  const marks = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  const words = (html) => html.replace(/<dt>[^<]*|<p class="why">.*?<\/p>/gs, " ").replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => marks[name]);
  const count = (n) => n.toLocaleString("en-GB");
  const records = (n) => (n === 1 ? "1 record" : count(n) + " records");
  const form = document.getElementById("search");
  const [query, place, cut, said, found, all] = ["query", "place", "cut", "said", "found", "all"].map((id) => document.getElementById(id));

  const chunks = [...document.querySelectorAll(".chunk")].map((element) => {
    const html = element.querySelector("noscript").textContent;
    const [from, to] = [Number(element.dataset.from), Number(element.dataset.to)];
    return { element, html, from, to, collection: element.dataset.collection, folded: null, open: false };
  });
  const total = chunks.reduce((sum, chunk) => sum + chunk.to - chunk.from + 1, 0);
  const split = (chunk) => chunk.html.split(/(?=<article>)/).filter((one) => one.startsWith("<article>"));

  const lead = (heading) => {
    heading.tabIndex = -1;
    heading.focus();
  };
  // Who stands on the button of a chunk, or presses it, is led to its first record: the button goes as the chunk is drawn.
  const open = (chunk) => {
    if (chunk.open) return;
    chunk.open = true;
    near.unobserve(chunk.element);
    const held = chunk.element.contains(document.activeElement);
    chunk.element.classList.remove("waits");
    chunk.element.innerHTML = chunk.html;
    if (held) lead(chunk.element.querySelector("h4"));
  };
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) if (isIntersecting) open(chunks[Number(target.dataset.at)]);
  }, { rootMargin: "1500px" });
  chunks.forEach((chunk, at) => {
    if (total <= 1000) return open(chunk);
    chunk.element.dataset.at = at;
    chunk.element.classList.add("waits");
    const button = document.createElement("button");
    button.textContent = `Show records ${count(chunk.from)} to ${count(chunk.to)}`;
    button.addEventListener("click", () => {
      button.focus();
      open(chunk);
    });
    chunk.element.append(button);
    near.observe(chunk.element);
  });
  addEventListener("beforeprint", () => { if (total <= 10000) chunks.forEach(open); });

  const PAGE = 50;
  let run = 0;
  const pause = () => new Promise((go) => setTimeout(go));
  const search = async () => {
    const mine = ++run;
    const wanted = fold(query.value).split(/\s+/).filter(Boolean);
    if (wanted.length === 0 && !place.value && !cut.checked) {
      found.hidden = true;
      found.replaceChildren();
      all.hidden = false;
      said.textContent = "";
      return;
    }
    const hits = [];
    let began = performance.now();
    for (const chunk of chunks) {
      if (place.value && chunk.collection !== place.value) continue;
      if (performance.now() - began > 40) {
        said.textContent = "Searching…";
        await pause();
        if (mine !== run) return;
        began = performance.now();
      }
      chunk.folded ??= fold(words(chunk.html));
      if (!wanted.every((word) => chunk.folded.includes(word))) continue;
      if (cut.checked && !chunk.html.includes('class="cut"')) continue;
      for (const one of split(chunk)) {
        if (cut.checked && !one.includes('class="cut"')) continue;
        if (wanted.length) {
          const text = fold(words(one));
          if (!wanted.every((word) => text.includes(word))) continue;
        }
        hits.push([chunk.collection, one]);
      }
    }
    all.hidden = true;
    found.hidden = false;
    found.replaceChildren();
    said.textContent = hits.length ? `${records(hits.length)} found, of ${count(total)}.` : `No record found, of ${count(total)}.`;
    const heading = document.createElement("h2");
    heading.textContent = "Records found";
    found.append(heading);
    let shown = 0, last = null;
    const more = document.createElement("button");
    const show = () => {
      const part = document.createElement("template");
      let html = "";
      for (const [collection, one] of hits.slice(shown, shown + PAGE)) {
        if (collection !== last) {
          const title = document.createElement("h3");
          title.textContent = document.getElementById("c" + collection).textContent;
          html += title.outerHTML;
          last = collection;
        }
        html += one;
      }
      part.innerHTML = html;
      const first = part.content.querySelector("article h4");
      more.before(part.content);
      const again = shown > 0;
      shown += PAGE;
      more.hidden = shown >= hits.length;
      more.textContent = `Show ${count(Math.min(PAGE, hits.length - shown))} more`;
      if (again && first) lead(first);
    };
    more.addEventListener("click", show);
    found.append(more);
    if (hits.length) show(); else more.hidden = true;
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 200); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); search(); });
  form.addEventListener("reset", () => setTimeout(search));
  form.hidden = false;
})();
