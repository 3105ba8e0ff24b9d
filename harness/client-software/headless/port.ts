/** Two ends of a connection between parts of an extension, as Chrome behaves towards both. */
import type { ChromePort } from "../../../simulator/client-software/extension/browser.ts";
import { Listeners } from "./listeners.ts";

export class PortEnd implements ChromePort {
  readonly name: string;
  readonly sender: NonNullable<ChromePort["sender"]>;
  readonly onMessage = new Listeners<[unknown]>();
  readonly onDisconnect = new Listeners<[]>();
  #peer: PortEnd | undefined;
  #open = true;
  #killed = false;

  private constructor(name: string, sender: NonNullable<ChromePort["sender"]>) {
    this.name = name;
    this.sender = sender;
  }

  /** @param sender who connected, as the other side is told */
  static pair(name: string, sender: NonNullable<ChromePort["sender"]> = {}): [PortEnd, PortEnd] {
    const [near, far] = [new PortEnd(name, {}), new PortEnd(name, sender)];
    near.#peer = far;
    far.#peer = near;
    return [near, far];
  }

  /** Messages are copied as JSON and arrive later, in order. */
  postMessage(message: unknown): void {
    if (this.#killed) return;
    if (!this.#open) throw new Error("Attempting to use a disconnected port object");
    const text = JSON.stringify(message);
    const peer = this.#peer;
    queueMicrotask(() => peer?.receive(JSON.parse(text)));
  }

  receive(message: unknown): void {
    if (this.#open) this.onMessage.emit(message);
  }

  /** The other side is told, this one is not. */
  disconnect(): void {
    if (!this.#open) return;
    this.#open = false;
    const peer = this.#peer;
    queueMicrotask(() => peer?.lose());
  }

  /** Whoever holds this end is stopped: nothing comes from it any more. */
  kill(): void {
    this.disconnect();
    this.#killed = true;
  }

  /** The other side has gone. */
  lose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.onDisconnect.emit();
  }
}
