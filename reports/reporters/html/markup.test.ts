import { expect, it } from "vitest";
import { escapeHtml, html } from "./markup.ts";

it("escapes whatever is put in", () => {
  const value = `<b a="x" c='y'>&amp;</b>`;

  expect(html`<p title="${value}">${value}</p>`.text).toBe(
    '<p title="&#60;b a=&#34;x&#34; c=&#39;y&#39;&#62;&#38;amp;&#60;/b&#62;">&#60;b a=&#34;x&#34; c=&#39;y&#39;&#62;&#38;amp;&#60;/b&#62;</p>',
  );
});

it("takes markup, lists, figures and nothing as they are", () => {
  const items = ["a", "<"].map((item) => html`<li>${item}</li>`);

  expect(html`<ul>${items}</ul>${0}${undefined}`.text).toBe("<ul><li>a</li><li>&#60;</li></ul>0");
});

it("shows control characters", () => {
  expect(escapeHtml("\u0000\u001b\u202e")).toBe("␀␛‹U+202E›");
});
