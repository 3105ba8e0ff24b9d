/** From the foundations of a world to its parts, and back to what is written down of them. */
import { CardBox } from "./card-box.ts";
import { counterReader, type ReadingSoftware } from "./counter-station.ts";
import type { Foundations } from "./foundations.ts";
import type { LabReaders } from "./readers.ts";
import type { StateDirectory } from "./state-directory.ts";
import { buildWorld, type World } from "./world.ts";
import { parseWorldState, type WorldState } from "./world-state.ts";

const FILE = "world.json";

export interface Built {
  readonly world: World;
  readonly cards: CardBox;
}

/** @throws SimulatorError STATE_INVALID */
export function readWorld(state: StateDirectory | undefined): WorldState | undefined {
  const saved = state?.readJson(FILE);
  return saved === undefined ? undefined : parseWorldState(saved);
}

export function writeWorld(ground: Foundations, world: World): void {
  ground.state?.write(FILE, JSON.stringify(worldStateOf(ground, world)));
}

/**
 * @param saved absent for a new world
 * @throws SimulatorError STATE_INVALID
 */
export async function build(
  ground: Foundations,
  readingSoftware: ReadingSoftware | undefined,
  readers: LabReaders,
  saved?: WorldState,
): Promise<Built> {
  const { doors, random, state } = ground;
  const origins = {
    jpki: doors.origin("jpki"),
    mkpfVerification: doors.origin("mkpfVerification"),
    mkpfProduction: doors.origin("mkpfProduction"),
    digitalAuthApp: doors.origin("digitalAuthApp"),
  };
  const cards = new CardBox(random.fork("cards"), state);
  const world = await buildWorld({
    ...ground,
    origins,
    cards,
    counterReader: (anchors) =>
      counterReader(readingSoftware, readers, { anchors, random: random.fork("counter-reader") }),
    ...(saved === undefined ? {} : { saved }),
  });
  return { world, cards };
}

function worldStateOf(ground: Foundations, world: World): WorldState {
  return {
    version: 1,
    seed: ground.seed,
    openings: ground.openings,
    keys: ground.keys.position,
    ports: ground.doors.ports,
    clock: ground.clock.state,
    jpki: world.jpki.state,
    issuer: world.issuer.state,
    office: world.office.state,
    platforms: {
      mkpfVerification: world.mkpf.verification.state(),
      mkpfProduction: world.mkpf.production.state(),
      localAuthPf: world.localAuthPf.state(),
      digitalAuthApp: world.digitalAuthApp.state(),
      attributeProvision: world.attributeProvision.state(),
      cardApLoader: world.cardApLoader.state(),
    },
  };
}
