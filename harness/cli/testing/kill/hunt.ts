/** What every hunt is told: how often to kill, from which seed, when, and whom to tell. */
export interface Hunt<Figures> {
  readonly kills: number;
  readonly seed: string;
  /** Environment of the victim; that of this process when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** When to kill; anywhere, unless it is to be the moment an answer arrives. */
  readonly aim?: "anywhere" | "answer";
  readonly onProgress?: (figures: Readonly<Figures>) => void;
}
