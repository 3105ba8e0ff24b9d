/** Planted bugs of what a presented PIN opens, and for how long. */
import { concat } from "../../../iso7816/index.ts";
import { dispatch } from "../../dispatch.ts";
import { permits, type Session } from "../../session.ts";
import { OpenCard, statusOf, understood } from "./open-card.ts";

/** Rights are kept in memory that outlives the power, for whoever uses short identifiers. */
export class RightsSurvivePower extends OpenCard {
  #kept: Session | undefined;

  override powerOff(): void {
    this.#kept = this.session;
    super.powerOff();
  }

  override transmit(command: Uint8Array): Uint8Array {
    const { application } = this.context.session;
    const same = application !== undefined && application === this.#kept?.application;
    return same ? lending(this, command, this.#kept?.granted) : super.transmit(command);
  }
}

/** Short identifiers are looked up with the rights of the application left, by number alone. */
export class RightsCrossApplications extends OpenCard {
  #left: ReadonlySet<number> = new Set();

  override powerOff(): void {
    super.powerOff();
    this.#left = new Set();
  }

  override transmit(command: Uint8Array): Uint8Array {
    const { application, granted } = this.context.session;
    const before = new Set(granted);
    const response = lending(this, command, this.#left);
    if (this.context.session.application !== application) this.#left = before;
    return response;
  }
}

const READ_BINARY = 0xb0;
const SIGN = 0x2a;

/** Answers a read or a signature by short identifier as if these rights had been earned too. */
function lending(
  card: OpenCard,
  command: Uint8Array,
  rights: ReadonlySet<number> = new Set(),
): Uint8Array {
  const asked = understood(command);
  const read = asked?.ins === READ_BINARY && asked.p1 > 0x80;
  const signature = asked?.ins === SIGN && asked.p2 > 0x80;
  const { granted } = card.context.session;
  const lent = read || signature ? [...rights].filter((id) => !granted.has(id)) : [];
  for (const id of lent) granted.add(id);
  const response = dispatch(command, card.context);
  for (const id of lent) granted.delete(id);
  return response;
}

/** A file named by its short identifier is opened with the access rule of the file current before. */
export class ShortNameTakesOldRule extends OpenCard {
  override transmit(command: Uint8Array): Uint8Array {
    const before = this.file;
    const response = super.transmit(command);
    const asked = understood(command);
    const file = this.file;
    const byName = asked?.ins === 0xb0 && (asked.p1 & 0x80) !== 0;
    if (!byName || statusOf(response) !== 0x6982 || file?.kind !== "transparent") return response;
    if (before?.kind !== "transparent" || !permits(this.context.session, before.read)) {
      return response;
    }
    const data = file.content.slice(asked.p2, asked.p2 + asked.ne);
    return concat(data, Uint8Array.of(0x90, 0x00));
  }
}

/** Whoever has presented any PIN of the application may change every one of them. */
export class AnyPinChangesAll extends OpenCard {
  override transmit(command: Uint8Array): Uint8Array {
    const asked = understood(command);
    const { granted, file } = this.context.session;
    const changes = asked?.ins === 0x24 || asked?.ins === 0x32;
    const lent = changes && granted.size > 0 && file !== undefined && !granted.has(file);
    if (!lent) return super.transmit(command);
    granted.add(file);
    const response = super.transmit(command);
    granted.delete(file);
    return response;
  }
}
