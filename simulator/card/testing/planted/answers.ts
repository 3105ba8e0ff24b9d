/** Planted bugs of what is in an answer. */
import { createPrivateKey } from "node:crypto";
import { concat, parseResponse } from "../../../iso7816/index.ts";
import { OpenCard, statusOf, understood } from "./open-card.ts";

const OK = 0x9000;
const OFFSET = 0x6b00;
const FINE = Uint8Array.of(0x90, 0x00);
const LONGEST = 65536;

/** Reading on exactly at the end of a file gives what is left in the buffer of the answer before. */
export class StaleBytes extends OpenCard {
  readonly #buffer = new Uint8Array(LONGEST);

  override transmit(command: Uint8Array): Uint8Array {
    const response = super.transmit(command);
    const asked = understood(command);
    const file = this.file;
    const plain = asked?.ins === 0xb0 && asked.cla === 0x00;
    if (plain && statusOf(response) === OFFSET && file?.kind === "transparent") {
      const offset = (asked.p1 & 0x80) === 0 ? (asked.p1 << 8) | asked.p2 : asked.p2;
      if (offset === file.content.length) return concat(this.#buffer.slice(0, asked.ne), FINE);
    }
    this.#buffer.set(parseResponse(response).data);
    return response;
  }
}

/** A challenge comes out of memory in which a signature has left a prime of its key. */
export class PrimeInChallenge extends OpenCard {
  #prime: Uint8Array | undefined;

  override powerOff(): void {
    super.powerOff();
    this.#prime = undefined;
  }

  override transmit(command: Uint8Array): Uint8Array {
    const response = super.transmit(command);
    const ins = understood(command)?.ins;
    if (statusOf(response) !== OK) return response;
    if (ins === 0x2a && this.file?.kind === "key") this.#prime = primeOf(this.file.privateKey);
    if (ins !== 0x84 || this.#prime === undefined) return response;
    const left = this.#prime.slice(0, response.length - FINE.length);
    return concat(left, response.slice(left.length));
  }
}

function primeOf(pkcs8: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  return new Uint8Array(Buffer.from(key.export({ format: "jwk" }).p ?? "", "base64url"));
}
