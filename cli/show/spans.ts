import { cut, widthOf } from './text.ts';

export type Tone = 'good' | 'bad' | 'busy' | 'quiet' | 'strong';

/** A piece of a line, and how it is coloured where there are colours. */
export type Span = readonly [text: string, tone?: Tone | undefined];

const CODES: Readonly<Record<Tone, string>> = { good: '32', bad: '31', busy: '33', quiet: '2', strong: '1' };

/** The pieces as one line, no wider than it may be. */
export function lineOf(
  spans: readonly Span[],
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  let room = width;
  let line = '';
  for (const [text, tone] of spans) {
    if (room <= 0) break;
    const fits = cut(text, room);
    room -= widthOf(fits);
    line += colour && tone !== undefined ? `\u001B[${CODES[tone]}m${fits}\u001B[0m` : fits;
  }
  return line;
}
