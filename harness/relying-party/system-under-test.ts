/**
 * How a scenario drives a system under test: a library, a window or a portal, whoever made it. The
 * built-in ones are driven by their pages (`builtIn…`); a vendor writes the same few methods over the
 * pages or the interface of his own and puts it in their place.
 */
import type { Secret } from "../card/index.ts";

/**
 * Whoever sits at the browser while it is away at a platform: reads the card, types, agrees or not.
 *
 * @param away where the system sent the browser
 * @returns where the platform sent it back to
 */
export type Excursion = (away: URL) => Promise<URL>;

/** It came to nothing. `reason` is the system's own word for why; `text` is what it told people. */
export interface NotDone {
  readonly done: false;
  readonly reason: string;
  readonly text: string;
}

export type Done<Result> = ({ readonly done: true } & Result) | NotDone;

export interface Lent {
  readonly patron: string;
  /** Whether staff was told that name or address may have changed (MK-11). */
  readonly mayHaveChanged: boolean;
}

/** What stands in a library's records before a scenario. */
export interface LibraryTestData {
  /** Numbers of patrons who have a library card only. */
  readonly patrons: readonly [string, ...string[]];
  /** Barcodes of books nobody has borrowed. */
  readonly books: readonly [string, string, ...string[]];
}

/** 図書館システム on MKPF 類型①. */
export interface LibraryUnderTest {
  readonly testData: LibraryTestData;
  /** Registration A: a patron's マイナンバーカード becomes the library card. */
  linkPatron(number: string, visit: Excursion): Promise<Done<{ readonly patron: string }>>;
  /** Registration B, with 4情報 and whatever else the library wants to know. */
  enrolPatron(visit: Excursion): Promise<Done<{ readonly patron: string }>>;
  /** かざし利用, from the staff page to the lent book. @param barcode of a book nobody has borrowed */
  lendByTouch(barcode: string, visit: Excursion): Promise<Done<Lent>>;
  takeBack(barcode: string): Promise<Done<object>>;
}

/** 窓口システム on 地方認証PF, with the card of whoever applies on its reader. */
export interface CounterUnderTest {
  /** Whoever has this card puts it on the window's reader. @param card id, like `R0001-1` */
  present(card: string): Promise<void>;
  /** 印鑑登録証明書 with the card as 印鑑登録証. */
  issueSealCertificate(by: {
    readonly methods: "ocsp" | "crl" | "both";
    readonly pin: Secret;
  }): Promise<Done<{ readonly receipt: string }>>;
}

/** What a vendor has, or the built-in three. */
export interface SystemsUnderTest {
  readonly library?: LibraryUnderTest;
  readonly counter?: CounterUnderTest;
  /** Another browser each time. */
  readonly portal?: () => PortalUnderTest;
}

/** 住民ポータル on デジタル認証アプリ: one browser. */
export interface PortalUnderTest {
  /** `missing`: attributes that were asked for and not agreed to, by their scopes (`birthdate`). */
  logIn(visit: Excursion): Promise<Done<{ readonly missing: readonly string[] }>>;
  /** Signs an application; somebody has to be logged in. `applications`: of this person so far. */
  sign(text: string, visit: Excursion): Promise<Done<{ readonly applications: number }>>;
}
