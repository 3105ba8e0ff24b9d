/**
 * Status words of the My Number card and what they mean to a person, in Japanese and English.
 * Source: card-facts section 4 (JICSAP table 25 as the clients' tables give it), ISO/IEC 7816-4.
 */
import { SimulatorError } from "../errors.ts";

export const SW = {
  OK: 0x9000,
  END_OF_FILE: 0x6282,
  DF_LOCKED: 0x6283,
  VERIFY_FAILED: 0x6300,
  WRONG_LENGTH: 0x6700,
  CHANNEL_NOT_SUPPORTED: 0x6881,
  SECURE_MESSAGING_NOT_SUPPORTED: 0x6882,
  FILE_STRUCTURE: 0x6981,
  SECURITY_STATUS: 0x6982,
  AUTHENTICATION_BLOCKED: 0x6983,
  REFERENCE_DATA_LOCKED: 0x6984,
  CONDITIONS: 0x6985,
  NO_CURRENT_EF: 0x6986,
  SM_OBJECT_MISSING: 0x6987,
  SM_OBJECT_WRONG: 0x6988,
  NO_SM_SESSION: 0x69fc,
  SECURITY_ENVIRONMENT: 0x66f1,
  WRONG_DATA: 0x6a80,
  FUNCTION_NOT_SUPPORTED: 0x6a81,
  FILE_NOT_FOUND: 0x6a82,
  RECORD_NOT_FOUND: 0x6a83,
  NO_SPACE: 0x6a84,
  WRONG_P1P2: 0x6a86,
  LC_AGAINST_P1P2: 0x6a87,
  REFERENCE_NOT_FOUND: 0x6a88,
  OFFSET: 0x6b00,
  INS_NOT_SUPPORTED: 0x6d00,
  CLA_NOT_SUPPORTED: 0x6e00,
  NO_DIAGNOSIS: 0x6f00,
} as const;

export interface Meaning {
  readonly ja: string;
  readonly en: string;
}

const MEANINGS: Readonly<Record<number, Meaning>> = {
  36864: { ja: "正常終了", en: "success" },
  25217: { ja: "出力データに異常の可能性", en: "returned data may be corrupted" },
  25218: { ja: "ファイルの終わりに達した", en: "end of file reached" },
  25219: { ja: "DFが閉塞している", en: "DF is locked" },
  25344: { ja: "照合不一致", en: "verification failed" },
  25473: { ja: "ファイルに空きがない", en: "file is full" },
  25600: { ja: "実行エラー（状態変化なし）", en: "execution error, state unchanged" },
  25985: { ja: "メモリ書込みの失敗", en: "memory failure" },
  26353: { ja: "セキュリティ環境が設定されていない", en: "security environment not set" },
  26368: { ja: "Lc/Leの誤り", en: "wrong length (Lc or Le)" },
  26753: { ja: "論理チャネルは使えない", en: "logical channel not supported" },
  26754: { ja: "セキュアメッセージングは使えない", en: "secure messaging not supported" },
  27009: { ja: "ファイル構造が合わない", en: "command does not fit the file structure" },
  27010: {
    ja: "セキュリティ条件を満たしていない（PIN未照合）",
    en: "security status not satisfied",
  },
  27011: { ja: "認証方法が閉塞している", en: "authentication method blocked" },
  27012: { ja: "PINが閉塞している", en: "reference data is locked" },
  27013: { ja: "使用条件を満たしていない", en: "conditions of use not satisfied" },
  27014: { ja: "カレントEFがない", en: "no current EF" },
  27015: { ja: "SMデータオブジェクトがない", en: "secure messaging object missing" },
  27016: { ja: "SMデータオブジェクトの誤り", en: "secure messaging object incorrect" },
  27132: { ja: "SMセッションがない", en: "no secure messaging session" },
  27264: { ja: "データ部の誤り", en: "wrong data" },
  27265: { ja: "機能が使えない", en: "function not supported" },
  27266: { ja: "ファイルまたはAPがない", en: "file or application not found" },
  27267: { ja: "レコードがない", en: "record not found" },
  27268: { ja: "メモリ容量の不足", en: "not enough memory" },
  27269: { ja: "LcがTLV構造と合わない", en: "Lc does not fit the TLV structure" },
  27270: { ja: "P1/P2の誤り", en: "wrong P1 or P2" },
  27271: { ja: "LcがP1/P2と合わない", en: "Lc does not fit P1 and P2" },
  27272: { ja: "参照データがない", en: "referenced data not found" },
  27392: { ja: "オフセットが範囲外", en: "offset outside the file" },
  27904: { ja: "INSが未対応", en: "instruction not supported" },
  28160: { ja: "CLAが未対応", en: "class not supported" },
  28416: { ja: "自己診断異常", en: "no precise diagnosis" },
};

/** Tries left as told by `63CX`, or undefined for any other status. */
export function triesLeft(sw: number): number | undefined {
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : undefined;
}

/**
 * The status that tells `tries` tries are left.
 *
 * @throws SimulatorError APDU_INVALID unless it is 0 to 15, which is all that four bits can tell
 */
export function triesLeftStatus(tries: number): number {
  if (!Number.isInteger(tries) || tries < 0 || tries > 15) {
    throw new SimulatorError("APDU_INVALID", `${tries} tries do not fit into 63CX`);
  }
  return 0x63c0 | tries;
}

export function describeStatus(sw: number): Meaning {
  const left = triesLeft(sw);
  if (left !== undefined) {
    return {
      ja: `残り${left}回`,
      en: left === 1 ? "1 try left" : `${left} tries left`,
    };
  }
  return MEANINGS[sw] ?? { ja: "未知の応答", en: "unknown status" };
}
