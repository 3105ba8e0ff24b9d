/** Where a built-in relying party stands: taken before it is built, for platforms are told of it. */
export interface Place {
  /** `http://127.0.0.1:8088`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
}
