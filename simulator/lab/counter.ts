/**
 * 市区町村窓口 with the card on the table: what happens in a resident's life changes the register, the
 * certificates and the card in one act (card-facts section 8). What the world can see of it, and
 * when, is a matter of publication.
 *
 * The world can be written down, and the process killed, at any moment between two of its steps, so a
 * card is made before the register knows of it, and changed only after the register, with its
 * certificates, has been written down. A card may lag behind; it is never missing, and never carries a
 * certificate its CA does not know.
 *
 * A card that was lost or has ended is not on the table and stays as it is; one that is found again
 * gets what it missed.
 *
 * UNVERIFIED: which files a real counter rewrites. Here it is all of both 券面 applications on a change
 * of the face, and all of the JPKI application but its PINs on a renewal.
 */
import {
  type CardImage,
  type CardSpec,
  clearFreeArea,
  type HolderPin,
  presign,
  rewriteCertificates,
  rewriteFace,
  type SimulatedCard,
  unblockPin,
  VISUAL,
  VISUAL_AID,
} from "../card/index.ts";
import type { Clock } from "../clock.ts";
import { equal } from "../iso7816/index.ts";
import type { CertificateKind } from "../pki/index.ts";
import {
  type Correction,
  type Device,
  hasEnded,
  type LifeEvent,
  type MunicipalOffice,
  type NewCertificates,
  type Renewal,
  type ResidentRef,
} from "../residents/index.ts";
import { type CardBox, type LabCard, nextCardId, nextSmartphoneId } from "./card-box.ts";
import type { CardIssuer } from "./issuer.ts";
import { keysOnCard } from "./keys-on-card.ts";

export interface CounterParts {
  readonly clock: Clock;
  readonly office: MunicipalOffice;
  readonly issuer: CardIssuer;
  readonly cards: CardBox;
  /** Writes the world down after each act. */
  save(): void;
}

/** Everything throws SimulatorError RESIDENT_UNKNOWN and RESIDENT_REFUSED. */
export class LabCounter {
  readonly #parts: CounterParts;

  constructor(parts: CounterParts) {
    this.#parts = parts;
  }

  /** 交付: the first card, or one in the place of another. */
  async handOut(ref: ResidentRef): Promise<LabCard> {
    const { office, issuer, cards } = this.#parts;
    const make = async (spec: CardSpec) => {
      const whole = issuer.equip(spec, await issuer.drawKeys());
      await presign(whole);
      cards.make(nextCardId(office.file(ref)), whole);
    };
    await office.issueCard(ref, { make });
    return this.#saved(cards.card(office.file(ref)));
  }

  /**
   * 転居 or 転入: the face says the new address, the 署名用 certificate is revoked and stays on the card,
   * and on moving to another municipality 地域住民向け領域 is deleted.
   *
   * @param to five digits of the new municipality; within the same one when absent
   */
  move(ref: ResidentRef, to?: string): LifeEvent {
    return this.#withFace(ref, this.#parts.office.move(ref, to));
  }

  /** 氏名変更. @param name another family name before the same given name, when absent */
  rename(ref: ResidentRef, name?: string): LifeEvent {
    return this.#withFace(ref, this.#parts.office.rename(ref, name));
  }

  /** 記載の修正. */
  correct(ref: ResidentRef, correction: Correction): LifeEvent {
    return this.#withFace(ref, this.#parts.office.correct(ref, correction));
  }

  /** 紛失: the card is out of reach from now on. */
  lose(ref: ResidentRef): LifeEvent {
    return this.#saved(this.#parts.office.lose(ref));
  }

  /** 発見: the face says what has changed since the card was lost. */
  find(ref: ResidentRef): LifeEvent {
    return this.#withFace(ref, this.#parts.office.find(ref));
  }

  /** 失効申請. The certificate stays on the card. */
  giveUp(ref: ResidentRef, kind: CertificateKind): LifeEvent {
    return this.#saved(this.#parts.office.giveUp(ref, kind));
  }

  /** 死亡. Nobody brings the card. */
  die(ref: ResidentRef): LifeEvent {
    return this.#saved(this.#parts.office.die(ref));
  }

