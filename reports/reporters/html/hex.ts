/** Bytes for people: in pairs, and folded when there are too many to read. */
import { html, type Markup } from "./markup.ts";

/** More bytes than these are folded. */
const READABLE = 64;
const SHOWN_FOLDED = 16;

/** `00200080 04 ‹PIN›` to `00 20 00 80 04 ‹PIN›`; what is not whole bytes stays as it is. */
export function spaced(hex: string): string {
  return hex.replace(/(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2})+(?![0-9A-Za-z])/g, (run) =>
    (run.match(/../g) ?? []).join(" "),
  );
}

export function bytes(hex: string): Markup {
  const text = spaced(hex);
  const all = text.split(" ");
  if (all.length <= READABLE) return html`<code>${text}</code>`;
  const start = all.slice(0, SHOWN_FOLDED).join(" ");
  return html`<details class="long"><summary><code>${start} …</code> (${all.length} bytes)</summary><code>${text}</code></details>`;
}
