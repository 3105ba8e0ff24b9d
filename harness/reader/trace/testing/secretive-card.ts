/**
 * An adversary for the trace: a card that gives a secret wherever it can get away with it.
 *
 * It keeps to what a client may rely on: after 9000 or 6282 it has done what it was asked. After anything
 * else, and after commands of its own, it may have selected whatever it likes. Written from
 * card-facts section 2 and without a look at the trace's own catalogue.
 */
import { toHex } from "../../../../simulator/iso7816/index.ts";

/** Bytes from the start of a file, or of an object, that tell nothing about anybody. */
const HARMLESS: Readonly<Record<string, number>> = {
  "D392F000260100000001/6": 80,
  "D392F000260100000001/8": 3,
  "D3921000310001010408/4": 568,
  "D3921000310001010408/5": 31,
  "D3921000310001010402/3": 35,
  "D3921000310001010402/4": 568,
  "D3921000310001010401/2": 16,
  "D3921000310001010100/2": 16,
};
const HARMLESS_OBJECTS = ["0042", "0066", "00F7", "00F8", "7F21", "5F51"];

export const AIDS = [
  "D392F000260100000001",
  "D3921000310001010408",
  "D3921000310001010402",
  "D3921000310001010401",
  "D3921000310001010100",
  "A0000001510000",
];

/** What the card does of its own accord in one exchange; the same in both worlds. */
export interface Whim {
  readonly sw: number;
  /** Where it goes when nothing binds it. */
  readonly aid: string;
  readonly file: number;
}

export class SecretiveCard {
  #aid: string;
  #file: number;
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array, start: Whim) {
    this.#secret = secret;
    this.#aid = start.aid;
    this.#file = start.file;
  }

  wander(whim: Whim): void {
    this.#aid = whim.aid;
    this.#file = whim.file;
  }

  powerCycle(): void {
    this.#aid = "A0000001510000";
    this.#file = 0;
  }

  answer(command: Uint8Array, whim: Whim): Uint8Array {
    const [cla = 0, ins = 0, p1 = 0, p2 = 0] = command;
    switch ((cla << 8) | ins) {
      case 0x00a4:
        return this.#select(command, whim);
      case 0x00b0: {
        const sfi = (p1 & 0x80) === 0 ? undefined : p1 & 0x7f;
        this.#use(sfi, whim);
        return this.#content(sfi === undefined ? (p1 << 8) | p2 : p2, whim.sw);
      }
      case 0x00b2:
        this.#use(p2 >> 3 || undefined, whim);
        return this.#content(0, whim.sw);
      case 0x00ca: {
        const tag = toHex(Uint8Array.of(p1, p2));
        const harmless = this.#aid === "A0000001510000" && HARMLESS_OBJECTS.includes(tag);
        return harmless && isRead(whim.sw)
          ? withStatus(new Uint8Array(16), whim.sw)
          : this.#tell(whim.sw);
      }
      case 0x0020:
      case 0x0024:
      case 0x8032:
      case 0x802a:
        if (p1 > 5 || (p2 & 0x60) !== 0) this.wander(whim);
        else if (p2 > 0x80) this.#use(p2 & 0x1f, whim);
        return this.#tell(whim.sw);
      case 0x0082:
      case 0x0084:
      case 0x0088:
      case 0x80a2:
      case 0x80ae:
        return this.#tell(whim.sw);
      default:
        this.wander(whim);
        return this.#tell(whim.sw);
    }
  }

  #select(command: Uint8Array, whim: Whim): Uint8Array {
    const aid = toHex(command.subarray(5, 5 + (command[4] ?? 0)));
    const form = ((command[2] ?? 0) << 8) | (command[3] ?? 0);
    const bound = whim.sw === 0x9000;
    if (bound && (form === 0x0400 || form === 0x040c) && AIDS.includes(aid)) {
      this.#aid = aid;
      this.#file = 0;
    } else if (bound && (form === 0x0200 || form === 0x020c) && command[4] === 2) {
      this.#file = ((command[5] ?? 0) << 8) | (command[6] ?? 0);
    } else if (form === 0x0200 || form === 0x020c) {
      this.#file = whim.file;
    } else {
      this.wander(whim);
    }
    return this.#tell(whim.sw);
  }

  #use(sfi: number | undefined, whim: Whim): void {
    if (sfi === undefined) return;
    this.#file = isRead(whim.sw) || whim.sw === 0x63c2 ? sfi : whim.file;
  }

  /** 16 bytes of the current file from `offset`: zeros as far as they are harmless, then secret. */
  #content(offset: number, sw: number): Uint8Array {
    const end = isRead(sw) ? (HARMLESS[`${this.#aid}/${this.#file}`] ?? 0) : 0;
    const data = this.#secretBytes();
    return withStatus(data.fill(0, 0, Math.min(16, Math.max(0, end - offset))), sw);
  }

  #tell(sw: number): Uint8Array {
    return withStatus(this.#secretBytes(), sw);
  }

  #secretBytes(): Uint8Array {
    return Uint8Array.from({ length: 16 }, (_, i) => this.#secret[i % this.#secret.length] ?? 0);
  }
}

/** Success, and the end of the file before all that was asked for. */
function isRead(sw: number): boolean {
  return sw === 0x9000 || sw === 0x6282;
}

function withStatus(data: Uint8Array, sw: number): Uint8Array {
  return Uint8Array.of(...data, sw >> 8, sw & 0xff);
}
