import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { startLab, SUBSCRIPTION } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const denied = (operation: 'listSubscriptions' | 'listScaleSets', why?: 'expiredToken'): FaultInput => ({
  kind: 'accessDenied',
  operation,
  count: 'always',
  ...(why !== undefined && { why }),
});

const asked = (lab: Lab, operation: string): number =>
  lab.log.filter((entry) => entry.kind === 'request' && entry.operation === operation).length;

describe('the list of scale sets that Azure denies', () => {
  // Feature [Service behaviour that is expected] GET /scale-sets: who may not list subscriptions is told accessDenied, with the permission that is missing (issue 11, kind 4)
  //   shown by: the list of scale sets that Azure denies > as a whole is accessDenied, said once and with the permission
  it('as a whole is accessDenied, said once and with the permission', async () => {
    await using lab = await startLab({ faults: [denied('listSubscriptions')] });
    const { status, body } = await lab.call('GET', '/scale-sets');
    expect([status, body.code]).toEqual([422, 'accessDenied']);
    expect(body.detail).toContain('AuthorizationFailed');
    expect(body.detail).toMatch(/perform action '[\w./]*read'/);
    expect(body.remedy).toMatch(/\w/);
    expect(asked(lab, 'listSubscriptions')).toBe(1);
  });

  // Feature [Service behaviour that is expected] GET /scale-sets: a subscription that may not be read is named once, with the permission that is missing (issue 11, kind 4)
  //   shown by: the list of scale sets that Azure denies > in one subscription is named once, with the permission
  it('in one subscription is named once, with the permission', async () => {
    await using lab = await startLab({ faults: [denied('listScaleSets')] });
    const { status, body } = await lab.call('GET', '/scale-sets');
    expect([status, body.value]).toEqual([200, []]);
    expect(body.unreadable).toEqual([
      {
        subscriptionId: SUBSCRIPTION,
        code: 'AuthorizationFailed',
        message: expect.stringContaining("'Microsoft.Compute/virtualMachineScaleSets/read'"),
      },
    ]);
    expect(asked(lab, 'listScaleSets')).toBe(1);
  });

  it('for an expired token is accessDenied, in the service’s words', async () => {
    await using lab = await startLab({ faults: [denied('listSubscriptions', 'expiredToken')] });
    const { body } = await lab.call('GET', '/scale-sets');
    expect([body.code, body.detail]).toEqual([
      'accessDenied',
      expect.stringContaining('ExpiredAuthenticationToken'),
    ]);
  });
});
