/**
 * What moves cards and switches readers in a lab: one interface, whether a relay, a servo, a person or
 * the simulation does it. It stands beside the readers and not among them, because it carries no APDU
 * and acts on a reader of any link.
 */
import { setTimeout as delay } from "node:timers/promises";
import { BenchError, type BenchErrorCode } from "../errors.ts";

/** `present` puts the card on the reader. */
export const CARD_ACTS = ["present", "remove"] as const;

/** Power is the reader's own, as when its plug is pulled. */
export const POWER_ACTS = ["cut-power", "restore-power"] as const;

export const ACTS = [...CARD_ACTS, ...POWER_ACTS] as const;

export type Act = (typeof ACTS)[number];

/** One kind of actuator. */
export interface ActuatorDriver {
  readonly info: ActuatorInfo;
  /** What it is wired to do. */
  readonly can: ReadonlySet<Act>;
  /**
   * Does it, and resolves when it is done. Ends within the driver's own deadline whatever happens.
   *
   * @returns what shows that it was done, in words for the journal
   * @throws BenchError ACTUATOR_DEADLINE, ACTUATOR_LOST, ACTUATOR_FAILED, ACTUATOR_NOT_FOUND
   */
  perform(act: Act): Promise<string>;
  /** Lets go of it and leaves everything where it is. Safe to call twice. */
  close(): Promise<void>;
}

export interface ActuatorInfo {
  /** `simulated`, `hid-relay`, `servo`, `operator`. */
  readonly driver: string;
  /** Which one: a board's serial, a device's path. */
  readonly name: string;
}

/** Every verb also throws what `ActuatorDriver.perform` throws, and ACTUATOR_UNSUPPORTED. */
export interface Actuator {
  readonly info: ActuatorInfo;
  readonly can: ReadonlySet<Act>;
  present(): Promise<void>;
  remove(): Promise<void>;
  cutPower(): Promise<void>;
  restorePower(): Promise<void>;
  /**
   * Takes the card away while an exchange is under way, and gives how that ended. The exchange's own
   * deadline holds.
   *
   * @param after milliseconds from the start of the exchange; 0 by default
   */
  tear<T>(exchange: () => Promise<T>, after?: number): Promise<PromiseSettledResult<T>>;
  /** Gives back what was taken: power first, then the card. Nothing where nothing was. */
  putBack(): Promise<void>;
}

export interface Acted {
  readonly act: Act;
  readonly actuator: ActuatorInfo;
  /** In the driver's words. */
  readonly evidence: string;
}

/** @param acted told everything that was done, when it is done */
export function actuatorOver(
  driver: ActuatorDriver,
  acted: (what: Acted) => void = () => undefined,
): Actuator {
  const { info, can } = driver;
  let away = false;
  let powerless = false;
  const perform = async (act: Act) => {
    if (!can.has(act)) {
      throw new BenchError("ACTUATOR_UNSUPPORTED", `${info.name} is not wired to ${act}`);
    }
    // Noted before it is tried: what failed half-way is put back too.
    if (act === "remove") away = true;
    if (act === "cut-power") powerless = true;
    const evidence = await driver.perform(act);
    if (act === "present") away = false;
    if (act === "restore-power") powerless = false;
    acted({ act, actuator: info, evidence });
  };
  return {
    info,
    can,
    present: () => perform("present"),
    remove: () => perform("remove"),
    cutPower: () => perform("cut-power"),
    restorePower: () => perform("restore-power"),
    tear: async (exchange, after = 0) => {
      const ended = Promise.allSettled([exchange()]);
      if (after > 0) await delay(after);
      try {
        await perform("remove");
      } finally {
        await ended;
      }
      const [outcome] = await ended;
      return outcome;
    },
    putBack: async () => {
      if (powerless) await perform("restore-power");
      if (away) await perform("present");
    },
  };
}

const AS_ACTUATOR: Partial<Record<BenchErrorCode, BenchErrorCode>> = {
  READER_NOT_FOUND: "ACTUATOR_NOT_FOUND",
  READER_AMBIGUOUS: "ACTUATOR_NOT_FOUND",
  READER_LOST: "ACTUATOR_LOST",
  READER_DEADLINE: "ACTUATOR_DEADLINE",
  READER_TRANSPORT: "ACTUATOR_FAILED",
};

/** Ports and lines speak of readers; here it is the actuator that is gone, and the reader may be well. */
export function actuatorError(error: unknown): unknown {
  if (!(error instanceof BenchError)) return error;
  const code = AS_ACTUATOR[error.code];
  return code === undefined ? error : new BenchError(code, error.message, { cause: error });
}
