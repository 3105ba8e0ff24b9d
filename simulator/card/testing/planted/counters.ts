/** Planted bugs of PIN counters. */
import { equal } from "../../../iso7816/index.ts";
import { currentApplication, findFile, withFile } from "../../file-system.ts";
import type { ApplicationImage, CardImage } from "../../image.ts";
import { OpenCard, statusOf, understood } from "./open-card.ts";

const VERIFY = 0x20;
const SELECT = 0xa4;
const OK = 0x9000;

/** A lost try is written down with the next command; power taken away before gives it back. */
export class LateCounter extends OpenCard {
  #saved = this.image;

  override transmit(command: Uint8Array): Uint8Array {
    this.#save();
    const response = super.transmit(command);
    if (statusOf(response) === OK) this.#save();
    return response;
  }

  override commit(image: CardImage): void {
    this.#save();
    this.image = image;
  }

  override powerOff(): void {
    super.powerOff();
    this.image = this.#saved;
  }

  #save(): void {
    if (this.image === this.#saved) return;
    this.#saved = this.image;
    this.store.save(this.image);
  }
}

/** Counters are copied when an application is selected, and put back when it is selected again. */
export class ReselectionRefunds extends OpenCard {
  #copy: ApplicationImage | undefined;

  override transmit(command: Uint8Array): Uint8Array {
    const response = super.transmit(command);
    const asked = understood(command);
    const selected = asked?.ins === SELECT && asked.p1 === 0x04 && statusOf(response) === OK;
    if (!selected) return response;
    const now = currentApplication(this.context);
    if (now?.name === this.#copy?.name) this.#putBack();
    else this.#copy = now;
    return response;
  }

  #putBack(): void {
    for (const old of this.#copy?.files ?? []) {
      const ap = currentApplication(this.context);
      const now = findFile(ap, old.id);
      if (ap === undefined || old.kind !== "pin" || now?.kind !== "pin") continue;
      if (now.triesLeft === old.triesLeft) continue;
      this.commit(withFile(this.image, ap.aid, { ...now, triesLeft: old.triesLeft }));
    }
  }
}

/** Asking how many tries are left costs one, once a try has been lost. */
export class QueryCosts extends OpenCard {
  override transmit(command: Uint8Array): Uint8Array {
    const response = super.transmit(command);
    const asked = understood(command);
    const pin = this.file;
    const ap = currentApplication(this.context);
    const queried = asked?.ins === VERIFY && asked.cla === 0 && asked.data.length === 0;
    if (!queried || statusOf(response) >> 4 !== 0x63c || pin?.kind !== "pin") return response;
    if (ap !== undefined && pin.triesLeft > 0 && pin.triesLeft < pin.tries) {
      this.commit(withFile(this.image, ap.aid, { ...pin, triesLeft: pin.triesLeft - 1 }));
    }
    return response;
  }
}

/** The right PIN opens a blocked counter: the two are looked at in the wrong order. */
export class BlockedOpens extends OpenCard {
  override transmit(command: Uint8Array): Uint8Array {
    const asked = understood(command);
    const response = super.transmit(command);
    const pin = this.file;
    const ap = currentApplication(this.context);
    if (asked?.ins !== VERIFY || statusOf(response) !== 0x6984 || pin?.kind !== "pin")
      return response;
    if (ap === undefined || !equal(asked.data, pin.value)) return response;
    this.commit(withFile(this.image, ap.aid, { ...pin, triesLeft: 1 }));
    return super.transmit(command);
  }
}
