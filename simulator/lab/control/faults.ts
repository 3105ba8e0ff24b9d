/** Control API: what goes wrong, by service, mode, position and how long. */
import { z } from "zod";
import { FAULTY_SERVICES, faultModes, type PlannedFault } from "../fault-board.ts";
import { bilingual, moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const service = z.enum(FAULTY_SERVICES);

const fields = {
  service,
  mode: z.string().describe("of listFaultModes; none ends what was planned for the service"),
  amount: z.number().optional().describe("of a platform: in the unit of the mode"),
  path: z.string().optional().describe("of a platform: requests whose path starts with this"),
  after: z.int().nonnegative().optional().describe("requests that pass first"),
  times: z.int().positive().optional().describe("requests that it strikes"),
  seconds: z.number().positive().optional().describe("of the world's clock until it is over"),
};

const fault = named("Fault", z.strictObject({ ...fields, until: moment.optional() }));

const faultMode = named(
  "FaultMode",
  z.strictObject({
    service,
    mode: z.string(),
    title: bilingual,
    amount: z.strictObject({ unit: z.string(), default: z.number() }).exactOptional(),
  }),
);

export const faultOperations = {
  listFaultModes: operation(
    {
      room: "faults",
      method: "GET",
      path: "/fault-modes",
      ja: "起こせる障害の一覧",
      en: "What can go wrong, by service",
      answer: z.array(faultMode),
    },
    () =>
      FAULTY_SERVICES.flatMap((one) =>
        Object.entries(faultModes(one)).map(([mode, { ja, en, amount }]) => ({
          ...{ service: one, mode, title: { ja, en } },
          ...(amount && { amount }),
        })),
      ),
  ),
  listFaults: operation(
    {
      room: "faults",
      method: "GET",
      path: "/faults",
      ja: "起こしている障害の一覧",
      en: "What has been planned to go wrong and is not over",
      answer: z.array(fault),
    },
    (lab) => lab.faults.standing.map(faultRow),
  ),
  planFault: operation(
    {
      room: "faults",
      method: "POST",
      path: "/faults",
      ja: "障害を起こす（どこで・何が・何回目から・何回・何秒）",
      en: "Let requests to a service meet a fault: which, from which on, how often, how long",
      fields,
      answer: fault,
    },
    (lab, request) => faultRow(lab.faults.plan(request)),
  ),
  clearFaults: operation(
    {
      room: "faults",
      method: "DELETE",
      path: "/faults",
      ja: "すべての障害を終える",
      en: "End all faults",
      answer: z.array(fault),
    },
    (lab) => {
      lab.faults.clear();
      return lab.faults.standing.map(faultRow);
    },
  ),
  clearFaultsOf: operation(
    {
      room: "faults",
      method: "DELETE",
      path: "/faults/:service",
      ja: "一つのサービスの障害を終える",
      en: "End the faults of one service",
      fields: { service },
      answer: z.array(fault),
    },
    (lab, asked) => {
      lab.faults.clear(asked.service);
      return lab.faults.standing.map(faultRow);
    },
  ),
};

function faultRow({ until, ...request }: PlannedFault) {
  return until === undefined ? request : { ...request, until: until.toISOString() };
}
