/**
 * スマホ用電子証明書 (card-facts section 9): applied for with the card's 署名用 certificate, one device a
 * person, and over when the card's certificates are.
 */
import { jstDay } from "../pki/index.ts";
import { applyConsequences, certify } from "./certify.ts";
import type { Counter, LifeEvent, Renewal } from "./counter.ts";
import type { Device, SmartphoneRecord } from "./device.ts";
import { CONSEQUENCES } from "./reasons.ts";
import type { ResidentRef } from "./register.ts";
import { asCardHolder } from "./resident.ts";

export class SmartphoneDesk {
  readonly #counter: Counter;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /**
   * Puts certificates on a device; those on an earlier one are superseded. They last as long as the
   * card's 署名用 certificate, which the application is signed with.
   *
   * @throws SimulatorError RESIDENT_REFUSED without a card whose 署名用 certificate is good
   */
  async add(ref: ResidentRef, device: Device): Promise<Renewal> {
    const { world, register } = this.#counter;
    const { resident } = this.#counter.withCard(ref);
    const lastDay = jstDay(this.#applicationCertificate(ref));
    const auth = await certify(await world.jpki.ensure("auth", "smartphone"), resident, lastDay);
    const sign = await certify(await world.jpki.ensure("sign", "smartphone"), resident, lastDay);
    const file = register.registered(ref);
    const revoked = applyConsequences(world.jpki, file, CONSEQUENCES.smartphoneReplaced);
    const ended = file.smartphones.map((one) => ({ ...one, state: "ended" as const }));
    const added: SmartphoneRecord = {
      device,
      state: "valid",
      authSerial: auth.serial,
      signSerial: sign.serial,
    };
    register.write({ ...file, smartphones: [...ended, added] }, "smartphoneAdded");
    return { resident, holder: asCardHolder(resident), revoked, certificates: { auth, sign } };
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
