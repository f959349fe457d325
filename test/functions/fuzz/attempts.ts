/** A body as it is sent, and what is known of it by the way it was made. */
export interface Attempt {
  /** What was done to it, for messages and for the count at the end. */
  readonly how: string;
  readonly text: string;
  /** How the text becomes bytes; UTF-8 when absent. */
  readonly encoding?: 'utf8' | 'bom' | 'utf16' | 'broken';
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: Expected;
}

export type Expected =
  /** Nothing is wrong with it. */
  | { readonly kind: 'fine' }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      /** One of the answer's paths; `within` means any at or below it. */
      readonly path?: string;
      readonly within?: string;
    };

export const FINE: Expected = { kind: 'fine' };

export function invalid(path: string): Expected {
  return { kind: 'refused', status: 400, code: 'invalidSpec', path };
}

export const MALFORMED: Expected = { kind: 'refused', status: 400, code: 'malformedJson', path: '(body)' };
export const TOO_LARGE: Expected = { kind: 'refused', status: 413, code: 'tooLarge' };
export const NOT_JSON: Expected = { kind: 'refused', status: 415, code: 'unsupportedMediaType' };
