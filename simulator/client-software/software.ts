/**
 * The software itself, as a library: stand-in for the Windows DLL and the mobile library, and the core
 * of the browser edition's native host (platform-facts section 3). Three functional interfaces and
 * nothing else: no 署名用 certificate, no 署名用 key, no images of the card's face.
 */
import { ClientSoftwareError } from "./error.ts";
import { requirePermitted } from "./policy.ts";
import type { AdmissionDesk, CardDesk, Client } from "./ports.ts";
import type { Place, Use } from "./request.ts";
import type { Withheld } from "./withheld.ts";

export interface SoftwareOptions {
  readonly client: Client;
  readonly admission: AdmissionDesk;
  readonly desk: CardDesk;
}

/** Where the person is, and whether they register (with PIN) or touch (without). */
export interface Circumstances {
  readonly use: Use;
  readonly place: Place;
}

/** Shortest and longest random number a card is made to sign, in bytes. UNVERIFIED: not public. */
const CHALLENGE = { min: 16, max: 1024 };

/**
 * @example
 * const software = await ClientSoftware.initialise({
 *   client: { edition: "dll", password: new Withheld("…") }, admission, desk,
 * });
 * const certificate = await software.certificate({ use: "registration", place: "faceToFace" });
 */
export class ClientSoftware {
  readonly #desk: CardDesk;

  private constructor(desk: CardDesk) {
    this.#desk = desk;
  }

  /**
   * @throws ClientSoftwareError originNotRegistered, sourceNotRegistered, passwordMissing,
   *   passwordWrong or mkpfUnreachable; no reader has been touched then
   */
  static async initialise({ client, admission, desk }: SoftwareOptions): Promise<ClientSoftware> {
    const doubt = await admission(client);
    if (doubt !== undefined) throw new ClientSoftwareError(doubt);
    return new ClientSoftware(desk);
  }

  /** 公的個人認証AP (a): DER of the 利用者証明用 certificate. @throws ClientSoftwareError */
  async certificate(circumstances: Circumstances): Promise<Uint8Array> {
    requirePermitted(circumstances);
    return this.#desk((card) => card.certificate());
  }

  /** 公的個人認証AP (b): the random number, signed with the PIN. @throws ClientSoftwareError */
  async authenticate(
    circumstances: Circumstances,
    pin: Withheld,
    challenge: Uint8Array,
  ): Promise<Uint8Array> {
    requirePermitted(circumstances);
    requirePin(pin);
    if (challenge.length < CHALLENGE.min || challenge.length > CHALLENGE.max) {
      throw new ClientSoftwareError("requestInvalid");
    }
    return this.#desk((card) => card.authenticate(pin, challenge));
  }

  /** 券面事項入力補助AP: 4情報. Never log the result. @throws ClientSoftwareError */
  async attributes(circumstances: Circumstances, pin: Withheld) {
    requirePermitted(circumstances);
    requirePin(pin);
    return this.#desk((card) => card.attributes(pin));
  }

  /** 券面事項確認AP: result of the internal authentication. @throws ClientSoftwareError */
  async proveGenuine(circumstances: Circumstances, birthDateKey: Withheld): Promise<boolean> {
    requirePermitted(circumstances);
    if (!/^\d{6}$/.test(birthDateKey.reveal())) throw new ClientSoftwareError("requestInvalid");
    return this.#desk((card) => card.proveGenuine(birthDateKey));
  }
}

/** Refuses what cannot be a PIN before any card is asked to compare it. */
function requirePin(pin: Withheld): void {
  if (!/^\d{4}$/.test(pin.reveal())) throw new ClientSoftwareError("pinFormat");
}
