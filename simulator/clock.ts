/**
 * Time as a parameter. Nothing else in the simulator asks the machine what time it is, so a scenario
 * can move a whole world to 2031 (a rule of .biome/injected-time.grit).
 */

export interface Clock {
  now(): Date;
}

/** As JSON can hold it: a clock that runs so many milliseconds ahead of the machine's, or stands. */
export type ClockState = { readonly ahead: number } | { readonly stoppedAt: string };

/** A clock a test holds in its hand: it can run with the machine's or stand still, and be moved. */
export class LabClock implements Clock {
  #base: number;
  /** Machine time, in milliseconds, at which the clock showed `#base`; undefined while it stands still. */
  #runningSince: number | undefined;

  private constructor(base: number, runningSince: number | undefined) {
    this.#base = base;
    this.#runningSince = runningSince;
  }

  /** Starts at `at` (the machine's time by default) and runs on. */
  static running(at: Date = new Date()): LabClock {
    return new LabClock(at.getTime(), Date.now());
  }

  /** Stands at `at` until it is moved. */
  static stopped(at: Date): LabClock {
    return new LabClock(at.getTime(), undefined);
  }

  /** Goes on as the clock of which `state` was taken would have. */
  static restore(state: ClockState): LabClock {
    if ("stoppedAt" in state) return LabClock.stopped(new Date(state.stoppedAt));
    return LabClock.running(new Date(Date.now() + state.ahead));
  }

  get state(): ClockState {
    if (!this.running) return { stoppedAt: this.now().toISOString() };
    return { ahead: this.now().getTime() - Date.now() };
  }

  get running(): boolean {
    return this.#runningSince !== undefined;
  }

  now(): Date {
    const elapsed = this.#runningSince === undefined ? 0 : Date.now() - this.#runningSince;
    return new Date(this.#base + elapsed);
  }

  /** Moves by `milliseconds`, forwards or back; a running clock goes on running. */
  advance(milliseconds: number): void {
    this.#base += milliseconds;
  }

  /** Moves to `at`; a running clock goes on running from there. */
  travelTo(at: Date): void {
    this.#base = at.getTime();
    if (this.#runningSince !== undefined) this.#runningSince = Date.now();
  }

  /** Stands from now on. */
  stop(): void {
    this.#base = this.now().getTime();
    this.#runningSince = undefined;
  }

  /** Runs from now on. */
  run(): void {
    this.#base = this.now().getTime();
    this.#runningSince = Date.now();
  }
}
