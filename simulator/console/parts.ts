/** What the sections of the lab's web page are put together from. */
import { CONTROL_BASE, type OperationId, operationOf } from "../lab/control/operations.ts";
import { type Html, html } from "../platform/html.ts";

export interface Heading {
  readonly ja: string;
  readonly en: string;
}

export function section({ ja, en }: Heading, ...content: readonly Html[]): Html {
  return html`<section><h2>${ja} <small lang="en">${en}</small></h2>${content}</section>`;
}

export function table(head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="scroll"><table>
<thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}

export function badge(kind: "good" | "bad" | "plain", text: string): Html {
  return html`<span class="badge ${kind}">${text}</span>`;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function select(name: string, choices: readonly Choice[], label: string): Html {
  const options = choices.map(
    ({ value, label: text }) => html`<option value="${value}">${text}</option>`,
  );
  return html`<select name="${name}" aria-label="${label}">${options}</select>`;
}

/**
 * A form that calls an operation of the control API; the page's script sends it.
 *
 * @param fixed fields the person does not choose
 */
export function operate(
  id: OperationId,
  label: string,
  fixed: Readonly<Record<string, unknown>> = {},
  ...controls: readonly Html[]
): Html {
  const { method, path, en } = operationOf(id);
  return html`<form data-method="${method}" data-path="${CONTROL_BASE}${path}" data-fields="${JSON.stringify(fixed)}">
${controls}<button title="${en}">${label}</button></form>`;
}

/** `2026-08-07 10:00:00`, as clocks in Japan show it. */
export function japanTime(moment: Date): string {
  return new Date(moment.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
