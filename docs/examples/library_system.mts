/**
 * 図書館システムの例 / A library system, as a vendor's own might be: it knows nothing of jpki-bench. Staff
 * terminals talk to it by HTTP and JSON, patrons' displays come back to `/callback` from MKPF 類型①.
 *
 * Names of MKPF are NON-NORMATIVE (非規範): put those of your copy of 連携仕様書 in their place.
 *
 *   npx tsx library_system.mts [PORT]
 */
import { createServer, type IncomingMessage } from "node:http";
import { importJWK, type JWK } from "jose";
import * as oidc from "openid-client";

const PATHS = {
  authorization: "/oauth/authorize",
  token: "/oauth/token",
  jwks: "/oauth/jwks",
  userinfo: "/oauth/userinfo",
  signCertificateStatus: "/api/v1/sign-certificate-status",
};

interface Platform {
  readonly issuer: string;
  readonly clientId: string;
  readonly privateKey: JWK;
  readonly redirectUri: string;
}

type Errand = "touch" | "link" | "enrol";

interface Visit {
  readonly errand: Errand;
  readonly number: string | undefined;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Who it turned out to be. */
  patron?: Patron;
}

interface Patron {
  readonly number: string;
  ppid?: string;
}

/** What the terminal shows: a refusal is an answer like any other. */
class Refusal extends Error {}

let platform: Platform;
let patrons: Patron[] = [];
let loans = new Map<string, Patron>();
let visits = new Map<string, Visit>();

/** 接続設定. The records begin anew: PPIDs of another registration mean nobody here. */
function connect(settings: Platform) {
  platform = settings;
  patrons = [{ number: "20000011" }, { number: "20000022" }];
  loans = new Map();
  visits = new Map();
  return { connected: platform.issuer };
}

/** Made anew for each visit: a rotation of MKPF's keys goes unnoticed. */
async function client() {
  const { issuer, clientId, privateKey } = platform;
  const at = (path: string) => new URL(path, issuer).href;
  const server = {
    issuer,
    authorization_endpoint: at(PATHS.authorization),
    token_endpoint: at(PATHS.token),
    jwks_uri: at(PATHS.jwks),
    userinfo_endpoint: at(PATHS.userinfo),
  };
  const key = (await importJWK(privateKey)) as oidc.CryptoKey;
  const authentication = oidc.PrivateKeyJwt({ key, kid: privateKey.kid ?? "" });
  const metadata = { id_token_signed_response_alg: "ES256" };
  const made = new oidc.Configuration(server, clientId, metadata, authentication);
  if (new URL(issuer).hostname === "127.0.0.1") oidc.allowInsecureRequests(made);
  oidc.enableNonRepudiationChecks(made);
  return made;
}

async function beginVisit({ errand, number }: { errand: Errand; number?: string }) {
  const [state, nonce, codeVerifier] = [
    oidc.randomState(),
    oidc.randomNonce(),
    oidc.randomPKCECodeVerifier(),
  ];
  visits.set(state, { errand, number, nonce, codeVerifier });
  const scope = `openid ppid sign-certificate-status${errand === "enrol" ? " attributes" : ""}`;
  const url = oidc.buildAuthorizationUrl(await client(), {
    redirect_uri: platform.redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    mode: errand === "touch" ? "touch" : "register",
  });
  return { visit: state, url: url.href };
}

async function comeBack(answer: URL) {
  const id = answer.searchParams.get("state") ?? "";
  const visit = visits.get(id);
  if (visit === undefined) throw new Refusal("この端末で始めた手続きではありません。");
  const configuration = await client();
  const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
    expectedState: id,
    expectedNonce: visit.nonce,
    pkceCodeVerifier: visit.codeVerifier,
    idTokenExpected: true,
  });
  const subject = tokens.claims()?.sub ?? "";
  const { ppid } = await oidc.fetchUserInfo(configuration, tokens.access_token, subject);
  visit.patron = patronOf(visit, String(ppid));
  return {
    visit: id,
    patron: visit.patron.number,
    mayHaveChanged: await mayHaveChanged(tokens.access_token, String(ppid)),
  };
}

/** By PPID alone: names and birth dates are shared by many. */
function patronOf({ errand, number }: Visit, ppid: string): Patron {
  const known = patrons.find((patron) => patron.ppid === ppid);
  if (known !== undefined) return known;
  if (errand === "touch") throw new Refusal("未登録です。暗証番号で利用登録をしてください。");
  if (errand === "enrol") {
    const newcomer = { number: String(20_000_033 + patrons.length * 11), ppid };
    patrons.push(newcomer);
    return newcomer;
  }
  const patron = patrons.find((one) => one.number === number);
  if (patron === undefined) throw new Refusal("その利用者番号はありません。");
  patron.ppid = ppid;
  return patron;
}

/** A hint for staff; nobody is turned away for it. */
async function mayHaveChanged(token: string, ppid: string): Promise<boolean> {
  const answer = await fetch(new URL(PATHS.signCertificateStatus, platform.issuer), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ppid }),
  });
  const { result } = (await answer.json()) as { result?: string };
  return result === "MAYBE_CHANGED";
}

function lend({ visit, barcode }: { visit: string; barcode: string }) {
  const patron = visits.get(visit)?.patron;
  if (patron === undefined) throw new Refusal("利用者を確認できていません。");
  if (loans.has(barcode)) throw new Refusal("この資料は貸出中です。");
  loans.set(barcode, patron);
  return { patron: patron.number };
}

function takeBack({ barcode }: { barcode: string }) {
  if (!loans.delete(barcode)) throw new Refusal("この資料は貸し出していません。");
  return { returned: barcode };
}

const UNCHECKED =
  "確認不可：有効性を確認できません。有効とは扱わず、図書館カードで手続きしてください。";

/** By MKPF's reason. */
const REFUSALS: Readonly<Record<string, string>> = {
  CANCELLED: "利用者が手続きを中止しました。",
  CONSENT_DECLINED: "利用者が同意しませんでした。情報は連携されていません。",
  REGISTRATION_REQUIRED: "未登録です。暗証番号で利用登録をしてください。",
  REVOKED: "電子証明書が失効しています。市区町村窓口をご案内ください。",
  EXPIRED: "電子証明書の有効期限が切れています。市区町村窓口をご案内ください。",
};

/** Whatever it was, nothing has been lent and nobody registered. */
function refusalOf(error: unknown) {
  if (error instanceof Refusal) return { refused: "own rule", text: error.message };
  if (!(error instanceof oidc.AuthorizationResponseError)) {
    return { refused: "platform", text: UNCHECKED };
  }
  const reason = error.error_description ?? error.error;
  return { refused: reason, text: REFUSALS[reason] ?? UNCHECKED };
}

async function answerTo(request: IncomingMessage): Promise<object> {
  const url = new URL(request.url ?? "/", platform?.redirectUri ?? "http://127.0.0.1");
  if (url.pathname === "/callback") return comeBack(url);
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
  if (url.pathname === "/platform") return connect(body);
  if (url.pathname === "/visits") return beginVisit(body);
  if (url.pathname === "/loans") return lend(body);
  if (url.pathname === "/returns") return takeBack(body);
  throw new Refusal("この操作はありません。");
}

const server = createServer(async (request, response) => {
  const answer = await answerTo(request).catch(refusalOf);
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
