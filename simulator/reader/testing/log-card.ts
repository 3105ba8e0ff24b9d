/** A card for tests of readers: it answers as told and remembers what happened to it. */
import { fromHex, toHex } from "../../iso7816/index.ts";
import type { VirtualCard } from "../card-slot.ts";

type Answer = (command: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export class LogCard implements VirtualCard {
  /** `on`, `off`, `reset`, and commands in hexadecimal. */
  readonly log: string[] = [];
  readonly atr: Uint8Array;
  readonly #answer: Answer;

  /** Gives every command's header back with 9000, unless told otherwise. */
  constructor(answer: Answer = echoHeader, atr: Uint8Array = fromHex("3B 80 80 01 01")) {
    this.#answer = answer;
    this.atr = atr;
  }

  powerOn(): Uint8Array {
    this.log.push("on");
    return this.atr;
  }

  powerOff(): void {
    this.log.push("off");
  }

  reset(): Uint8Array {
    this.log.push("reset");
    return this.atr;
  }

  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    this.log.push(toHex(command));
    return this.#answer(command);
  }
}

/** A card that takes a command and never answers. */
export function mute(): Promise<Uint8Array> {
  return new Promise(() => undefined);
}

function echoHeader(command: Uint8Array): Uint8Array {
  return Uint8Array.of(...command.subarray(0, 4), 0x90, 0x00);
}
