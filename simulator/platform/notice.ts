/**
 * The label every emulated platform carries. The interface documents of MKPF and 地方認証PF are handed
 * out on application only (platform-facts, "five things to know"), so nothing here may pass for the
 * real wire format: each answer says so itself.
 */

/** The two words a reader must meet: `NON-NORMATIVE` and 非規範（実仕様は非公開）. */
export const NOTICE =
  "非規範（実仕様は非公開）: jpki-bench の模擬環境であり、実際の通信仕様ではありません。 / " +
  "NON-NORMATIVE: an emulator of jpki-bench; the real specification is not public.";

/** HTTP header that carries {@link NOTICE_HEADER_VALUE} on every answer, errors included. */
export const NOTICE_HEADER = "x-jpki-bench-notice";

/** Header values are ASCII, so the Japanese half stands in bodies only. */
export const NOTICE_HEADER_VALUE = "NON-NORMATIVE; not the real platform";
