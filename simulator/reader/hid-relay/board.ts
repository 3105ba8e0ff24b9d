/**
 * An emulated USB relay board (reader-facts 3.2): a machine from reports to reports, with the faults
 * that boards and cables have. What its relays switch is up to whoever listens to `switched`.
 */
import { EventEmitter } from "node:events";
import { SimulatorError } from "../../errors.ts";
import { decodeRelayCommand, encodeRelayState, type RelayCommand } from "./report.ts";

export type RelayFault =
  /** A command is taken by nobody, and the call never comes back. */
  | "write-stalled"
  /** The command is obeyed by the electronics, and the contact stays where it is. */
  | "contact-welded"
  /** A state comes under an id nobody asked for. */
  | "wrong-report-id"
  /** The cable is pulled at the next call. */
  | "unplugged";

export interface RelayBoardOptions {
  /** Five characters. Default `BENCH`. */
  readonly serial?: string;
  /** How many relays there are. Default 2. */
  readonly channels?: number;
  /** Whether the system puts the report's id before what the board sends. Default false. */
  readonly idInFront?: boolean;
}

interface RelayEvents {
  switched: [channel: number, on: boolean];
}

export class RelayBoard extends EventEmitter<RelayEvents> {
  readonly channels: number;
  readonly #idInFront: boolean;
  readonly #on = new Set<number>();
  readonly #faults: RelayFault[] = [];
  #serial: string;
  #plugged = true;

  constructor({ serial = "BENCH", channels = 2, idInFront = false }: RelayBoardOptions = {}) {
    super();
    this.#serial = serial;
    this.channels = channels;
    this.#idInFront = idInFront;
  }

  get serial(): string {
    return this.#serial;
  }

  /** The relays that are on. */
  get energised(): ReadonlySet<number> {
    return this.#on;
  }

  /** Lets something go wrong once, at the next call it can happen to. */
  arm(fault: RelayFault): void {
    this.#faults.push(fault);
  }

  /** Pulls the cable: the board has no power any more, so its relays fall off. */
  unplug(): void {
    this.#plugged = false;
    for (const channel of [...this.#on]) this.#switch(channel, false);
  }

  replug(): void {
    this.#plugged = true;
  }

  /**
   * Takes a command. Relays the board does not have are switched by nobody, as on a real one.
   *
   * @throws SimulatorError HID_UNPLUGGED; HID_REPORT_INVALID, where a board would do nothing
   */
  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.#requirePlugged();
    if (this.#strikes("write-stalled")) return new Promise(() => undefined);
    const command = decodeRelayCommand(report);
    if (!this.#strikes("contact-welded")) this.#obey(command);
  }

  /** @throws SimulatorError HID_UNPLUGGED */
  async getFeatureReport(id: number): Promise<Uint8Array> {
    this.#requirePlugged();
    const state = encodeRelayState({ serial: this.#serial, on: this.#on });
    if (this.#strikes("wrong-report-id")) return Uint8Array.of(0x7f, ...state);
    return this.#idInFront ? Uint8Array.of(id, ...state) : state;
  }

  #obey(command: RelayCommand): void {
    if (command.kind === "set-serial") {
      this.#serial = command.serial;
      return;
    }
    const all = Array.from({ length: this.channels }, (_, i) => i + 1);
    const meant = "channel" in command ? all.filter((one) => one === command.channel) : all;
    const on = command.kind === "on" || command.kind === "all-on";
    for (const channel of meant) this.#switch(channel, on);
  }

  #switch(channel: number, on: boolean): void {
    if (this.#on.has(channel) === on) return;
    if (on) this.#on.add(channel);
    else this.#on.delete(channel);
    this.emit("switched", channel, on);
  }

  #requirePlugged(): void {
    if (this.#strikes("unplugged")) this.unplug();
    if (!this.#plugged) throw new SimulatorError("HID_UNPLUGGED", "the relay board is unplugged");
  }

  #strikes(fault: RelayFault): boolean {
    const at = this.#faults.indexOf(fault);
    if (at >= 0) this.#faults.splice(at, 1);
    return at >= 0;
  }
}
