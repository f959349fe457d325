import { UNKNOWN } from './states.ts';
import type { Look } from './states.ts';

const BATCHES: Readonly<Record<string, Look>> = {
  pending: { label: 'to come', sign: '·', tone: 'old' },
  waiting: { label: 'waits', sign: '…', tone: 'wait' },
  upgrading: { label: 'upgrading', sign: '▸', tone: 'work' },
  settling: { label: 'settling', sign: '~', tone: 'work' },
  soaking: { label: 'soaking', sign: '~', tone: 'work' },
  succeeded: { label: 'done', sign: '✓', tone: 'ok' },
  failed: { label: 'failed', sign: '✕', tone: 'bad' },
  rolledBack: { label: 'rolled back', sign: '↩', tone: 'two' },
  skipped: { label: 'skipped', sign: '–', tone: 'off' },
};

export function batchLook(phase: string): Look {
  return BATCHES[phase] ?? UNKNOWN;
}
