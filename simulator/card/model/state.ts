/** What the modelled card knows, with power (card-facts 2.6 and 3) and without. */
import type { Target } from "./action.ts";
import { type Lasting, type Outcome, status } from "./outcome.ts";
import { type ModelAp, type ModelFile, type ModelPin, TABLES } from "./tables.ts";

export class ModelState {
  lasting: Lasting = asIssued();
  ap: ModelAp | undefined;
  file: number | undefined;
  /** PINs presented in this application. */
  readonly rights = new Set<number>();
  /** Whether a challenge was given and not yet used. */
  challenged = false;
  /** Whether secure messaging is on (card-facts 6.5). */
  secure = false;

  /** Power off and on. */
  restart(): void {
    this.enter(undefined);
    this.challenged = false;
  }

  /** Another application takes the rights away, the same one does not (JICSAP 5.1.3). */
  enter(ap: ModelAp | undefined): void {
    if (this.ap !== ap) this.rights.clear();
    this.ap = ap;
    this.file = undefined;
    this.secure = false;
  }

  /** The file, which becomes the current one, or the status that says why there is none. */
  find(target: Target, absent: number): ModelFile | number {
    if (target === "current") {
      return this.file === undefined ? 0x6986 : (this.fileWith(this.file) ?? 0x6986);
    }
    const file = this.fileWith(target);
    if (file === undefined) return absent;
    this.file = target;
    return file;
  }

  /** Does something with a PIN, or says why it is none. */
  withPin(target: Target, then: (id: number, pin: ModelPin) => Outcome): Outcome {
    const file = this.find(target, 0x6a88);
    if (typeof file === "number") return status(file);
    if (file.kind !== "pin" || this.file === undefined) return status(0x6981);
    return then(this.file, file);
  }

  fileWith(id: number): ModelFile | undefined {
    return this.ap === undefined ? undefined : TABLES[this.ap].files[id];
  }

  opens(by: readonly number[] | "free" | "never"): boolean {
    if (by === "free" || by === "never") return by === "free";
    return by.some((id) => this.rights.has(id));
  }

  valueOf(pin: number): string | undefined {
    return this.lasting.pins[`${this.ap}/${pin}`];
  }

  triesLeft(pin: number): number {
    return this.lasting.triesLeft[`${this.ap}/${pin}`] ?? 0;
  }

  withTries(pin: number, left: number): Lasting {
    const triesLeft = { ...this.lasting.triesLeft, [`${this.ap}/${pin}`]: left };
    return { ...this.lasting, triesLeft };
  }

  withPinValue(pin: number, value: string): Lasting {
    return { ...this.lasting, pins: { ...this.lasting.pins, [`${this.ap}/${pin}`]: value } };
  }
}

function asIssued(): Lasting {
  const pins: Record<string, string> = {};
  const triesLeft: Record<string, number> = {};
  for (const [ap, { files }] of Object.entries(TABLES)) {
    for (const [id, file] of Object.entries(files)) {
      if (file.kind !== "pin") continue;
      pins[`${ap}/${id}`] = file.value;
      triesLeft[`${ap}/${id}`] = file.tries;
    }
  }
  return { pins, triesLeft };
}
