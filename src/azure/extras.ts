import { IMAGE_ID } from '../core/spec/resource-ids.ts';
import { z } from 'zod';
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
  if (service === undefined || service.serviceState === 'NotRunning') return 'absent';
  return service.serviceState === 'Suspended' ? 'suspended' : 'running';
}

const RollingUpgrade = z.object({
  properties: z.object({ runningStatus: z.object({ code: z.string() }).optional() }),
});

export function readRollingUpgrade(body: unknown): 'running' | 'idle' | undefined {
  const parsed = RollingUpgrade.safeParse(body);
  if (!parsed.success) return undefined;
  const code = parsed.data.properties.runningStatus?.code ?? '';
  return code.startsWith('Rolling') ? 'running' : 'idle';
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
