/**
 * A card with its lid off: answers as simulator/card/dispatch.ts does, but image and session lie open,
 * so that a bug can be planted by overriding one method. The product's card has no such door.
 */
import { CodecError, SimulatorError } from "../../../errors.ts";
import { type CommandApdu, parseCommand, parseResponse } from "../../../iso7816/index.ts";
import type { Random } from "../../../random.ts";
import type { CardOptions } from "../../card.ts";
import type { CardContext } from "../../context.ts";
import { dispatch } from "../../dispatch.ts";
import { currentApplication, findFile } from "../../file-system.ts";
import type { FileImage } from "../../files.ts";
import type { CardImage } from "../../image.ts";
import type { InsertedCard } from "../../model/run.ts";
import { newSession, type Session } from "../../session.ts";
import type { CardStore } from "../../store.ts";

export class OpenCard implements InsertedCard {
  image: CardImage;
  session: Session | undefined;
  readonly store: CardStore;
  readonly random: Random;

  constructor(image: CardImage, { store, random }: CardOptions) {
    this.image = image;
    this.store = store;
    this.random = random;
  }

  powerOn(): Uint8Array {
    this.session = newSession();
    return this.image.atr;
  }

  powerOff(): void {
    this.session = undefined;
  }

  reset(): Uint8Array {
    return this.image.atr;
  }

  transmit(command: Uint8Array): Uint8Array {
    return dispatch(command, this.context);
  }

  commit(image: CardImage): void {
    this.image = image;
    this.store.save(image);
  }

  /** What a command sees; a bug may hand on another one. */
  get context(): CardContext {
    const { session, random } = this;
    if (session === undefined) throw new SimulatorError("CARD_UNPOWERED", "there is no power");
    const current = () => this.image;
    return {
      get image() {
        return current();
      },
      session,
      random,
      has: () => false,
      commit: (image) => this.commit(image),
    };
  }

  /** The current file; undefined while there is none. */
  get file(): FileImage | undefined {
    const { context } = this;
    const { file } = context.session;
    return file === undefined ? undefined : findFile(currentApplication(context), file);
  }
}

/** The command as a bug looks at it; undefined for bytes that are none. */
export function understood(bytes: Uint8Array): CommandApdu | undefined {
  try {
    return parseCommand(bytes);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

export function statusOf(response: Uint8Array): number {
  return parseResponse(response).sw;
}
