/**
 * A terminal at a counter without a browser: reader, card, native host, extension and a person who
 * types PINs. Everything that any of them writes anywhere is kept in `outputs`, to be searched.
 */
import {
  type ClientSoftwareProfile,
  DEFAULT_CLIENT_SOFTWARE_PROFILE,
} from "../../../simulator/client-software/index.ts";
import type { CvTrustAnchor, Secret } from "../../card/index.ts";
import type { HttpTrace, HttpTraceSink, MkpfCounterClient } from "../../platform/index.ts";
import { type ApduRecord, type Reader, traced } from "../../reader/index.ts";
import { mkpfAdmission } from "../admission.ts";
import { cardDesk } from "../card-desk.ts";
import { HeadlessBrowser } from "./browser.ts";
import { CounterPage } from "./counter-page.ts";
import type { PinDialog } from "./dialog.ts";
import { HeadlessHost } from "./native-host.ts";

export interface TerminalOptions {
  /** Open, with a card in it. */
  readonly reader: Reader;
  readonly anchors: readonly CvTrustAnchor[];
  readonly nonce: () => Uint8Array;
  /** Issuer of MKPF's environment. */
  readonly mkpf: string;
  readonly sink: HttpTraceSink;
  readonly profile?: ClientSoftwareProfile;
}

export class HeadlessTerminal {
  readonly browser: HeadlessBrowser;
  readonly host: HeadlessHost;
  /** Commands that reached the card, by what they are for. */
  readonly commands: string[] = [];
  /** How often a PIN or a 生年月日PIN was presented to the card. */
  presented = 0;
  /** What was written to logs, traces and pages. */
  readonly outputs: string[] = [];
  /** Dialogs shown so far. */
  dialogs = 0;
  /** What whoever sits there does when a PIN is asked for. Closes the window unless told. */
  person: (dialog: PinDialog) => void = (dialog) => dialog.close();

  readonly #sink: HttpTraceSink;
  readonly #mkpf: string;

  constructor(options: TerminalOptions) {
    const { profile = DEFAULT_CLIENT_SOFTWARE_PROFILE, anchors, nonce, mkpf } = options;
    const reader = traced(options.reader, (record) => this.#exchanged(record));
    const sink = (trace: HttpTrace) => {
      this.outputs.push(JSON.stringify(trace));
      options.sink(trace);
    };
    this.#sink = sink;
    this.#mkpf = mkpf;
    this.host = new HeadlessHost({
      profile,
      admission: mkpfAdmission({ issuer: mkpf, sink }),
      desk: cardDesk({ loan: (use) => use(reader), anchors, nonce }),
      log: (line) => this.outputs.push(line),
    });
    const person = (dialog: PinDialog) => {
      this.dialogs += 1;
      this.person(dialog);
    };
    const seen = (detail: string) => void this.outputs.push(detail);
    this.browser = new HeadlessBrowser({ profile, host: this.host, person, seen });
  }

  /** Lets the person answer each question for a PIN. */
  knows(pins: { readonly auth: Secret; readonly text: Secret }): void {
    this.person = (dialog) => {
      const pin = dialog.label.includes("利用者証明用") ? pins.auth : pins.text;
      dialog.type(pin.reveal());
    };
  }

  /** MKPF's own page for a counter, in this terminal's browser. */
  counterPage(counter: { readonly client: MkpfCounterClient }): CounterPage {
    return new CounterPage(this.browser.open(this.#mkpf), counter, this.#sink);
  }

  #exchanged(record: ApduRecord): void {
    this.commands.push(record.label.en);
    // Redacted where the trace is made: a VERIFY that only asks for tries left has nothing to redact.
    if (/^0020.*‹/.test(record.command.replaceAll(" ", ""))) this.presented += 1;
    this.outputs.push(JSON.stringify(record));
  }
}
