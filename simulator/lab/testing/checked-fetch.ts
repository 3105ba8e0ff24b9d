/**
 * What tests call the control API with: every answer they see is compared with what the OpenAPI
 * document of that lab says of it, by a validator nobody here wrote.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Answer {
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Described {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Answer>>;
}

export interface ControlDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export async function documentOf(origin: string): Promise<ControlDocument> {
  const response = await fetch(`${origin}/control/openapi.json`);
  return (await response.json()) as ControlDocument;
}

export class CheckedControl {
  /** Operations whose answers were compared. */
  readonly checked = new Set<string>();
  readonly #document: ControlDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor(document: ControlDocument) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "lab", components: document.components });
  }

  /** @throws Error for an answer the document does not allow */
  readonly fetch: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    const operation = this.#operation(new URL(String(url)).pathname, init?.method ?? "GET");
    const said = operation.responses[response.status] ?? operation.responses.default;
    const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
    const described = Object.entries(said?.content ?? {}).find(([name]) => name.startsWith(type));
    if (described === undefined) throw new Error(`${operation.operationId} answered ${type}`);
    if (type === "application/json") {
      this.#compare(operation.operationId, described[1].schema, await response.clone().json());
    }
    this.checked.add(operation.operationId);
    return response;
  };

  #operation(path: string, method: string): Described {
    const operation = Object.entries(this.#document.paths)
      .filter(([template]) => fits(template, path))
      .map(([, operations]) => operations[method.toLowerCase()])
      .find((one) => one !== undefined);
    if (operation === undefined) throw new Error(`no document of ${method} ${path}`);
    return operation;
  }

  #compare(id: string, schema: object, body: unknown): void {
    const known = this.#compiled.get(schema);
    const text = JSON.stringify(schema).replaceAll('"#/components', '"lab#/components');
    const validate = known ?? this.#ajv.compile(JSON.parse(text));
    this.#compiled.set(schema, validate);
    if (!validate(body)) throw new Error(`${id}: ${this.#ajv.errorsText(validate.errors)}`);
  }
}

function fits(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
}
