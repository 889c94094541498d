// A run's page follows the run: asks every two seconds whether something has changed and puts what comes in place of what is there. Without this script the page is the same and stays as it was.
"use strict";
(() => {
  const pause = 2000;
  let box = document.getElementById("live");

  // What a reader has opened stays open, and what was scrolled stays where it was.
  const replace = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html").getElementById("live");
    if (!next) return;
    const open = new Set([...box.querySelectorAll("details[open]")].map((item) => item.dataset.key));
    const places = [...box.querySelectorAll(".scroll")].map((item) => [item.scrollLeft, item.scrollTop]);
    for (const item of next.querySelectorAll("details")) item.open = open.has(item.dataset.key);
    box.replaceWith(next);
    box = next;
    box.querySelectorAll(".scroll").forEach((item, index) => {
      if (places[index]) [item.scrollLeft, item.scrollTop] = places[index];
    });
  };

  const look = async () => {
    if (!box || box.dataset.final === "1") return;
    let wait = pause;
    try {
      if (!document.hidden) {
        const join = box.dataset.source.includes("?") ? "&" : "?";
        const answer = await fetch(box.dataset.source + join + "after=" + encodeURIComponent(box.dataset.version), { credentials: "same-origin", redirect: "error" });
        if (answer.status === 200) replace(await answer.text());
        else if (answer.status !== 204) wait = 15000;
      }
    } catch {
      wait = 15000;
    }
    setTimeout(look, wait);
  };
  setTimeout(look, pause);
})();
