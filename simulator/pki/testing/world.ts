/**
 * What the tests of this folder and its neighbours start from: a stopped clock, one seed, and a key
 * pool that is kept between runs because a key costs 130 ms.
 */
import { fileURLToPath } from "node:url";
import { LabClock } from "../../clock.ts";
import { Random } from "../../random.ts";
import type { ServiceWorld } from "../authority/hierarchy.ts";
import type { CertificateMunicipality } from "../certificate/names.ts";
import { type CertifiedPerson, certifiedText } from "../certificate/personal-data.ts";
import { KeyPool } from "../keys/key-pool.ts";
import { JpkiService, type ServiceOptions } from "../service/service.ts";

const POOL = fileURLToPath(
  new URL("../../../node_modules/.cache/jpki-bench-keys", import.meta.url),
);

/** 2026-08-07, a Friday, 10:00 in Japan. */
export const MORNING = new Date("2026-08-07T01:00:00Z");
export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;

export const AUTH_CA = { kind: "auth", carrier: "card", environment: "test" } as const;

export const CHIYODA: CertificateMunicipality = {
  code: "13101",
  prefecture: "Tokyo-to",
  municipality: "Chiyoda-ku",
};

export const TARO: CertifiedPerson = {
  name: certifiedText("試験　太郎"),
  address: certifiedText("東京都千代田区試験町１丁目２番３号"),
  birthDate: "19900102",
  sex: "1",
};

export const REQUEST = { municipality: CHIYODA, person: TARO, cardExpiry: "20360102" } as const;

export interface TestWorld extends ServiceWorld {
  readonly clock: LabClock;
  readonly pool: KeyPool;
}

export function testWorld(ocspUrl = "http://127.0.0.1:1/ocsp"): TestWorld {
  const pool = new KeyPool(POOL);
  const clock = LabClock.stopped(MORNING);
  return { pool, keys: pool.source(), clock, random: new Random("test"), ocspUrl };
}

export async function testService(
  options: ServiceOptions = {},
): Promise<TestWorld & { readonly jpki: JpkiService }> {
  const world = testWorld();
  return { ...world, jpki: await JpkiService.create(world, options) };
}
