/** What a world stands on: its doors, clock, chance and keys, and where it is written down. */
import { LabClock } from "../clock.ts";
import { KeyPool, type KeySource } from "../pki/index.ts";
import type { PlatformProfiles } from "../platform/index.ts";
import { Random } from "../random.ts";
import { Doors } from "./doors.ts";
import type { StateDirectory } from "./state-directory.ts";
import {
  foundWebAuthority,
  parseWebAuthority,
  plateOf,
  type WebAuthority,
} from "./web-authority.ts";
import type { WorldState } from "./world-state.ts";

export interface FoundationOptions {
  /** Decides names, numbers and nonces of a new world; one that is reopened keeps its own. */
  readonly seed: string;
  /** Directory of the key pool. */
  readonly keys: string;
  /** First of the ports to use; any that are free when absent. */
  readonly port?: number;
  /** A clock that runs at the machine's time when absent, or as the saved one did. */
  readonly clock?: LabClock;
  /** Whether platforms speak TLS; plain HTTP when absent. */
  readonly tls?: boolean;
  /** Names, codes and limits of platforms in the place of those built in. */
  readonly profiles?: Partial<PlatformProfiles> | undefined;
}

export interface Foundations {
  readonly seed: string;
  readonly openings: number;
  readonly clock: LabClock;
  readonly state: StateDirectory | undefined;
  readonly random: Random;
  readonly register: Random;
  readonly keys: KeySource;
  readonly doors: Doors;
  /** Where platforms speak TLS. */
  readonly webAuthority: WebAuthority | undefined;
  readonly profiles: Partial<PlatformProfiles>;
}

const WEB_AUTHORITY = "web-ca.json";

/** @throws SimulatorError PORT_IN_USE, STATE_INVALID */
export async function layFoundations(
  options: FoundationOptions,
  state: StateDirectory | undefined,
  saved: WorldState | undefined,
): Promise<Foundations> {
  const webAuthority = options.tls === true ? await webAuthorityOf(state) : undefined;
  const plate = webAuthority && (await plateOf(webAuthority, LabClock.running()));
  const doors = await Doors.open({ first: options.port, before: saved?.ports, plate });
  const clock = saved?.clock === undefined ? LabClock.running() : LabClock.restore(saved.clock);
  return {
    ...chanceOf(saved?.seed ?? options.seed, (saved?.openings ?? 0) + 1),
    clock: options.clock ?? clock,
    state,
    keys: new KeyPool(options.keys).source(saved?.keys),
    doors,
    webAuthority,
    profiles: options.profiles ?? {},
  };
}

/** The same ground as on the first day, for a world that begins anew behind the same doors. */
export function clearedGround(ground: Foundations, keys: KeySource): Foundations {
  return { ...ground, ...chanceOf(ground.seed, 1), keys };
}

/**
 * Each opening has a stream of its own: going through the same one again would give a second system
 * the secrets of the first.
 */
function chanceOf(seed: string, openings: number) {
  const random = new Random(seed).fork(`opening/${openings}`);
  return { seed, openings, random, register: new Random(seed).fork("register") };
}

/** Kept with the world, so that who trusts it need not be told again. */
async function webAuthorityOf(state: StateDirectory | undefined): Promise<WebAuthority> {
  const saved = state?.readJson(WEB_AUTHORITY);
  if (saved !== undefined) return parseWebAuthority(saved);
  const founded = await foundWebAuthority(LabClock.running());
  state?.write(WEB_AUTHORITY, JSON.stringify(founded));
  return founded;
}
