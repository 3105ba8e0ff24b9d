/**
 * Kinds of people a municipal system has to cope with. A resident is made from one of these; every
 * name says that it is a test (試験).
 */
import { SimulatorError } from "../errors.ts";
import type { Device } from "./device.ts";

export interface Persona {
  readonly id: string;
  readonly title: { readonly ja: string; readonly en: string };
  /** Names to choose from, family and given name separated by U+3000. */
  readonly names: readonly [string, ...string[]];
  /** Age in completed years on the day of registration. */
  readonly age: number;
  /** ISO/IEC 5218. */
  readonly sex: "0" | "1" | "2" | "9";
  /** Day and month of birth, MMDD, where it matters. */
  readonly birthday?: string;
  /** 通称, of a foreign resident. */
  readonly alias?: string;
  /** Years until the period of stay ends, which ends the card. */
  readonly stay?: number;
  /** Which character stands for which in a certificate that cannot hold it. */
  readonly substitutes?: Readonly<Record<string, string>>;
  /** What is unusual about the card. */
  readonly card?: PeculiarCard;
  /** What has happened since the card was handed out, in this order. */
  readonly since?: readonly Aftermath[];
  /** A device with certificates, which this person shows in the place of the card. */
  readonly smartphone?: Device;
}

/**
 * `pinless`: 顔認証マイナンバーカード, whose holder has set no PIN and has no 署名用 certificate.
 * `ended`: the first card has run out, and nobody came for another.
 */
export type PeculiarCard = "pinless" | "ended";

export type Aftermath = "moved" | "renamed" | "renewed";

const LONG_GIVEN_NAME = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末";

export const PERSONAS: readonly Persona[] = [
  {
    id: "adult",
    title: { ja: "大人", en: "adult" },
    names: ["試験　太郎", "試験　次郎", "試験　三郎"],
    age: 36,
    sex: "1",
  },
  {
    id: "child",
    title: { ja: "15歳未満（署名用電子証明書なし）", en: "under 15, no 署名用 certificate" },
    names: ["試験　はな", "試験　ゆい", "試験　あおい"],
    age: 9,
    sex: "2",
  },
  {
    id: "elder",
    title: { ja: "高齢者（昭和生まれ）", en: "elder, born in 昭和" },
    names: ["試験　ハナ", "試験　キヨ", "試験　トメ"],
    age: 84,
    sex: "2",
  },
  {
    id: "youth",
    title: { ja: "15歳（署名用電子証明書あり）", en: "aged 15, with a 署名用 certificate" },
    names: ["試験　翔", "試験　蓮"],
    age: 15,
    sex: "1",
  },
  {
    id: "foreign",
    title: { ja: "外国人住民（通称あり）", en: "foreign resident with an alias" },
    names: ["SHIKEN　MARIA TESUTO", "SHIKEN　ANNA TESUTO"],
    age: 41,
    sex: "2",
    alias: "試験　マリア",
    stay: 3,
  },
  {
    id: "long-name",
    title: { ja: "長い氏名", en: "long name" },
    names: [`試験寿限無　${LONG_GIVEN_NAME}`],
    age: 52,
    sex: "1",
  },
  {
    id: "gaiji",
    title: { ja: "外字を含む氏名（代替文字）", en: "name with characters certificates lack" },
    names: ["𠮷田試験　髙太郎"],
    age: 47,
    sex: "1",
    substitutes: { 𠮷: "吉", 髙: "高" },
  },
  {
    id: "leap-day",
    title: { ja: "2月29日生まれ", en: "born on 29 February" },
    names: ["試験　うるう"],
    age: 34,
    sex: "9",
    birthday: "0229",
  },
  {
    id: "pinless",
    title: { ja: "顔認証マイナンバーカード（暗証番号なし）", en: "card without PINs" },
    names: ["試験　タツ", "試験　ミツ"],
    age: 88,
    sex: "2",
    card: "pinless",
  },
  {
    id: "expired",
    title: { ja: "有効期限切れのカード", en: "card that has run out" },
    names: ["試験　失太", "試験　効次"],
    age: 45,
    sex: "1",
    card: "ended",
  },
  {
    id: "moved",
    title: { ja: "転入後（署名用電子証明書は失効）", en: "moved here, 署名用 certificate revoked" },
    names: ["試験　移", "試験　巡"],
    age: 29,
    sex: "1",
    since: ["moved"],
  },
  {
    id: "renamed",
    title: {
      ja: "氏名変更後（署名用電子証明書は失効）",
      en: "renamed, 署名用 certificate revoked",
    },
    names: ["試験　結子", "試験　縁"],
    age: 31,
    sex: "2",
    since: ["renamed"],
  },
  {
    id: "renewed",
    title: { ja: "電子証明書の更新後", en: "certificates renewed on the same card" },
    names: ["試験　更", "試験　新"],
    age: 40,
    sex: "1",
    since: ["renewed"],
  },
  {
    id: "android",
    title: { ja: "スマホ用電子証明書（Android）", en: "certificates on an Android smartphone" },
    names: ["試験　携太", "試験　帯次"],
    age: 27,
    sex: "1",
    smartphone: "android",
  },
  {
    id: "iphone",
    title: { ja: "iPhoneのマイナンバーカード", en: "certificates on an iPhone" },
    names: ["試験　電子", "試験　話子"],
    age: 25,
    sex: "2",
    smartphone: "iphone",
  },
];

/** @throws SimulatorError PERSONA_UNKNOWN, with the names that exist */
export function personaOf(id: string): Persona {
  const found = PERSONAS.find((persona) => persona.id === id);
  if (found !== undefined) return found;
  const known = PERSONAS.map((persona) => persona.id).join(", ");
  throw new SimulatorError("PERSONA_UNKNOWN", `"${id}" is no persona; there are ${known}`);
}
