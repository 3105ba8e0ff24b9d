/** What カードAP搭載システム has seen. No card number, no content of an application. */
import type { CardApLoaderProfile } from "./profile.ts";

export type CardApLoaderEvent =
  | {
      readonly request: keyof CardApLoaderProfile["paths"];
      readonly operator: string;
      /** A key of the profile's result table. */
      readonly result: keyof CardApLoaderProfile["results"];
      readonly loading?: string;
    }
  /** `error` is a key of the profile's error table. */
  | { readonly request: "refused"; readonly path: string; readonly error: string };

export type CardApLoaderSeen = { readonly at: Date } & CardApLoaderEvent;
