import { describe, expect, it } from 'vitest';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { acceptedUpgrades, expectImages, writes } from '../lab/judge.ts';

async function instancesOf(lab: Lab, id: string): Promise<Map<string, Body>> {
  const { body } = await lab.call('GET', `/rollouts/${id}/instances`);
  return new Map(body.value.map((instance: Body) => [instance.instanceId, instance]));
}

const APP = {
  name: 'app',
  properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' },
};

function timeOfUpgrade(lab: Lab, instanceId: string): number {
  const upgrade = writes(lab.log).find(
    ({ operation, instances }) => operation === 'manualupgrade' && instances?.includes(instanceId) === true,
  );
  return upgrade?.time ?? Number.NaN;
}

// Feature [Health] Evidence of each failed instance (Health, new 16)
it('keeps what a failed instance showed, with the write and its times', async () => {
  await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['0'] }] });
  const id = await lab.start({ onFailure: 'pause' });
  await lab.until(id, 'paused');
  const { failure } = (await instancesOf(lab, id)).get('0');
  expect(failure).toMatchObject({
    code: 'unhealthyAfterUpgrade',
    evidence: {
      provisioning: { state: 'Succeeded' },
      power: 'running',
      agent: { state: 'succeeded', message: 'Guest Agent is running' },
      health: { state: 'unhealthy', message: expect.stringContaining('unhealthy') },
      image: NEW,
      write: { action: 'upgrade', status: 'succeeded' },
    },
  });
  const { seenAt, write, healthyBy } = failure.evidence;
  const times = [write.intendedAt, write.acceptedAt, write.endedAt, healthyBy].map((time) =>
    Date.parse(time),
  );
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Date.parse(seenAt)).toBeGreaterThanOrEqual(Date.parse(healthyBy));
  expect(Math.abs(Date.parse(write.intendedAt) - timeOfUpgrade(lab, '0'))).toBeLessThan(2000);
});

// Feature [Health] Evidence outlives the way back (Health)
it('still tells why after the instance was brought back', async () => {
  await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['0'] }] });
  const rollout = await lab.rollOut();
  expect(rollout.phase).toBe('rolledBack');
  expectImages(lab, OLD);
  const instance = (await instancesOf(lab, rollout.id)).get('0');
  expect(instance.failure).toBeUndefined();
  expect(instance.earlierFailures).toMatchObject([{ evidence: { health: { state: 'unhealthy' } } }]);
  const { body } = await lab.call('GET', `/rollouts/${rollout.id}/explanation`);
  expect(body.failures).toMatchObject([
    { instanceId: '0', code: 'unhealthyAfterUpgrade', evidence: { health: { state: 'unhealthy' } } },
  ]);
});

// Feature [Health] Failures grouped by cause (Health, S86)
it('groups failures by their cause', async () => {
  await using lab = await startLab({
    healthExtensionVersion: '2.0',
    faults: [
      { kind: 'badImage', version: NEW, instances: ['0', '5'] },
      { kind: 'badImage', version: NEW, instances: ['10'], effect: 'agentNotReady' },
    ],
  });
  const id = await lab.start({
    onFailure: 'pause',
    health: { maxUnhealthyUpgradedInstancePercent: 70 },
  });
  const paused = await lab.until(id, 'paused');
  expect(paused.failure).toMatchObject({
    instances: ['0', '10', '5'].toSorted((a, b) => Number(a) - Number(b)),
    causes: [
      { code: 'unhealthyAfterUpgrade', instances: ['0', '5'] },
      { code: 'unhealthyTimeout', message: 'the guest agent is not ready', instances: ['10'] },
    ],
  });
  expect(paused.failure.message).toMatch(
    /^2 instances: .*unhealthy.* \(0, 5\); 1 instance: the guest agent is not ready \(10\)$/,
  );
});

describe('an extension that fails', () => {
  // Feature [Health] Extension messages, without the signature of a URL (Health, new 16)
  it('is named with its own words, and without the signature of its URL', async () => {
    const message = 'cannot fetch https://store.example/a.sh?sv=1&sig=topsecret';
    await using lab = await startLab({
      extensions: [APP],
      faults: [
        { kind: 'operationFails', nth: 1, instances: ['0'], message, code: 'VMExtensionProvisioningError' },
      ],
    });
    const rollout = await lab.rollOut({ onFailure: 'halt' });
    expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'VMExtensionProvisioningError' } });
    const all = await Promise.all(
      ['', '/instances', '/events', '/explanation'].map(async (part) => {
        return (await lab.call('GET', `/rollouts/${rollout.id}${part}`)).body;
      }),
    );
    expect(JSON.stringify(all)).toContain('cannot fetch https://store.example/a.sh');
    expect(JSON.stringify(all)).not.toContain('topsecret');
  });
});

// Feature [Health] Load-balancer probe where the instance view carries it (Health, E30)
it('counts an unhealthy load-balancer probe, where there is no health extension', async () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb/probes/p';
  await using lab = await startLab({
    scaleSets: [
      {
        name: 'web',
        count: 15,
        healthExtension: false,
        profile: { networkProfile: { healthProbe: { id } } },
      },
    ],
    faults: [{ kind: 'badImage', version: NEW, instances: ['0'] }],
  });
  const rollout = await lab.rollOut({ health: { requireSignal: true } });
  expect(rollout).toMatchObject({
    phase: 'rolledBack',
    failure: { code: 'unhealthyAfterUpgrade', instances: ['0'] },
  });
  expect(acceptedUpgrades(lab.log).flat()).not.toContain('1');
  expectImages(lab, OLD);
});
