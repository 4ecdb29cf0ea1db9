// Search: what does not match is put away. Everything is there without this.
"use strict";

const searching = document.getElementById("searching");
const box = document.getElementById("search");
const found = document.getElementById("found");
const entries = [...document.querySelectorAll("details.entry")].map((entry) => ({
  entry,
  text: entry.textContent.toLowerCase(),
}));
const groups = [...document.querySelectorAll("section")].filter((group) =>
  group.querySelector("details.entry"),
);

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { entry, text } of entries) {
    entry.hidden = !words.every((word) => text.includes(word));
    shown += entry.hidden ? 0 : 1;
  }
  for (const group of groups) {
    group.hidden = ![...group.querySelectorAll("details.entry")].some((entry) => !entry.hidden);
  }
  found.textContent = words.length ? `${shown} found` : "";
}

function open() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    box.value = "";
    search();
    named.open = true;
    named.scrollIntoView();
  }
}

box.addEventListener("input", search);
addEventListener("hashchange", open);
searching.hidden = false;
open();