  /** 国外転出: 地域住民向け領域 is deleted. */
  emigrate(ref: ResidentRef): LifeEvent {
    const card = this.#onTheTable(ref);
    const happened = this.#saved(this.#parts.office.emigrate(ref));
    card?.alter((image) => clearFreeArea(image));
    return happened;
  }

  /** 更新: new certificates and keys on the same card, PINs and their counts as they were. */
  async renew(ref: ResidentRef): Promise<Renewal> {
    return this.#withCertificates(ref, await this.#parts.office.renew(ref));
  }

  /** 署名用電子証明書の再発行, after a move for example. */
  async reissueSign(ref: ResidentRef): Promise<Renewal> {
    return this.#withCertificates(ref, await this.#parts.office.reissueSign(ref));
  }

  /**
   * 暗証番号の初期化: restores the tries and, when `value` is given, sets the PIN anew.
   *
   * @throws SimulatorError CARD_COUNTER_REFUSED, see `unblockPin`
   */
  unblock(card: LabCard, pin: HolderPin, value?: string): void {
    card.card.alter((image) => unblockPin(image, pin, value));
  }

  /** スマホ用電子証明書 on a device; those on an earlier one are superseded. */
  async addSmartphone(ref: ResidentRef, device: Device): Promise<LabCard> {
    const { office, cards } = this.#parts;
    await office.smartphones.add(ref, device, (spec) =>
      cards.make(nextSmartphoneId(office.file(ref)), spec),
    );
    return this.#saved(cards.smartphone(office.file(ref)));
  }

  loseSmartphone(ref: ResidentRef): LifeEvent {
    return this.#saved(this.#parts.office.smartphones.lose(ref));
  }

  giveUpSmartphone(ref: ResidentRef): LifeEvent {
    return this.#saved(this.#parts.office.smartphones.giveUp(ref));
  }

  #withFace(ref: ResidentRef, happened: LifeEvent): LifeEvent {
    this.#parts.save();
    this.#onTheTable(ref)?.alter((image) => {
      const fresh = rewriteFace(image, this.#spec(ref, image));
      return namesSamePlace(image, fresh) ? fresh : clearFreeArea(fresh);
    });
    return happened;
  }

  #withCertificates(ref: ResidentRef, renewal: Renewal): Renewal {
    this.#parts.save();
    this.#onTheTable(ref)?.alter((image) =>
      rewriteCertificates(image, this.#spec(ref, image, renewal.certificates)),
    );
    return renewal;
  }

  /** The card in the holder's hand, if it can be used. */
  #onTheTable(ref: ResidentRef): SimulatedCard | undefined {
    const { office, cards, clock } = this.#parts;
    const file = office.file(ref);
    const card = file.cards.at(-1);
    if (card?.state !== "valid" || hasEnded(card, clock)) return undefined;
    return cards.card(file).card;
  }

  /** What the register would have on the card, with the keys it has or is about to get. */
  #spec(ref: ResidentRef, image: CardImage, { auth, sign }: NewCertificates = {}): CardSpec {
    const { office, issuer } = this.#parts;
    const onCard = keysOnCard(image);
    const signKey = sign?.privateKey ?? onCard.sign;
    const spec = office.presentCard(ref, {
      auth: auth?.privateKey ?? onCard.auth,
      ...(signKey && { sign: signKey }),
    });
    return issuer.equip({ ...spec, atr: image.atr, quirks: image.quirks }, onCard);
  }

  #saved<T>(result: T): T {
    this.#parts.save();
    return result;
  }
}

/** Whether the 券面 of both says the same municipality: nothing else of this file ever changes. */
function namesSamePlace(before: CardImage, after: CardImage): boolean {
  return equal(visualInformation(before), visualInformation(after));
}

function visualInformation(image: CardImage): Uint8Array {
  const file = image.applications
    .find(({ aid }) => equal(aid, VISUAL_AID))
    ?.files.find(({ id }) => id === VISUAL.basicInformation);
  return file?.kind === "transparent" ? file.content : new Uint8Array(0);
}
