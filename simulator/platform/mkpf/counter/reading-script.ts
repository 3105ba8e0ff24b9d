/**
 * The script of the reading page, run by a browser: reads the card through かざし利用クライアントソフト and
 * hands in what it gave (platform-facts 1.3, 3.3). A registration begins when somebody presses the
 * button; a touch begins by itself. Nothing is tried again by itself.
 */
import { ClientSoftwareError } from "../../../client-software/error.ts";
import type { Kazashi } from "../../../client-software/extension/page.ts";

/** The little of the DOM that is used (dom.spec.whatwg.org). */
interface Element {
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly name: string;
  value: string;
  disabled: boolean;
  textContent: string | null;
  querySelector(selector: string): Element | null;
  addEventListener(type: "click", listener: () => void): void;
  submit(): void;
}

export interface ReadingWindow {
  readonly document: Pick<Element, "querySelector">;
  readonly location: { assign(address: string): void };
  fetch(address: string, request: object): Promise<Response>;
}

export function startReading(window: ReadingWindow, kazashi: Kazashi): void {
  const main = find(window.document, "main");
  const form = find(main, "#client-software");
  const button = find(form, "button");
  const trouble = find(form, ".trouble");
  const touching = main.dataset.mode === "touch";

  const read = async () => {
    button.disabled = true;
    trouble.textContent = "";
    try {
      await (touching ? touch(window, form, kazashi) : register(main, form, kazashi));
    } catch (error) {
      if (!(error instanceof ClientSoftwareError)) throw error;
      trouble.textContent = told(error);
    } finally {
      button.disabled = false;
    }
  };

  button.addEventListener("click", () => void read());
  // The page leaves it disabled: nobody presses it before somebody listens.
  button.disabled = false;
  if (touching) void read();
}

async function register(main: Element, form: Element, kazashi: Kazashi): Promise<void> {
  const at = { use: "registration", place: "faceToFace" } as const;
  const { certificate } = await kazashi.certificate(at);
  const { signature } = await kazashi.authenticate(at, main.dataset.challenge ?? "");
  const attributes = await kazashi.attributes(at);
  handIn(form, { certificate, signature, ...attributes });
}

async function touch(window: ReadingWindow, form: Element, kazashi: Kazashi): Promise<void> {
  let shown = "";
  const lookUp = (certificate: string) => {
    shown = certificate;
    return birthDateKey(window, form, certificate);
  };
  try {
    const certificate = await kazashi.touch({ place: "faceToFace" }, lookUp);
    handIn(form, { certificate, authenticity: form.dataset.genuine ?? "" });
  } catch (error) {
    const reason = error instanceof ClientSoftwareError ? error.reason : undefined;
    // MKPF has answered the municipal system already: the browser is to go there.
    if (reason === "registrationRequired") window.location.assign(form.dataset.resume ?? "");
    else if (reason === "notGenuine") handIn(form, { certificate: shown, authenticity: "failed" });
    else throw error;
  }
}

/** @returns undefined when MKPF has refused, which ends the visit by a redirect */
async function birthDateKey(
  window: ReadingWindow,
  form: Element,
  certificate: string,
): Promise<string | undefined> {
  const { lookUp = "", key = "" } = form.dataset;
  const body = new URLSearchParams([[field(form, "certificate").name, certificate]]);
  const answer = await window.fetch(lookUp, { method: "POST", body, redirect: "manual" });
  if (!answer.ok) return undefined;
  return String(((await answer.json()) as Record<string, unknown>)[key]);
}

function handIn(form: Element, values: Readonly<Record<string, string>>): void {
  for (const [meaning, value] of Object.entries(values)) field(form, meaning).value = value;
  form.submit();
}

function field(form: Element, meaning: string): Element {
  return find(form, `[data-field="${meaning}"]`);
}

function told({ guidance, details }: ClientSoftwareError): string {
  const left = details.triesLeft;
  const tries = left === undefined ? "" : ` 残り${left}回 / ${left} tries left.`;
  return `${guidance.ja} ${guidance.en}${tries}`;
}

function find(within: Pick<Element, "querySelector">, selector: string): Element {
  const found = within.querySelector(selector);
  if (found !== null) return found;
  throw new Error(`the page has no ${selector}`);
}
