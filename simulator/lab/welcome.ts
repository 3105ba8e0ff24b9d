/** Somebody new in a world, with a card, and with what has happened to them before we meet them. */
import { type AtrName, withAnswerToReset } from "../card/index.ts";
import type { JpkiService } from "../pki/index.ts";
import { type MunicipalOffice, personaOf, type ResidentRef } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";
import type { LabCounter } from "./counter.ts";
import { catchUp } from "./life-events.ts";

export interface Wishes {
  /** How the card answers reset; without contact, as the most common one, when absent. */
  readonly atr?: AtrName | undefined;
  /** Five digits; that of the first municipality when absent. */
  readonly municipality?: string | undefined;
}

/** What a world has to have for it. */
interface WelcomingWorld {
  readonly office: MunicipalOffice;
  readonly counter: LabCounter;
  readonly jpki: JpkiService;
  shownBy(resident: ResidentRef): LabCard;
  save(): void;
}

/** @throws SimulatorError PERSONA_UNKNOWN, for a municipality as well */
export async function welcome(
  world: WelcomingWorld,
  persona: string,
  { atr, municipality }: Wishes,
): Promise<LabCard> {
  const resident = world.office.register(persona, municipality);
  await world.counter.handOut(resident);
  await catchUp(world.counter, resident, personaOf(persona));
  // What has happened to somebody by now is known to the world.
  if (personaOf(persona).since !== undefined) world.jpki.publishNow();
  world.save();
  const shown = world.shownBy(resident);
  if (atr !== undefined) shown.card.alter((image) => withAnswerToReset(image, atr));
  return shown;
}
