import { createHash, randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';
import type { Direction } from '../core/record/rollout.ts';

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
}

/**
 * A rollout is one trace, whichever instance of the app tells a part of it, and however often: the ids of the whole and
 * of its batches follow from the rollout's own.
 */
export function idsOfRollout(rollout: string): Ids {
  return { traceId: digest(`rollout ${rollout}`, 16), spanId: digest(`whole ${rollout}`, 8) };
}

export function idsOfBatch(rollout: string, direction: Direction, batch: number): Ids {
  return { ...idsOfRollout(rollout), spanId: digest(`batch ${rollout} ${direction} ${batch}`, 8) };
}

function digest(text: string, bytes: number): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * bytes);
}

/** Gives the next span the ids that were chosen for it, and every other one its own. */
export class ChosenIds implements IdGenerator {
  #chosen: Ids | undefined;

  /** `start` must start its span before it returns. */
  choose<T>(ids: Ids, start: () => T): T {
    this.#chosen = ids;
    try {
      return start();
    } finally {
      this.#chosen = undefined;
    }
  }

  generateTraceId(): string {
    return this.#chosen?.traceId ?? randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return this.#chosen?.spanId ?? randomBytes(8).toString('hex');
  }
}
