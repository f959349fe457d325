/** What a command may touch of the world; tests bring their own. */
export interface Context {
  readonly http: Http;
  /** Data: what a script reads. */
  readonly out: (text: string) => void;
  /** Progress, hints and errors: what a person reads. */
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Present when progress may be repainted in place. */
  readonly terminal: Terminal | undefined;
  readonly readStdin: () => Promise<string>;
  /** Asks the person at the terminal; absent where nobody sits there. An empty answer when they end their input. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly randomId: () => string;
  /** Shows an address in a browser, where there is one. */
  readonly browse?: (address: string) => void;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

export interface Http {
  /** Where the function app answers, without a trailing slash. */
  readonly baseUrl: string;
  /** Sent to the function app with each request, and shown nowhere. */
  readonly key?: string | undefined;
  /** Who sends it, likewise; asked for each request. */
  readonly token?: (() => Promise<string | undefined>) | undefined;
  fetch(url: string, init: RequestInit): Promise<Response>;
}

export interface Clock {
  /** Milliseconds since 1970; never goes back. */
  now(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

export interface Terminal {
  /** As it is now: people drag windows. */
  readonly columns: number;
  readonly rows: number;
  /** Whether it takes colours, and nobody has asked for none. */
  readonly colour: boolean;
}
