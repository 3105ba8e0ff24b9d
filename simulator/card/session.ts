/**
 * What a card knows only as long as it has power: the selected application, the current file and the
 * rights earned (card-facts sections 2.6 and 3, security status lifetime).
 */
import type { KeyObject } from "node:crypto";
import type { Access } from "./files.ts";

/** A session of secure messaging (card-facts 6.5). */
export interface SecureChannel {
  /** AES-128. */
  readonly key: Uint8Array;
  /** Number of the next command, from 1. */
  counter: number;
}

/** A terminal certificate on its way into the card: the first of its two parts, or the whole. */
interface TerminalCertificate {
  /** The 297 bytes the certificate authority signed. */
  readonly body: Uint8Array;
  /** Known once the signature has been checked. */
  readonly publicKey?: KeyObject;
}

export interface Session {
  /** AID of the selected application in hexadecimal; undefined in the state after power-on. */
  application: string | undefined;
  /** Current EF of the selected application. */
  file: number | undefined;
  /** PINs presented and keys proved since the application was entered, by EF identifier. */
  readonly granted: Set<number>;
  /** The last challenge given, until it is used. */
  challenge: Uint8Array | undefined;
  terminal: TerminalCertificate | undefined;
  channel: SecureChannel | undefined;
  /** Commands received since power-on. */
  commands: number;
}

export function newSession(): Session {
  return {
    application: undefined,
    file: undefined,
    granted: new Set(),
    challenge: undefined,
    terminal: undefined,
    channel: undefined,
    commands: 0,
  };
}

/**
 * Makes an application the current one. Rights of the application left are lost; entering the same
 * application again loses only the current file (JICSAP 5.1.3 rules 2 and 3) and secure messaging.
 */
export function enterApplication(session: Session, application: string | undefined): void {
  if (session.application !== application) {
    session.granted.clear();
    session.terminal = undefined;
  }
  session.application = application;
  session.file = undefined;
  session.channel = undefined;
}

export function permits(session: Session, access: Access): boolean {
  if (access === "free") return true;
  if (access === "never") return false;
  return access.some((id) => session.granted.has(id));
}
