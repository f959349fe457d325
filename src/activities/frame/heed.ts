import type { Compute, Read } from '../../azure/port.ts';
import { strangeIn, strangeOf } from '../../core/instance/strange-words.ts';
import type { StrangeWord } from '../../core/instance/strange-words.ts';
import { audit } from '../../core/messages/audit.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';

/** Unknown words of Azure that a step has met, each once: its next commit names them. */
export type Words = Map<string, StrangeWord>;

/** At most this many are named in one rollout, so that ever new words do not flood its events. */
const MOST_WORDS = 30;

export function heed(words: Words, met: readonly StrangeWord[]): void {
  for (const word of met) {
    const { instances = [] } = words.get(keyOf(word)) ?? {};
    const all = [...new Set([...instances, ...(word.instances ?? [])])];
    words.set(keyOf(word), { ...word, ...(all.length > 0 && { instances: all }) });
  }
}

function keyOf({ of, word }: StrangeWord): string {
  return `${of} ${word}`;
}

/** Notes each unknown word, whichever read shows it. */
export function heeding(compute: Compute, words: Words): Compute {
  const noting = async <T>(asked: Promise<Read<T>>, wordsOf: (value: T) => readonly StrangeWord[]) => {
    const read = await asked;
    if (read.kind === 'ok') heed(words, wordsOf(read.value));
    return read;
  };
  const heeded: Pick<Compute, 'scaleSet' | 'instances' | 'instance' | 'operation' | 'rollingUpgrade'> = {
    scaleSet: (address) => noting(compute.scaleSet(address), ({ model }) => strangeOf(model)),
    instances: (address) => noting(compute.instances(address), strangeIn),
    instance: (address, id) => noting(compute.instance(address, id), (one) => strangeIn([one])),
    operation: (subscriptionId, url) =>
      noting(compute.operation(subscriptionId, url), (state) =>
        state.kind === 'running' && state.word !== undefined ? [{ of: 'operation', word: state.word }] : [],
      ),
    rollingUpgrade: (address) =>
      noting(compute.rollingUpgrade(address), (upgrade) =>
        upgrade.kind === 'unknown' ? [{ of: 'rollingUpgrade', word: upgrade.word }] : [],
      ),
  };
  // All else is asked of the compute port itself, as it is at that moment.
  return Object.assign(Object.create(compute) as Compute, heeded);
}

/** The events for words that no event has named yet. */
export function namingOf(
  words: Words,
  { namedWords = [] }: Pick<RolloutRecord, 'namedWords'>,
): { readonly changes: Partial<RolloutRecord>; readonly events: readonly RolloutEvent[] } {
  const left = MOST_WORDS - namedWords.length;
  const fresh = [...words].filter(([key]) => !namedWords.includes(key)).slice(0, Math.max(0, left));
  if (fresh.length === 0) return { changes: {}, events: [] };
  return {
    changes: { namedWords: [...namedWords, ...fresh.map(([key]) => key)] },
    events: fresh.map(([, { of, word, instances }]) => ({
      kind: 'unknownWord',
      message: audit.unknownWord(of, word, instances ?? []),
      ...(instances !== undefined && { instances }),
    })),
  };
}
