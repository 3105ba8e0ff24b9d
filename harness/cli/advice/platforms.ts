/** Advice on platforms and on the systems that ask them. */
import { type AdviceTable, environment, failed, usage } from "./kinds.ts";

export const PLATFORMS = {
  PLATFORM_UNREACHABLE: environment(
    "接続先のURLとネットワークを確認してください。",
    "Check the platform's address and the network.",
  ),
  PLATFORM_REFUSED: failed(
    "識別情報（client id・鍵）と環境（検証／本番）の組合せを確認してください。",
    "Check that the credentials belong to this environment (verification or production).",
  ),
  PLATFORM_CREDENTIALS: environment(
    "示された環境変数に検証環境の識別情報を設定してください（設定ファイルには書きません）。",
    "Set the variables named to the staging environment's credentials; they stay out of the configuration.",
  ),
  PLATFORM_PROTOCOL: failed(
    "プロファイルの項目名が接続先と合っているか確認してください。",
    "Check that the profile's names fit the platform.",
  ),
  RELYING_PARTY_INVALID: usage(
    "relyingParty.driver のモジュールを直してください（必要な関数は SystemsDriver の型を参照）。",
    "Correct the module named by relyingParty.driver; the type SystemsDriver says what it makes.",
  ),
  RELYING_PARTY_FAILED: failed(
    "試験対象システムとそのドライバーのログを確認してください。",
    "See the log of the system under test, and that of its driver.",
  ),
} as const satisfies AdviceTable;
