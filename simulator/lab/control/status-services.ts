/**
 * Control API: how the status services work, OCSP and lists: who may ask, how answers are signed, how
 * long lists are, and when everything rests (platform-facts 5.1, 5.2 and 5.7).
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { MAX_PADDING, sundayMaintenance } from "../../pki/index.ts";
import { certificateKind } from "../rows.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const settings = named(
  "CaSettings",
  z.strictObject({
    access: z
      .enum(["open", "registered"])
      .describe("who may ask OCSP and fetch lists: anybody, or registered verifiers"),
    signing: z
      .enum(["live", "preSigned"])
      .describe("OCSP answers signed for each request, or ahead of time without a nonce"),
    padding: z
      .int()
      .min(0)
      .max(MAX_PADDING)
      .describe("made-up revocations that lists of cards have besides the true ones"),
  }),
);

const verifier = named(
  "Verifier",
  z.strictObject({
    name: z.string(),
    kinds: z.array(certificateKind).min(1).describe("署名検証者: sign, 利用者証明検証者: auth"),
    token: z.string().describe("to be sent as `Authorization: Bearer TOKEN`"),
  }),
);

const maintenance = named("Maintenance", z.strictObject({ from: moment, until: moment }));

export const statusServiceOperations = {
  getCaSettings: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/settings",
      ja: "失効情報サービスの設定",
      en: "How the status services work at present",
      answer: settings,
    },
    settingsOf,
  ),
  setCaSettings: operation(
    {
      room: "ca",
      method: "PUT",
      path: "/ca/settings",
      ja: "失効情報サービスの設定を変える",
      en: "Let the status services work otherwise; what is not named stays",
      fields: settings.partial().shape,
      answer: settings,
    },
    (lab, { access, signing, padding }) => {
      if (access !== undefined) lab.jpki.access = access;
      if (signing !== undefined) lab.jpki.signing = signing;
      if (padding !== undefined) pad(lab, padding);
      lab.save();
      return settingsOf(lab);
    },
  ),
  listVerifiers: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/verifiers",
      ja: "届け出た検証者の一覧",
      en: "Verifiers that are registered",
      answer: z.array(verifier),
    },
    ({ jpki }) => jpki.verifiers.all.map((one) => ({ ...one, kinds: [...one.kinds] })),
  ),
  registerVerifier: operation(
    {
      room: "ca",
      method: "POST",
      path: "/ca/verifiers",
      ja: "署名検証者・利用者証明検証者を登録する",
      en: "Register a verifier for one kind of certificates or both",
      fields: { name: verifier.shape.name, kinds: verifier.shape.kinds },
      answer: verifier,
    },
    (lab, { name, kinds }) => {
      const { token } = lab.jpki.verifiers.register(name, kinds);
      lab.save();
      return { name, kinds, token };
    },
  ),
  listMaintenance: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/maintenance",
      ja: "失効情報サービスの計画停止の一覧",
      en: "Planned outages of the status services",
      answer: z.array(maintenance),
    },
    maintenanceRows,
  ),
  planMaintenance: operation(
    {
      room: "ca",
      method: "POST",
      path: "/ca/maintenance",
      ja: "失効情報サービスを計画停止する（指定しなければ次の日曜3時〜4時）",
      en: "Plan an outage of the status services; next Sunday, 03:00 to 04:00 in Japan, unless said otherwise",
      fields: { from: moment.optional(), until: moment.optional() },
      answer: z.array(maintenance),
    },
    (lab, asked) => {
      const usual = sundayMaintenance(lab.clock);
      const from = asked.from === undefined ? usual.from : new Date(asked.from);
      const until = asked.until === undefined ? usual.until : new Date(asked.until);
      if (until <= from) {
        throw new SimulatorError("CONTROL_INVALID", "an outage ends after it has begun");
      }
      lab.jpki.maintenance.push({ from, until });
      lab.save();
      return maintenanceRows(lab);
    },
  ),
  cancelMaintenance: operation(
    {
      room: "ca",
      method: "DELETE",
      path: "/ca/maintenance",
      ja: "計画停止をすべて取り消す",
      en: "Cancel all planned outages",
      answer: z.array(maintenance),
    },
    (lab) => {
      lab.jpki.maintenance.length = 0;
      lab.save();
      return maintenanceRows(lab);
    },
  ),
};

function settingsOf({ jpki }: ControlledLab) {
  return { access: jpki.access, signing: jpki.signing, padding: jpki.auth.padding };
}

/** A list of another length is another list, and has a number of its own. */
function pad({ jpki }: ControlledLab, padding: number): void {
  for (const publication of [jpki.auth, jpki.sign]) publication.padding = padding;
  jpki.publishNow();
}

function maintenanceRows({ jpki }: ControlledLab) {
  return jpki.maintenance.map(({ from, until }) => ({
    from: from.toISOString(),
    until: until.toISOString(),
  }));
}
