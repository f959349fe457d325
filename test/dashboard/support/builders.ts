import type { Batch, Rollout, RolloutInstance, SetInstance } from '../../../dashboard/api/shapes.ts';
import type { Wait } from '../../../client/types.ts';

const CREATED = '2026-11-21T08:00:00.000Z';
const NONE = {
  total: 0,
  upgraded: 0,
  upgrading: 0,
  pending: 0,
  failed: 0,
  skipped: 0,
  gone: 0,
  rolledBack: 0,
};

/** What most tests leave out is as of a rollout of four instances that has just begun. */
export function aRollout({
  waitingFor,
  instances,
  ...fields
}: Partial<Omit<Rollout, 'waitingFor' | 'instances'>> & {
  readonly waitingFor?: Partial<Wait> & Pick<Wait, 'kind'>;
  readonly instances?: Partial<Rollout['instances']>;
} = {}): Rollout {
  return {
    id: '20261121-080000-00000000',
    scaleSet: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web',
    phase: 'upgrading',
    requestedBy: 'ada',
    reason: null,
    labels: {},
    createdAt: '2026-11-21T08:00:00.000Z',
    startedAt: '2026-11-21T08:00:00.000Z',
    endedAt: null,
    next: [],
    batches: [aBatch(0, ['0', '5']), aBatch(1, ['1']), aBatch(2, ['2'])],
    planHash: null,
    instances: { ...NONE, ...(instances ?? { total: 4, pending: 4 }) },
    ...(waitingFor !== undefined && { waitingFor: { since: CREATED, message: 'a wait', ...waitingFor } }),
    ...fields,
  };
}

export function aBatch(index: number, instances: string[]): Batch {
  return {
    index,
    name: `update domain ${index}`,
    phase: 'pending',
    instances,
    startedAt: null,
    endedAt: null,
  };
}

export function anInstance(instanceId: string, fields: Partial<SetInstance> = {}): SetInstance {
  return {
    instanceId,
    name: `web_${instanceId}`,
    updateDomain: Number(instanceId) % 5,
    faultDomain: Number(instanceId) % 5,
    zone: null,
    vmId: null,
    placementGroup: 'a',
    vmSize: 'Standard_D2s_v5',
    latestModelApplied: true,
    image: '1.0.0',
    provisioningState: 'Succeeded',
    power: 'running',
    health: 'healthy',
    agent: 'succeeded',
    protection: { fromScaleSetActions: false, fromScaleIn: false },
    ...fields,
  };
}

export function aRolledInstance(
  instanceId: string,
  batch: number,
  phase: RolloutInstance['phase'] = 'pending',
): RolloutInstance {
  return {
    instanceId,
    name: `web_${instanceId}`,
    updateDomain: batch,
    faultDomain: batch,
    zone: null,
    batch,
    phase,
    image: { before: '1.0.0', now: '1.0.0' },
    latestModelApplied: null,
    provisioningState: null,
    power: null,
    health: null,
    attempts: 0,
    updatedAt: '2026-11-21T08:00:00.000Z',
  };
}
