/**
 * Municipalities test residents live in: real codes and names, for the certificates name them, and
 * a district in each that does not exist. Codes are the five digits of 全国地方公共団体コード without
 * the check digit.
 */
import { SimulatorError } from "../errors.ts";
import type { CertificateMunicipality } from "../pki/index.ts";

export interface Municipality extends CertificateMunicipality {
  /** Prefecture and municipality in Japanese, as an address begins. */
  readonly ja: string;
}

export const MUNICIPALITIES: readonly [Municipality, ...Municipality[]] = [
  { code: "13101", prefecture: "Tokyo-to", municipality: "Chiyoda-ku", ja: "東京都千代田区" },
  { code: "01100", prefecture: "Hokkaido", municipality: "Sapporo-shi", ja: "北海道札幌市" },
  { code: "13104", prefecture: "Tokyo-to", municipality: "Shinjuku-ku", ja: "東京都新宿区" },
  { code: "14100", prefecture: "Kanagawa-ken", municipality: "Yokohama-shi", ja: "神奈川県横浜市" },
  { code: "27100", prefecture: "Osaka-fu", municipality: "Osaka-shi", ja: "大阪府大阪市" },
  { code: "28100", prefecture: "Hyogo-ken", municipality: "Kobe-shi", ja: "兵庫県神戸市" },
  { code: "40130", prefecture: "Fukuoka-ken", municipality: "Fukuoka-shi", ja: "福岡県福岡市" },
  { code: "47201", prefecture: "Okinawa-ken", municipality: "Naha-shi", ja: "沖縄県那覇市" },
];

/** @throws SimulatorError PERSONA_UNKNOWN when nobody of this world lives there */
export function municipalityOf(code: string): Municipality {
  const found = MUNICIPALITIES.find((one) => one.code === code);
  if (found !== undefined) return found;
  const known = MUNICIPALITIES.map((one) => `${one.code} ${one.ja}`).join(", ");
  throw new SimulatorError("PERSONA_UNKNOWN", `municipality ${code} is not one of ${known}`);
}

/** An address in the district 試験町, which no municipality has; numbers are full-width. */
export function testAddress(place: Municipality, block: number, lot: number, house: number) {
  const [a, b, c] = [block, lot, house].map(fullWidth);
  return `${place.ja}試験町${a}丁目${b}番${c}号`;
}

function fullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}
