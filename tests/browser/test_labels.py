"""The width that a label is taken to have covers what Chromium draws, so that labels laid apart stay apart."""

from flask import Flask
from playwright.sync_api import Page

from bodymap.layout import Label

MEASURE = """labels => {
  const svg = document.querySelector("svg#back .overlay"), widths = [];
  for (const [words, group, name] of labels) {
    const holder = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
    holder.setAttribute("class", group);
    const text = holder.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "text"));
    text.setAttribute("class", name);
    text.setAttribute("font-size", 20);
    text.textContent = words;
    widths.push(text.getComputedTextLength());
  }
  return widths;
}"""


def test_no_label_of_any_point_is_wider_than_it_is_taken_to_be(real_app: Flask, desktop: Page) -> None:
    atlas = real_app.extensions["atlas"]
    words = {mark.label for code in atlas.points for mark in atlas.marks(code, "female") if mark.label}
    labels = [(label, "mark", "label") for label in sorted(words)] + [
        (code, "point", "caption") for code in atlas.points
    ]
    desktop.goto("/")
    widths = desktop.evaluate(MEASURE, labels)
    wider = {
        label[0]: width for label, width in zip(labels, widths, strict=True) if width > Label(label[0], 20, ()).width
    }
    assert not wider
