import type { Instance } from '../../src/core/instance/instances.ts';
import type { Model } from '../../src/core/model/model.ts';
import { readSpec } from '../../src/core/spec/spec.ts';
import type { RolloutSpec } from '../../src/core/spec/spec.ts';

const SCALE_SET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web';
export const BEFORE = '22.04.202610080';
export const AFTER = '22.04.202611010';

/** An instance that serves on the old image; domains as Azure deals them: round robin over five. */
export function anInstance(id: number, changes: Partial<Instance> = {}): Instance {
  return {
    instanceId: String(id),
    name: `web_${id}`,
    updateDomain: id % 5,
    faultDomain: id % 3,
    latestModelApplied: true,
    provisioningState: 'Succeeded',
    power: 'running',
    agent: { state: 'succeeded' },
    health: { state: 'healthy' },
    image: BEFORE,
    isProtected: false,
    ...changes,
  };
}

export const SICK = { health: { state: 'unhealthy' } } as const;

export function fleet(count: number, changes: (id: number) => Partial<Instance> = () => ({})): Instance[] {
  return Array.from({ length: count }, (_, id) => anInstance(id, changes(id)));
}

export const MODEL: Model = {
  location: 'westeurope',
  properties: {
    provisioningState: 'Succeeded',
    orchestrationMode: 'Uniform',
    upgradePolicy: { mode: 'Manual' },
    virtualMachineProfile: {
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'jammy', sku: 'gen2', version: BEFORE },
      },
    },
  },
};

export function aSpec(body: Record<string, unknown> = {}): RolloutSpec {
  const read = readSpec({ scaleSet: SCALE_SET, change: { image: { version: AFTER } }, ...body });
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
  return read.spec;
}
