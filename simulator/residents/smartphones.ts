/**
 * スマホ用電子証明書 (card-facts section 9): applied for with the card's 署名用 certificate, one device a
 * person, and over when the card's certificates are.
 */
import type { CardSpec } from "../card/spec.ts";
import { fromHex } from "../iso7816/index.ts";
import { jstDay } from "../pki/index.ts";
import { DEFAULT_PINS } from "./card.ts";
import { applyConsequences, cardSpec, certify } from "./certify.ts";
import type { Counter, LifeEvent, Renewal } from "./counter.ts";
import type { Device, SmartphoneRecord } from "./device.ts";
import { CONSEQUENCES } from "./reasons.ts";
import type { ResidentRef } from "./register.ts";
import { asCardHolder } from "./resident.ts";

/**
 * As PC/SC readers report a device of type A that says nothing about itself (PC/SC part 3).
 * UNVERIFIED: no answer of a smartphone with these certificates is published.
 */
const SMARTPHONE_ATR = fromHex("3B80800101");

/** Certificates for a device, with everything its JPKI application is made from. */
export interface AddedSmartphone extends Renewal {
  readonly spec: CardSpec;
}

export class SmartphoneDesk {
  readonly #counter: Counter;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /**
   * Puts certificates on a device; those on an earlier one are superseded. They last as long as the
   * card's 署名用 certificate, which the application is signed with.
   *
   * @param make makes the JPKI application, before the register says that there is one
   * @throws SimulatorError RESIDENT_REFUSED without a card whose 署名用 certificate is good
   */
  async add(
    ref: ResidentRef,
    device: Device,
    make: (spec: CardSpec) => void = () => undefined,
  ): Promise<AddedSmartphone> {
    const { world, register } = this.#counter;
    const { resident, card } = this.#counter.withCard(ref);
    const lastDay = jstDay(this.#applicationCertificate(ref));
    const auth = await certify(await world.jpki.ensure("auth", "smartphone"), resident, lastDay);
    const sign = await certify(await world.jpki.ensure("sign", "smartphone"), resident, lastDay);
    const file = register.registered(ref);
    const revoked = applyConsequences(world.jpki, file, CONSEQUENCES.smartphoneReplaced);
    const ended = file.smartphones.map((one) => ({ ...one, state: "ended" as const }));
    const added: SmartphoneRecord = {
      device,
      state: "valid",
      tokenSerial: world.random
        .fork(`smartphone/${resident.id}/${file.smartphones.length + 1}`)
        .digits(16),
      authSerial: auth.serial,
      signSerial: sign.serial,
    };
    const certificates = { auth, sign };
    const spec: CardSpec = {
      ...cardSpec(world.jpki, resident, card, certificates),
      profile: device,
      atr: SMARTPHONE_ATR,
      tokenSerial: added.tokenSerial,
      pins: DEFAULT_PINS,
    };
    make(spec);
    register.write({ ...file, smartphones: [...ended, added] }, "smartphoneAdded");
    return { resident, holder: asCardHolder(resident), revoked, certificates, spec };
  }

  /** Reported lost by telephone: both certificates of the device are put on hold, for good. */
  lose(ref: ResidentRef): LifeEvent {
    this.#requireDevice(ref);
    const changes = { smartphone: { state: "stopped" } } as const;
    return this.#counter.happen(ref, "smartphoneLost", CONSEQUENCES.smartphoneLost, changes);
  }

  /** 失効申請. Resetting a device without it revokes nothing. */
  giveUp(ref: ResidentRef): LifeEvent {
    this.#requireDevice(ref);
    const changes = { smartphone: { state: "ended" } } as const;
    return this.#counter.happen(ref, "smartphoneGivenUp", CONSEQUENCES.smartphoneGivenUp, changes);
  }

  /** End of the 署名用 certificate an application can be signed with. */
  #applicationCertificate(ref: ResidentRef): Date {
    const { jpki, clock } = this.#counter.world;
    const serial = this.#counter.withCard(ref).card.signSerials.at(-1);
    if (serial === undefined) throw this.#counter.refusal(ref, "has no 署名用 certificate");
    const authority = jpki.authorityOf(serial);
    const { notAfter } = authority.find(serial);
    if (authority.revocation(serial) === undefined && clock.now() <= notAfter) return notAfter;
    throw this.#counter.refusal(ref, "has a 署名用 certificate that is no longer good");
  }

  #requireDevice(ref: ResidentRef): void {
    const device = this.#counter.register.registered(ref).smartphones.at(-1);
    if (device?.state === "valid") return;
    throw this.#counter.refusal(ref, "has no certificates on a smartphone");
  }
}
