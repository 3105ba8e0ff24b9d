import { expect, it } from "vitest";
import { attributes, element, text } from "./xml.ts";

it("escapes what would end a text", () => {
  expect(text(`a < b && "c" ]]> 'd'`)).toBe(`a &lt; b &amp;&amp; "c" ]]&gt; 'd'`);
});

it("references in attributes what a parser would normalise", () => {
  expect(attributes({ a: '"<&>"', b: "1\n2\t3", c: undefined, d: 0 })).toBe(
    ' a="&quot;&lt;&amp;&gt;&quot;" b="1&#10;2&#9;3" d="0"',
  );
});

it("shows what XML 1.0 does not allow at all", () => {
  expect(text("\u0000\u0008\u001b\ufffe\ud800\r")).toBe("␀␈␛‹U+FFFE›‹U+D800›␍");
});

it("closes an element that has no content", () => {
  expect(element("a", {})).toBe("<a/>");
  expect(element("a", { b: "1" }, "<c/>", text("&"))).toBe('<a b="1"><c/>&amp;</a>');
});
