/**
 * THE PAGE API: what a page of a municipal system loads to use かざし利用クライアントソフト through the
 * browser extension. All else (extension, native host, reader) is behind it.
 *
 * ```js
 * import { kazashi } from "/client-software/kazashi.js"; // the files of `pageFiles()`, served
 *
 * await kazashi.detect();                             // { version } or NOT_INSTALLED within 2 s
 *
 * // Registration, with PIN; the extension asks for it in a window of its own:
 * const at = { use: "registration", place: "faceToFace" };
 * const { certificate } = await kazashi.certificate(at);            // Base64 DER, no PIN
 * const { signature } = await kazashi.authenticate(at, challenge);  // Base64 in, Base64 out
 * const { name, address, birthDate, sex } = await kazashi.attributes(at);
 *
 * // かざし利用, without PIN: `lookUp` asks the server for the 生年月日PIN of a registered certificate
 * const certificate = await kazashi.touch({ place: "faceToFace" }, async (certificate) => "020304");
 * ```
 *
 * Every method rejects with a `ClientSoftwareError`: `reason` (a key of `GUIDANCE`), `guidance` with
 * what to tell the person in `ja` and `en`, `details.triesLeft` after a wrong PIN. A rejected request
 * is over: nothing is repeated by itself.
 *
 * Under the API (profile.ts has the names) a request is JSON text in the `detail` of a DOM event on
 * `document`, with an `id` that its answer carries back in the same way; a script that has only ES5
 * (Edge's IE mode, KZ-15) can speak that itself.
 */
import { fromWire, toWire } from "../../platform/wire-names.ts";
import { decodeAnswer } from "../answer.ts";
import { ClientSoftwareError } from "../error.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import { type CardRequest, encodeRequest, objectOf, type Wire } from "../request.ts";
import type { Circumstances } from "../software.ts";
import { type RegistrationLookup, touch } from "../touch.ts";
import { type DocumentLike, tell } from "./browser.ts";
import { requireVersion } from "./versions.ts";

export interface PageAttributes {
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD. */
  readonly birthDate: string;
  /** ISO/IEC 5218. */
  readonly sex: string;
}

export interface Kazashi {
  /**
   * Whether the extension is there, and new enough. The other methods do this first.
   *
   * @throws ClientSoftwareError notInstalled, extensionOutdated
   */
  detect(): Promise<{ readonly version: string }>;
  /** 公的個人認証AP (a), Base64 DER. */
  certificate(at: Circumstances): Promise<{ readonly certificate: string }>;
  /** 公的個人認証AP (b). @param challenge Base64 of 16 to 1024 random bytes from the server */
  authenticate(at: Circumstances, challenge: string): Promise<{ readonly signature: string }>;
  /** 券面事項入力補助AP. */
  attributes(at: Circumstances): Promise<PageAttributes>;
  /** 券面事項確認AP. @param birthDateKey 生年月日PIN, YYMMDD with the year of the Japanese era */
  authenticity(at: Circumstances, birthDateKey: string): Promise<{ readonly genuine: boolean }>;
  /** かざし利用 as a whole. @returns Base64 DER of a genuine card's certificate */
  touch(at: Pick<Circumstances, "place">, lookUp: RegistrationLookup<string>): Promise<string>;
}

export interface PageOptions {
  readonly profile: ClientSoftwareProfile;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

export function kazashiOn(document: DocumentLike, { profile, wait }: PageOptions): Kazashi {
  let last = 0;

  const detect = async () => {
    const version = await markedVersion(document, profile, wait);
    requireVersion(version, profile.versions.extensionNeeded, "extensionOutdated");
    return { version };
  };

  const ask = async (request: CardRequest) => {
    await detect();
    last += 1;
    return decodeAnswer(profile, await exchange(document, profile, request, `request-${last}`));
  };

  const certificate: Kazashi["certificate"] = async (at) => {
    const { certificate } = await ask({ ...plain(at), operation: "certificate" });
    return { certificate: require(certificate) };
  };

  const authenticity: Kazashi["authenticity"] = async (at, birthDateKey) => {
    const { genuine } = await ask({ ...plain(at), operation: "authenticity", birthDateKey });
    return { genuine: genuine === true };
  };

  return {
    detect,
    certificate,
    authenticate: async (at, challenge) => {
      const { signature } = await ask({ ...plain(at), operation: "authenticate", challenge });
      return { signature: require(signature) };
    },
    attributes: async (at) => {
      const read = await ask({ ...plain(at), operation: "attributes" });
      return {
        name: require(read.name),
        address: require(read.address),
        birthDate: require(read.birthDate),
        sex: require(read.sex),
      };
    },
    authenticity,
    touch: ({ place }, lookUp) => {
      const at = { use: "touch", place } as const;
      const card = {
        certificate: async () => (await certificate(at)).certificate,
        proveGenuine: async (key: string) => (await authenticity(at, key)).genuine,
      };
      return touch(card, lookUp);
    },
  };
}

function plain({ use, place }: Circumstances): Circumstances {
  return { use, place };
}

function require(text: string | undefined): string {
  if (text !== undefined) return text;
  throw new ClientSoftwareError("requestInvalid");
}

async function markedVersion(
  document: DocumentLike,
  { page, rules }: ClientSoftwareProfile,
  wait: PageOptions["wait"],
): Promise<string> {
  const marked = () => document.getElementById(page.marker)?.getAttribute(page.version);
  const version = marked();
  if (version) return version;
  await new Promise<void>((resolve) => {
    document.addEventListener(page.ready, () => resolve());
    void wait(rules.detectionMilliseconds).then(resolve);
  });
  const late = marked();
  if (late) return late;
  throw new ClientSoftwareError("notInstalled");
}

function exchange(
  document: DocumentLike,
  profile: ClientSoftwareProfile,
  request: CardRequest,
  id: string,
): Promise<Wire> {
  const { page, requestFields, answerFields } = profile;
  return new Promise((resolve) => {
    const listen = ({ detail }: { readonly detail?: unknown }) => {
      const wire = objectOf(JSON.parse(String(detail)));
      if (fromWire(answerFields, wire).id !== id) return;
      document.removeEventListener(page.answer, listen);
      resolve(wire);
    };
    document.addEventListener(page.answer, listen);
    const wire = { ...encodeRequest(profile, request), ...toWire(requestFields, { id }) };
    tell(document, page.request, JSON.stringify(wire));
  });
}
