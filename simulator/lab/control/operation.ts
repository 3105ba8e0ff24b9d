/**
 * One operation of the control API: everything there is to know about it. Routes, OpenAPI document and
 * client are made from the table of these, so that none of them can disagree with another.
 */
import { z } from "zod";
import type { ControlledLab } from "./controlled-lab.ts";

/** Groups of operations, in the order of the document. */
export const ROOMS = {
  world: { ja: "世界全体", en: "the world as a whole" },
  clock: { ja: "時計", en: "its clock" },
  residents: { ja: "住民とライフイベント", en: "residents and what happens to them" },
  cards: { ja: "カード", en: "cards" },
  readers: { ja: "カードリーダー", en: "readers, and cards in them" },
  ca: { ja: "認証局と失効情報", en: "certification authorities and revocation" },
  faults: { ja: "障害", en: "faults" },
  platforms: { ja: "プラットフォーム", en: "platforms" },
} as const;

export interface OperationText<Fields extends z.ZodRawShape, Answer extends z.ZodType> {
  readonly room: keyof typeof ROOMS;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base path; `:name` is a field that goes into the path. */
  readonly path: string;
  readonly ja: string;
  readonly en: string;
  /** What is asked for: in the path, in the query of a GET and in the JSON body of others. */
  readonly fields?: Fields;
  readonly answer: Answer;
  /** Media type of an answer that is not JSON. */
  readonly type?: string;
}

export interface Operation<
  Fields extends z.ZodRawShape = z.ZodRawShape,
  Answer extends z.ZodType = z.ZodType,
> extends OperationText<Fields, Answer> {
  readonly fields: Fields;
  /** @throws SimulatorError with the codes of what it calls */
  act(lab: ControlledLab, asked: z.output<z.ZodObject<Fields>>): unknown;
}

// biome-ignore lint/complexity/noBannedTypes: the shape of an object without fields
type NoFields = {};

export function operation<Answer extends z.ZodType, Fields extends z.ZodRawShape = NoFields>(
  text: OperationText<Fields, Answer>,
  act: (
    lab: ControlledLab,
    asked: z.output<z.ZodObject<Fields>>,
  ) => z.input<Answer> | Promise<z.input<Answer>>,
): Operation<Fields, Answer> {
  return { fields: {} as Fields, ...text, act };
}

/** Names of the fields that stand in the path. */
export function pathFields({ path }: Pick<Operation, "path">): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
}

/** Fields that stand in the path, and those that do not. */
export function fieldsOf({ path, fields }: Operation) {
  const inPath = new Set(pathFields({ path }));
  const some = (wanted: boolean) =>
    z.strictObject(
      Object.fromEntries(Object.entries(fields).filter(([name]) => inPath.has(name) === wanted)),
    );
  return { params: some(true), others: some(false) };
}
