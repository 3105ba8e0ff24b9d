/** 住民基本台帳 of a simulated world: the files of its residents, and how they are saved. */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import {
  type HistoryEntry,
  type OfficeState,
  parseOfficeState,
  type ResidentFile,
  toOfficeState,
} from "./office-state.ts";
import type { Resident } from "./resident.ts";

/** A resident, or anything that carries the id of one. */
export type ResidentRef = Pick<Resident, "id">;

export class Register {
  readonly #clock: Clock;
  readonly #files = new Map<string, ResidentFile>();
  readonly #formerly: Resident[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, clock: Clock): Register {
    const register = new Register(clock);
    for (const file of parseOfficeState(state)) register.#files.set(file.resident.id, file);
    return register;
  }

  get state(): OfficeState {
    return toOfficeState(this.files);
  }

  /** In the order of registration. */
  get files(): readonly ResidentFile[] {
    return [...this.#files.values()];
  }

  get size(): number {
    return this.#files.size;
  }

  /** Residents as they were before something about them changed, since the register was opened. */
  get formerly(): readonly Resident[] {
    return this.#formerly;
  }

  /** @throws SimulatorError RESIDENT_UNKNOWN */
  file({ id }: ResidentRef): ResidentFile {
    const found = this.#files.get(id);
    if (found !== undefined) return found;
    throw new SimulatorError("RESIDENT_UNKNOWN", `there is no resident ${id} in this world`);
  }

  /** The file of somebody who still lives here. @throws SimulatorError RESIDENT_REFUSED */
  registered(ref: ResidentRef): ResidentFile {
    const file = this.file(ref);
    const { id, status } = file.resident;
    if (status === "registered") return file;
    throw new SimulatorError("RESIDENT_REFUSED", `${id} is ${status}: the counter can do nothing`);
  }

  /** Writes a file down with what happened. */
  write(file: Omit<ResidentFile, "history">, event: HistoryEntry["event"]): ResidentFile {
    const { resident: former, history = [] } = this.#files.get(file.resident.id) ?? {};
    if (former !== undefined && former !== file.resident) this.#formerly.push(former);
    const written = { ...file, history: [...history, { at: this.#clock.now(), event }] };
    this.#files.set(file.resident.id, written);
    return written;
  }
}
