/** Every operation of the control API by its operationId: all that can be done to a world from outside. */
import type { z } from "zod";
import { authorityOperations } from "./authorities.ts";
import { caOperations } from "./ca.ts";
import { cardOperations } from "./cards.ts";
import { faultOperations } from "./faults.ts";
import type { Operation } from "./operation.ts";
import { platformOperations } from "./platforms.ts";
import { readerOperations } from "./readers.ts";
import { registrationOperations } from "./registrations.ts";
import { residentOperations } from "./residents.ts";
import { statusServiceOperations } from "./status-services.ts";
import { worldOperations } from "./world.ts";

/** Where the operations are reached. A change that breaks a client gets another number. */
export const CONTROL_BASE = "/control/v1";

export const OPERATIONS = {
  ...worldOperations,
  ...residentOperations,
  ...cardOperations,
  ...readerOperations,
  ...caOperations,
  ...authorityOperations,
  ...statusServiceOperations,
  ...faultOperations,
  ...platformOperations,
  ...registrationOperations,
};

export type Operations = typeof OPERATIONS;
export type OperationId = keyof Operations;

export const OPERATION_IDS = Object.keys(OPERATIONS) as OperationId[];

/** What an operation is asked with. */
export type Asked<Id extends OperationId> = z.input<z.ZodObject<Operations[Id]["fields"]>>;

/** What an operation answers. */
export type Answered<Id extends OperationId> = z.output<Operations[Id]["answer"]>;

/** Without what is known of each one's fields. */
export function operationOf(id: OperationId): Operation {
  return OPERATIONS[id] as unknown as Operation;
}
