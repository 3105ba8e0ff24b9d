/**
 * What a card knows only as long as it has power: the selected application, the current file and the
 * rights earned (card-facts sections 2.6 and 3, security status lifetime).
 */
import type { Access } from "./files.ts";

export interface Session {
  /** AID of the selected application in hexadecimal; undefined in the state after power-on. */
  application: string | undefined;
  /** Current EF of the selected application. */
  file: number | undefined;
  /** PINs presented and keys proved since the application was entered, by EF identifier. */
  readonly granted: Set<number>;
  /** Commands received since power-on. */
  commands: number;
}

export function newSession(): Session {
  return { application: undefined, file: undefined, granted: new Set(), commands: 0 };
}

/**
 * Makes an application the current one. Rights of the application left are lost; entering the same
 * application again loses only the current file (JICSAP 5.1.3 rules 2 and 3).
 */
export function enterApplication(session: Session, application: string | undefined): void {
  if (session.application !== application) session.granted.clear();
  session.application = application;
  session.file = undefined;
}

export function permits(session: Session, access: Access): boolean {
  if (access === "free") return true;
  if (access === "never") return false;
  return access.some((id) => session.granted.has(id));
}
