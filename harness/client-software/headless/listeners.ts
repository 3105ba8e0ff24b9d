/** An event of Chrome's extension API. */
import type { ChromeEvent } from "../../../simulator/client-software/extension/browser.ts";

export class Listeners<Arguments extends unknown[]> implements ChromeEvent<Arguments> {
  readonly #listeners: ((...given: Arguments) => void)[] = [];

  addListener(listener: (...given: Arguments) => void): void {
    this.#listeners.push(listener);
  }

  emit(...given: Arguments): void {
    for (const listener of this.#listeners) listener(...given);
  }
}
