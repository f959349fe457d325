import { z } from 'zod';
import { count, number, text, time } from '../../core/model/schemas.ts';
import { bool } from './parts.ts';

const Spread = z.strictObject({ p50: number, p90: number, p99: number, most: number, total: number });

const group = {
  rollouts: count,
  tookSeconds: Spread,
  waitedSeconds: z.strictObject({
    people: Spread,
    windows: Spread,
    queue: Spread,
    throttling: Spread,
    service: Spread,
  }),
};

export const Waits = z.strictObject({
  since: time,
  complete: bool,
  all: z.strictObject(group),
  scaleSets: z.array(z.strictObject({ scaleSet: text, ...group })),
  pipelines: z.array(z.strictObject({ pipeline: text, ...group })),
});
