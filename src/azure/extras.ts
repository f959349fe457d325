import { IMAGE_ID } from '../core/spec/resource-ids.ts';
import { z } from 'zod';
import type { RollingUpgrade } from '../core/model/rolling-upgrade.ts';
import type { ImageFound } from './port.ts';
import { jsonOf } from './reply.ts';
import type { Answer } from './reply.ts';

const Sizes = z.object({ value: z.array(z.object({ sku: z.object({ name: z.string() }) })) });

export function readSizes(body: unknown): readonly string[] | undefined {
  const parsed = Sizes.safeParse(body);
  return parsed.success ? parsed.data.value.map(({ sku }) => sku.name) : undefined;
}

const SetView = z.object({
  orchestrationServices: z.array(z.object({ serviceName: z.string(), serviceState: z.string() })).optional(),
});

/** A set without automatic repairs has no such service in its instance view. */
export function readRepairs(body: unknown): 'running' | 'suspended' | 'absent' | undefined {
  const parsed = SetView.safeParse(body);
  if (!parsed.success) return undefined;
  const service = parsed.data.orchestrationServices?.find(
    ({ serviceName }) => serviceName === 'AutomaticRepairs',
  );
  if (service === undefined || is(service.serviceState, 'NotRunning')) return 'absent';
  return is(service.serviceState, 'Suspended') ? 'suspended' : 'running';
}

function is(word: string, known: string): boolean {
  return word.toLowerCase() === known.toLowerCase();
}

const Progress = z.object({
  inProgressInstanceCount: z.number().catch(0),
  pendingInstanceCount: z.number().catch(0),
});

const Latest = z.object({
  properties: z.object({
    runningStatus: z.object({ code: z.string() }).optional(),
    progress: Progress.optional().catch(undefined),
  }),
});

/** Words of one that is over (arm-vmss.md 2.3); without a word there is none. */
const OVER = new Set(['', 'cancelled', 'canceled', 'completed', 'faulted']);

export function readRollingUpgrade(body: unknown): RollingUpgrade | undefined {
  const parsed = Latest.safeParse(body);
  if (!parsed.success) return undefined;
  const { runningStatus, progress } = parsed.data.properties;
  const word = runningStatus?.code ?? '';
  if (/^rolling/i.test(word)) return { kind: 'running' };
  if (OVER.has(word.toLowerCase())) return { kind: 'idle' };
  // Nobody knows the word: what it says of its instances tells whether it is at work.
  const isDone = progress?.inProgressInstanceCount === 0 && progress.pendingInstanceCount === 0;
  return isDone ? { kind: 'idle' } : { kind: 'unknown', word };
}

export function readImage(answer: Answer): ImageFound | undefined {
  const parsed = z.object({ location: z.string().optional() }).safeParse(jsonOf(answer));
  if (!parsed.success) return undefined;
  return parsed.data.location === undefined ? {} : { location: parsed.data.location };
}

/** The id becomes part of a URL that our credential goes to: nothing but an image of the Compute service may pass. */
export function checkedImageId(id: string): string {
  if (!IMAGE_ID.test(id)) {
    throw new RangeError(`${id} is no image's id`);
  }
  return id;
}
