/** The doors of カードAP搭載システム: who knocks, what is asked, and how it went. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { invalidRequest, readBody } from "../request-body.ts";
import { meaningOf } from "../wire.ts";
import { deletedAnswer, inventoryAnswer, standingAnswer, stepAnswer } from "./answers.ts";
import type { DeskParts } from "./eligibility.ts";
import {
  cancelLoading,
  confirmLoading,
  type LoadingStep,
  startLoading,
  writeLoading,
} from "./loading-steps.ts";
import type { Operators, StoredOperator } from "./operators.ts";
import type { CardApLoaderProfile } from "./profile.ts";
import type { CardApLoaderEvent } from "./seen.ts";
import { deleteApplication, standingOf, takeInventory } from "./standing.ts";

export interface RouteParts extends DeskParts {
  readonly operators: Operators;
  readonly see: (event: CardApLoaderEvent) => void;
}

type Path = keyof CardApLoaderProfile["paths"];

interface Done {
  readonly result: keyof CardApLoaderProfile["results"];
  readonly loading?: string;
  readonly answer: unknown;
}

type Act = (desk: DeskParts, operator: StoredOperator, body: unknown) => Done;

export function loaderRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { profile, operators, see } = parts;
  const { id, secret } = profile.accessHeaders;
  const limits = { bodyLimit: profile.rules.bodyBytesMax };
  for (const [request, act] of Object.entries(ACTS) as [Path, Act][]) {
    app.post(profile.paths[request], limits, async ({ headers, body }) => {
      const operator = operators.authenticate(headers[id], headers[secret]);
      const { answer, ...done } = act(parts, operator, body);
      see({ request, operator: operator.id, ...done });
      return answer;
    });
  }
}

const card = z.string().regex(/^\d{15}$/);
const application = z.string();
const cardBody = z.strictObject({ card });
const askBody = z.strictObject({ card, application });
const startBody = z.strictObject({ card, application, channel: z.string() });
const loadingBody = z.strictObject({ loading: z.string() });

const ACTS: Readonly<Record<Path, Act>> = {
  start: (desk, operator, body) => {
    const ask = readStart(desk.profile, body);
    return stepDone(desk, startLoading(desk, operator, ask));
  },
  write: step(writeLoading),
  confirm: step(confirmLoading),
  cancel: step(cancelLoading),
  delete: (desk, operator, body) => {
    deleteApplication(desk, operator, readBody(desk.profile.requestFields, body, askBody));
    return { result: "deleted", answer: deletedAnswer(desk.profile) };
  },
  inventory: (desk, operator, body) => {
    const asked = readBody(desk.profile.requestFields, body, cardBody);
    const inventory = takeInventory(desk, operator, asked.card);
    return { result: "listed", answer: inventoryAnswer(desk.profile, inventory) };
  },
  standing: (desk, operator, body) => {
    const ask = readBody(desk.profile.requestFields, body, askBody);
    const standing = standingOf(desk, operator, ask);
    return { result: standing.result, answer: standingAnswer(desk.profile, standing) };
  },
};

function step(take: (desk: DeskParts, operator: StoredOperator, id: string) => LoadingStep): Act {
  return (desk, operator, body) => {
    const { loading } = readBody(desk.profile.requestFields, body, loadingBody);
    return stepDone(desk, take(desk, operator, loading));
  };
}

function stepDone({ profile }: DeskParts, taken: LoadingStep): Done {
  const { result, loading } = taken;
  return { result, loading: loading.id, answer: stepAnswer(profile, taken) };
}

function readStart(profile: CardApLoaderProfile, body: unknown) {
  const { channel: text, ...ask } = readBody(profile.requestFields, body, startBody);
  const channel = meaningOf(profile.channels, text);
  if (channel === undefined) throw invalidRequest("the channel is not one of the profile");
  return { ...ask, channel };
}
