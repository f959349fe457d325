import type { HttpMethod } from '@azure/functions';
import type { z } from 'zod';
import type { Act } from '../../core/access/rights.ts';
import type { ComponentName } from './components.ts';

/** What an operation of the API takes and answers with; its handler stands in `register.ts`. */
export interface Operation {
  readonly method: Extract<HttpMethod, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
  /** What a caller must be allowed to do; with `none` nobody signs in. */
  readonly right: Act | 'none';
  /** Below `/api`, as the Functions host takes it. */
  readonly path: string;
  readonly group: 'rollouts' | 'scaleSets' | 'schedules' | 'campaigns' | 'operators' | 'app';
  readonly query?: z.ZodObject;
  /** A header that a client may send. */
  readonly header?: 'Idempotency-Key' | 'If-None-Match' | 'If-Match';
  readonly body?: ComponentName;
  /** Whether the request may come without its body. */
  readonly mayBeEmpty?: true;
  readonly status: 200 | 202;
  readonly answer?: ComponentName;
  /** What it answers with where that is no component. */
  readonly media?: 'application/json' | 'text/html' | '*/*';
  /** Which problems it knows beside those that every operation may have. */
  readonly problems?: readonly number[];
}

/** An operation that only reads. */
export const read = (path: string, answer: ComponentName, more: Partial<Operation> = {}) =>
  ({
    right: 'read',
    method: 'GET',
    group: 'rollouts',
    header: 'If-None-Match',
    problems: [404],
    status: 200,
    path,
    answer,
    ...more,
  }) satisfies Operation;
