/** かざし利用クライアントソフト for scenarios: at a terminal with a browser, and in a native application. */
import {
  ClientSoftware,
  type ClientSoftwareProfile,
  Withheld,
} from "../../simulator/client-software/index.ts";
import type { Lab } from "../../simulator/lab/index.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import type { Reader } from "../reader/index.ts";
import { mkpfAdmission } from "./admission.ts";
import { cardDesk } from "./card-desk.ts";
import { HeadlessTerminal } from "./headless/terminal.ts";

/** A card on an open reader; `CardInHand` of a scenario is one. */
interface CardOnReader {
  readonly reader: Reader;
}

export interface ClientSoftwareSystems {
  /** A terminal whose browser edition belongs to MKPF's 検証環境; no browser is needed. */
  terminal(card: CardOnReader, profile?: ClientSoftwareProfile): HeadlessTerminal;
  /**
   * A native application that starts the DLL or the mobile library.
   *
   * @throws ClientSoftwareError passwordMissing, passwordWrong, mkpfUnreachable
   */
  application(
    card: CardOnReader,
    start: { readonly edition: "dll" | "mobile"; readonly password: string },
  ): Promise<ClientSoftware>;
}

export function clientSoftwareSystems(lab: Lab, sink: HttpTraceSink): ClientSoftwareSystems {
  const mkpf = lab.addresses.mkpf.verification;
  const anchors = [lab.cvAnchors.visual];
  const random = lab.random("client-software");
  const nonce = () => random.bytes(32);
  return {
    terminal: ({ reader }, profile) =>
      new HeadlessTerminal({ reader, anchors, nonce, mkpf, sink, ...(profile && { profile }) }),
    application: ({ reader }, { edition, password }) =>
      ClientSoftware.initialise({
        client: { edition, password: new Withheld(password) },
        admission: mkpfAdmission({ issuer: mkpf, sink }),
        desk: cardDesk({ loan: (use) => use(reader), anchors, nonce }),
      }),
  };
}
