import { z } from 'zod';
import { count, text } from '../model/schemas.ts';
import type { Act, ActResult } from './turn.ts';

const of = { set: count, number: count };

const result = z.discriminatedUnion('kind', [
  z.object({ ...of, kind: z.literal('accepted'), rolloutId: text }),
  z.object({ ...of, kind: z.literal('busy'), holder: text }),
  z.object({ ...of, kind: z.literal('refused'), code: text, message: text }),
  z.object({ ...of, kind: z.literal('crowded') }),
  z.object({ ...of, kind: z.literal('withdrawn') }),
  z.object({ ...of, kind: z.literal('told'), told: text }),
]);

const turn = z.object({ campaign: text.min(1), results: z.array(z.unknown()) });

const act = z.object({
  campaign: text.min(1),
  set: count,
  verb: z.enum(['start', 'undo', 'pause', 'resume', 'rollback', 'abort']),
  number: count,
});

/** What a turn is told by its workflow; an act that could not be done has no result, and is decided again. */
export function turnInput(input: unknown): {
  readonly campaign: string;
  readonly results: readonly ActResult[];
} {
  const { campaign, results } = turn.parse(input);
  const known = results.flatMap((one) => result.safeParse(one).data ?? []);
  return { campaign, results: known };
}

/** What an act is told. */
export function actInput(input: unknown): Act & { readonly campaign: string } {
  return act.parse(input);
}
