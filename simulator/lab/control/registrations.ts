/** Control API: municipal systems, windows, services and operators that platforms know. */
import { z } from "zod";
import type { ControlledLab } from "./controlled-lab.ts";
import { named } from "./named.ts";
import { operation } from "./operation.ts";

const environment = z.enum(["verification", "production"]).describe("検証環境, 本番環境");
const name = z.string().describe("for people");
const jwk = z.looseObject({ kty: z.string() }).describe("public key, RFC 7517");
const redirectUris = z.array(z.string()).describe("all of one registered domain");

const registered = named("Registered", z.strictObject({ clientId: z.string(), name }));

const access = named(
  "Access",
  z.strictObject({ id: z.string(), secret: z.string().describe("told this once") }),
);

export const registrationOperations = {
  registerMkpfSystem: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/mkpf/:environment/systems",
      ja: "自治体システムをMKPFに登録する（類型①・②）",
      en: "Register a municipal system with MKPF",
      fields: {
        environment,
        name,
        type: z.enum(["mkpf-1", "mkpf-2"]),
        publicJwk: jwk,
        method: z.enum(["ocsp", "crl"]).optional().describe("類型②: the method applied for"),
        redirectUris: redirectUris.default([]),
      },
      answer: registered,
    },
    (lab, { environment: where, ...registration }) =>
      told(lab, lab.mkpf[where].registerSystem(registration)),
  ),
  registerClientSoftware: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/mkpf/:environment/client-software",
      ja: "かざし利用クライアントソフトの利用を登録する",
      en: "Let somebody use the client software of かざし利用",
      fields: {
        environment,
        name,
        edition: z.enum(["extension", "dll", "mobile"]),
        origin: z.string().default("").describe("of the extension: https://library.example.jp"),
        sourceAddresses: z.array(z.string()).optional(),
      },
      answer: named(
        "ClientSoftware",
        z.strictObject({ password: z.string().exactOptional().describe("told this once") }),
      ),
    },
    (lab, { environment: where, edition, origin, sourceAddresses, name: called }) => {
      const sources = sourceAddresses === undefined ? {} : { sourceAddresses };
      const password = lab.mkpf[where].registerClientSoftware(
        edition === "extension"
          ? { edition, name: called, origin, ...sources }
          : { edition, name: called },
      );
      lab.save();
      return password === undefined ? {} : { password };
    },
  ),
  issueAccess: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/localAuthPf/accesses",
      ja: "地方認証PFのアクセス情報を発行する",
      en: "Issue access information of 地方認証PF",
      fields: {
        name,
        method: z.enum(["ocsp", "crl"]),
        kinds: z.array(z.enum(["auth", "sign"])).default(["auth"]),
        smartphone: z.boolean().default(false),
        state: z.enum(["pending", "active"]).default("active"),
      },
      answer: access,
    },
    (lab, { state, ...application }) => {
      const issued = lab.localAuthPf.issueAccess(application);
      lab.localAuthPf.setAccessState(issued.id, state);
      lab.save();
      return issued;
    },
  ),
  setAccessState: operation(
    {
      room: "platforms",
      method: "PUT",
      path: "/platforms/localAuthPf/accesses/:id",
      ja: "アクセス情報を有効にする、停止する",
      en: "Activate access information, or stop it",
      fields: { id: z.string(), state: z.enum(["pending", "active", "stopped"]) },
      answer: named("AccessState", z.strictObject({ id: z.string(), state: z.string() })),
    },
    (lab, { id, state }) => {
      lab.localAuthPf.setAccessState(id, state);
      lab.save();
      return { id, state };
    },
  ),
  registerRelyingParty: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/digitalAuthApp/relying-parties",
      ja: "サービス（RP）をデジタル認証アプリに登録する",
      en: "Register a service (RP) with デジタル認証アプリ",
      fields: {
        name,
        publicJwk: jwk,
        redirectUris,
        signResultJwk: jwk.optional().describe("署名API: what certificates are encrypted to"),
      },
      answer: registered,
    },
    (lab, { signResultJwk, ...registration }) => {
      const wanted =
        signResultJwk === undefined ? registration : { ...registration, signResultJwk };
      return told(lab, lab.digitalAuthApp.registerRelyingParty(wanted));
    },
  ),
  setConsent: operation(
    {
      room: "platforms",
      method: "PUT",
      path: "/platforms/attributeProvision/consents/:resident",
      ja: "4情報提供への同意を与える、撤回する",
      en: "Let somebody consent to being told about, or withdraw it",
      fields: { resident: z.string(), given: z.boolean() },
      answer: named("Consent", z.strictObject({ resident: z.string(), state: z.string() })),
    },
    (lab, { resident, given }) => {
      const { id } = lab.office.file({ id: resident }).resident;
      const { consents } = lab.attributeProvision;
      if (given) consents.give(id);
      else consents.withdraw(id);
      lab.save();
      return { resident: id, state: consents.stateOf(id) };
    },
  ),
  registerLoaderOperator: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/cardApLoader/operators",
      ja: "カードAPの利用団体を登録する（条例、または総務大臣の定め）",
      en: "Register an operator of card applications",
      fields: {
        name,
        municipalityCode: z
          .string()
          .optional()
          .describe("of a municipality with an ordinance; an approval when absent"),
      },
      answer: access,
    },
    (lab, { name: called, municipalityCode }) => {
      const operator = lab.cardApLoader.registerOperator(
        municipalityCode === undefined
          ? { name: called, ground: "approval" }
          : { name: called, ground: "ordinance", municipalityCode },
      );
      lab.save();
      return operator;
    },
  ),
  registerLoaderApplication: operation(
    {
      room: "platforms",
      method: "POST",
      path: "/platforms/cardApLoader/operators/:operator/applications",
      ja: "利用団体のカードAPを登録する",
      en: "Register a card application of an operator",
      fields: {
        operator: z.string(),
        name,
        aid: z.string().describe("5 to 16 bytes, upper-case hexadecimal"),
        files: z.array(
          z.strictObject({
            id: z.int(),
            read: z.enum(["free", "pin"]),
            content: z.string().describe("upper-case hexadecimal"),
          }),
        ),
        pin: z.string().optional(),
        channels: z.array(z.enum(["counter", "kiosk"])).default(["counter"]),
      },
      answer: named("CardApplication", z.strictObject({ operator: z.string(), aid: z.string() })),
    },
    (lab, { operator, ...registration }) => {
      lab.cardApLoader.registerApplication(operator, registration);
      lab.save();
      return { operator, aid: registration.aid };
    },
  ),
};

function told(lab: ControlledLab, { clientId, name: called }: z.infer<typeof registered>) {
  lab.save();
  return { clientId, name: called };
}
