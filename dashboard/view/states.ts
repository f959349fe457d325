import type { SetInstance } from '../api/shapes.ts';

/** What a colour means, whatever it colours. `one` to `six` only tell things apart. */
export type Tone =
  | 'ok'
  | 'work'
  | 'wait'
  | 'bad'
  | 'old'
  | 'off'
  | 'one'
  | 'two'
  | 'three'
  | 'four'
  | 'five'
  | 'six';

/** How an instance looks in the heat map: a colour and a sign, so that neither has to be seen. */
export interface Look {
  readonly label: string;
  readonly sign: string;
  readonly tone: Tone;
}

const POWER: Readonly<Record<string, Look>> = {
  running: { label: 'running', sign: '✓', tone: 'ok' },
  starting: { label: 'starting', sign: '▸', tone: 'work' },
  stopping: { label: 'stopping', sign: '◂', tone: 'work' },
  stopped: { label: 'stopped, still billed', sign: '■', tone: 'wait' },
  deallocating: { label: 'deallocating', sign: '◂', tone: 'work' },
  deallocated: { label: 'deallocated', sign: '○', tone: 'off' },
};

const HEALTH: Readonly<Record<string, Look>> = {
  healthy: { label: 'healthy', sign: '✓', tone: 'ok' },
  unhealthy: { label: 'unhealthy', sign: '✕', tone: 'bad' },
  initializing: { label: 'initializing', sign: '▸', tone: 'work' },
  unknown: { label: 'health unknown', sign: '?', tone: 'wait' },
};

const STEPS: Readonly<Record<string, Look>> = {
  pending: { label: 'still to come', sign: '·', tone: 'old' },
  next: { label: 'next', sign: '…', tone: 'wait' },
  upgrading: { label: 'upgrading', sign: '▸', tone: 'work' },
  settling: { label: 'settling', sign: '~', tone: 'work' },
  succeeded: { label: 'done', sign: '✓', tone: 'ok' },
  failed: { label: 'failed', sign: '✕', tone: 'bad' },
  skipped: { label: 'skipped', sign: '–', tone: 'off' },
  quarantined: { label: 'quarantined', sign: '!', tone: 'wait' },
  gone: { label: 'gone', sign: '×', tone: 'off' },
  rolledBack: { label: 'rolled back', sign: '↩', tone: 'two' },
  unknown: { label: 'not known', sign: '?', tone: 'wait' },
};

export const ASIDE: Look = { label: 'not part of it', sign: ' ', tone: 'off' };
export const LEFT_ALONE: Look = { label: 'left as it was', sign: '·', tone: 'old' };
export const TO_GO_BACK: Look = { label: 'to be rolled back', sign: '↩', tone: 'old' };
export const UNKNOWN: Look = { label: 'unknown', sign: '?', tone: 'wait' };
const NO_SIGNAL: Look = { label: 'no health signal', sign: '–', tone: 'off' };

export function powerLook({ power, provisioningState }: SetInstance): Look {
  if (provisioningState === 'Failed') return { label: 'failed', sign: '✕', tone: 'bad' };
  return POWER[power ?? ''] ?? UNKNOWN;
}

export function healthLook({ health }: SetInstance): Look {
  return health === null ? NO_SIGNAL : (HEALTH[health] ?? UNKNOWN);
}

export function modelLook({ latestModelApplied }: SetInstance): Look {
  return latestModelApplied
    ? { label: 'on the latest model', sign: '✓', tone: 'ok' }
    : { label: 'behind the model', sign: '↓', tone: 'wait' };
}

export const APART: readonly Tone[] = ['one', 'two', 'three', 'four', 'five', 'six'];

/** A letter and a colour for each image, the commonest first; of more than six the colours come again. */
export function imageLooks(instances: readonly SetInstance[]): (instance: SetInstance) => Look {
  const counts = new Map<string, number>();
  for (const { image } of instances) counts.set(image, (counts.get(image) ?? 0) + 1);
  const images = [...counts].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1));
  const looks = new Map(
    images.map(([image], index) => [
      image,
      { label: image, sign: String.fromCodePoint(65 + (index % 26)), tone: APART[index % 6] ?? 'one' },
    ]),
  );
  return ({ image }) => looks.get(image) ?? UNKNOWN;
}

/** Where an instance stands in a rollout; those of the batch that waits are next. */
export function stepLook(
  instance: { readonly phase: string; readonly batch: number } | undefined,
  waitingBatch: number | undefined,
): Look {
  if (instance === undefined) return ASIDE;
  const { phase, batch } = instance;
  return STEPS[phase === 'pending' && batch === waitingBatch ? 'next' : phase] ?? UNKNOWN;
}
