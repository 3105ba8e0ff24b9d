/**
 * What all business at the counter has in common: somebody who lives here comes with or without a
 * card, something changes, certificates become void, and it is written down.
 */
import type { CardHolder } from "../card/spec.ts";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { JpkiService, Revocation } from "../pki/index.ts";
import type { Random } from "../random.ts";
import { type CardRecord, hasEnded } from "./card.ts";
import { applyConsequences, type NewCertificates, withCertificates } from "./certify.ts";
import type { SmartphoneRecord } from "./device.ts";
import { type Correction, entryProblem } from "./entries.ts";
import type { HistoryEntry, ResidentFile } from "./office-state.ts";
import type { Consequences } from "./reasons.ts";
import type { Register, ResidentRef } from "./register.ts";
import { asCardHolder, type Resident } from "./resident.ts";

export interface OfficeWorld {
  readonly jpki: JpkiService;
  readonly clock: Clock;
  readonly random: Random;
}

/** What came of an event. */
export interface LifeEvent {
  readonly resident: Resident;
  /** What the text and visual applications of the card should say from now on. */
  readonly holder: CardHolder;
  /** Certificates that were revoked or put on hold. */
  readonly revoked: readonly Revocation[];
}

/** A life event that ends with new certificates to be loaded onto the card or device in hand. */
export interface Renewal extends LifeEvent {
  readonly certificates: NewCertificates;
}

/** What an event changes in a file: parts of the resident, of the present card and device. */
export interface Changes {
  readonly resident?: Partial<Resident>;
  readonly card?: Partial<CardRecord>;
  readonly smartphone?: Partial<SmartphoneRecord>;
}

export class Counter {
  readonly world: OfficeWorld;
  readonly register: Register;

  constructor(world: OfficeWorld, register: Register) {
    this.world = world;
    this.register = register;
  }

  /** Enters an event: certificates in use become void, then the file changes. */
  happen(
    ref: ResidentRef,
    event: HistoryEntry["event"],
    consequences: Consequences,
    changes: Changes,
  ): LifeEvent {
    const file = this.register.registered(ref);
    const revoked = applyConsequences(this.world.jpki, file, consequences);
    const resident = { ...file.resident, ...changes.resident };
    this.register.write(
      {
        resident,
        cards: withLast(file.cards, changes.card),
        smartphones: withLast(file.smartphones, changes.smartphone),
      },
      event,
    );
    return { resident, holder: asCardHolder(resident), revoked };
  }

  /** Puts new certificates on the card's record, in the place of those they follow. */
  load(
    ref: ResidentRef,
    event: HistoryEntry["event"],
    consequences: Consequences,
    certificates: NewCertificates,
    changes: Changes = {},
  ): Renewal {
    const { card } = this.withCard(ref);
    const happened = this.happen(ref, event, consequences, {
      ...changes,
      card: withCertificates(card, certificates),
    });
    return { ...happened, certificates };
  }

  /** Somebody with a card that can be used. @throws SimulatorError RESIDENT_REFUSED */
  withCard(ref: ResidentRef): ResidentFile & { readonly card: CardRecord } {
    const file = this.register.registered(ref);
    const card = file.cards.at(-1);
    if (card === undefined) throw this.refusal(ref, "has no card");
    if (card.state !== "valid") throw this.refusal(ref, `has a card that is ${card.state}`);
    if (hasEnded(card, this.world.clock)) {
      throw this.refusal(ref, `has a card that ended on ${card.expiry}`);
    }
    return { ...file, card };
  }

  /** @throws SimulatorError RESIDENT_REFUSED for what the register cannot say of anybody */
  requireEntry(ref: ResidentRef, entry: Correction): void {
    const problem = entryProblem(entry, this.world.clock.now());
    if (problem !== undefined) throw this.refusal(ref, problem);
  }

  refusal({ id }: ResidentRef, why: string): SimulatorError {
    return new SimulatorError("RESIDENT_REFUSED", `${id} ${why}`);
  }
}

function withLast<T>(list: readonly T[], changes: Partial<T> | undefined): readonly T[] {
  const last = list.slice(-1).map((one) => ({ ...one, ...changes }));
  return [...list.slice(0, -1), ...last];
}
