/**
 * Writing XML 1.0. Characters the standard forbids (section 2.2) are made visible; those a parser
 * would normalise away in an attribute (section 3.3.3) or at a line end (2.11) are referenced.
 */
import { visible } from "../text/visible.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name a="1">content</name>`; the contents are XML already. */
export function element(name: string, values: Attributes, ...contents: readonly string[]): string {
  const content = contents.join("");
  const open = `<${name}${attributes(values)}`;
  return content === "" ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** ` a="1" b="2"`, leaving out what is undefined. */
export function attributes(values: Attributes): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${quoted(String(value))}"`))
    .join("");
}

export function text(value: string): string {
  return visible(value).replace(/[&<>]/g, (character) => REFERENCES[character] ?? character);
}

function quoted(value: string): string {
  return visible(value).replace(/[&<>"\n\t]/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};
