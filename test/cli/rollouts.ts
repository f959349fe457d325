export const SCALE_SET =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web';

type Fields = Readonly<Record<string, unknown>>;

/** A rollout as the contract shows it: 4 instances in 2 update domains. */
export function aRollout(fields: Fields = {}): Fields {
  return {
    id: '20261120-100000-0000a001',
    scaleSet: SCALE_SET,
    phase: 'accepted',
    requestedBy: 'ada',
    createdAt: '2026-11-20T10:00:00Z',
    startedAt: null,
    endedAt: null,
    batches: [],
    instances: { total: 0, upgraded: 0, upgrading: 0, pending: 0, failed: 0, skipped: 0, rolledBack: 0 },
    ...fields,
  };
}

const STARTED = { startedAt: '2026-11-20T10:00:05Z', endedAt: null };
const ENDED = { startedAt: '2026-11-20T10:00:05Z', endedAt: '2026-11-20T10:01:05Z' };

export function upgrading(fields: Fields = {}): Fields {
  return aRollout({
    phase: 'upgrading',
    batch: 0,
    batches: [
      { index: 0, name: 'update domain 0', phase: 'upgrading', instances: ['0', '2'], ...STARTED },
      { index: 1, name: 'update domain 1', phase: 'pending', instances: ['1', '3'] },
    ],
    instances: { total: 4, upgraded: 0, upgrading: 2, pending: 2, failed: 0, skipped: 0, rolledBack: 0 },
    ...fields,
  });
}

export function waitingForApproval(): Fields {
  return aRollout({
    phase: 'waiting',
    batch: 1,
    waitingFor: {
      kind: 'approval',
      batch: 1,
      since: '2026-11-20T10:01:05Z',
      until: '2026-11-21T10:01:05Z',
      message: 'update domain 1 is waiting for approval',
    },
    next: [{ command: 'approve', batch: 1 }, { command: 'reject', batch: 1 }, { command: 'abort' }],
    batches: [
      { index: 0, name: 'update domain 0', phase: 'succeeded', instances: ['0', '2'], ...ENDED },
      { index: 1, name: 'update domain 1', phase: 'waiting', instances: ['1', '3'] },
    ],
    instances: { total: 4, upgraded: 2, upgrading: 0, pending: 2, failed: 0, skipped: 0, rolledBack: 0 },
  });
}

export function ended(phase: string, fields: Fields = {}): Fields {
  return aRollout({
    phase,
    startedAt: '2026-11-20T10:00:01Z',
    endedAt: '2026-11-20T10:02:05Z',
    batches: [
      { index: 0, name: 'update domain 0', phase: 'succeeded', instances: ['0', '2'], ...ENDED },
      { index: 1, name: 'update domain 1', phase: 'succeeded', instances: ['1', '3'], ...ENDED },
    ],
    instances: { total: 4, upgraded: 4, upgrading: 0, pending: 0, failed: 0, skipped: 0, rolledBack: 0 },
    ...fields,
  });
}
