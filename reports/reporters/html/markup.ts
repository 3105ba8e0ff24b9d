/**
 * HTML text that cannot be broken out of: whatever is put into a template is escaped, unless it is
 * markup itself. There is no other way to make markup than this tag.
 */
import { visible } from "../../text/visible.ts";

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | undefined | readonly Content[];

/**
 * @example html`<td>${cell}</td>`.text
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const rest = values.map((value, i) => `${print(value)}${parts[i + 1] ?? ""}`);
  return new Markup(`${parts[0] ?? ""}${rest.join("")}`);
}

function print(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(print).join("");
  return escapeHtml(String(value));
}

/** Safe between tags and within quoted attributes. */
export function escapeHtml(value: string): string {
  return visible(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
