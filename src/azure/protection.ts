import { z } from 'zod';
import type { Model } from '../core/model/model.ts';
import type { InstanceRead } from './port.ts';
import { jsonOf } from './reply.ts';
import type { Answer } from './reply.ts';

const Resource = z.object({
  etag: z.string().optional(),
  properties: z.object({
    vmId: z.string().optional(),
    protectionPolicy: z.object({ protectFromScaleSetActions: z.boolean().optional() }).nullish(),
  }),
});

/** One instance as its own resource; `undefined` for a body of another shape, or one that could not be fenced. */
export function readInstanceResource(answer: Answer): InstanceRead | undefined {
  const body = jsonOf(answer);
  const parsed = Resource.safeParse(body);
  if (!parsed.success) return undefined;
  const etag = answer.headers.get('etag') ?? parsed.data.etag;
  const { vmId, protectionPolicy } = parsed.data.properties;
  if (etag === undefined || etag === '') return undefined;
  return {
    resource: body as Model,
    etag,
    isProtected: protectionPolicy?.protectFromScaleSetActions === true,
    ...(vmId !== undefined && { vmId }),
  };
}

/** What the service alone writes: a PUT of an instance is of all the rest, as it was read. */
const READ_ONLY = new Set([
  'latestModelApplied',
  'vmId',
  'instanceView',
  'provisioningState',
  'modelDefinitionApplied',
  'timeCreated',
]);

/** The resource with both protections: one from scale-set actions alone is invalid (arm-vmss.md 3.3). */
export function withProtection({ etag: _etag, resources: _resources, ...resource }: Model): Model {
  const properties = Object.entries((resource['properties'] ?? {}) as Model).filter(
    ([name]) => !READ_ONLY.has(name),
  );
  const protectionPolicy = { protectFromScaleIn: true, protectFromScaleSetActions: true };
  return { ...resource, properties: { ...Object.fromEntries(properties), protectionPolicy } };
}
