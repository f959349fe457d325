import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lookAt } from '../../../src/core/health/look.ts';
import type { Expectation } from '../../../src/core/health/look.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { anInstance, NOW } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

const SINCE = NOW;
const WRITE: Expectation = { action: 'upgrade', isLast: true, image: NEW, since: SINCE, disruptive: true };

/** As the instance looks when the write has done its work and the guest has reported since. */
const WELL: Partial<Instance> = {
  image: NEW,
  provisioning: { state: 'succeeded', at: SINCE + 60_000 },
  agent: { state: 'succeeded', at: SINCE + 70_000 },
  health: { state: 'healthy', at: SINCE + 80_000 },
};

function look(changes: Partial<Instance>, expected = WRITE): string {
  return lookAt(anInstance('3', { ...WELL, ...changes }), expected).kind;
}

test.each<[string, Partial<Instance>, string]>([
  ['is well', {}, 'healthy'],
  ['is unhealthy', { health: { state: 'unhealthy', at: SINCE + 80_000 } }, 'unhealthy'],
  ['is still starting', { health: { state: 'initializing', at: SINCE + 80_000 } }, 'settling'],
  ['is in unknown health', { health: { state: 'unknown', at: SINCE + 80_000 } }, 'settling'],
  ['reported its health before the write', { health: { state: 'healthy', at: SINCE - 1 } }, 'settling'],
  ['has no ready agent', { agent: { state: 'unavailable' } }, 'settling'],
  ['does not run', { power: 'stopped' }, 'settling'],
  ['is being provisioned', { provisioningState: 'Updating' }, 'settling'],
  ['still has the old image and is at work', { image: OLD, provisioningState: 'Updating' }, 'settling'],
  ['still has the old image and is at rest', { image: OLD }, 'untouched'],
  ['is not on the latest model', { latestModelApplied: false }, 'untouched'],
  ['has failed since', { provisioning: { state: 'failed/Boom', at: SINCE + 1 } }, 'failed'],
])('an instance that %s', (_, changes, expected) => {
  expect(look(changes)).toBe(expected);
});

it('takes a failure from before the write for no evidence against it', () => {
  const old = { state: 'failed/Boom', at: SINCE - 1 };
  expect(look({ provisioning: old, provisioningState: 'Failed', image: OLD })).toBe('untouched');
  expect(look({ provisioning: { state: 'failed/Boom' } })).not.toBe('failed');
});

it('names the code of a failure', () => {
  const provisioning = { state: 'failed/OSProvisioningTimedOut', at: SINCE + 1, message: 'too slow' };
  expect(lookAt(anInstance('3', { provisioning }), WRITE)).toEqual({
    kind: 'failed',
    code: 'OSProvisioningTimedOut',
    message: 'too slow',
  });
});

describe('without a health signal', () => {
  const { health: _health, ...silent } = WELL;
  it('is healthy with a ready agent on the target', () => {
    expect(lookAt({ ...silentInstance(), ...silent }, WRITE).kind).toBe('healthy');
  });
  it('is not healthy while the agent is silent', () => {
    const { agent: _agent, ...mute } = { ...silentInstance(), ...silent };
    expect(lookAt(mute, WRITE).kind).toBe('settling');
  });
});

function silentInstance(): Instance {
  const { health: _health, ...instance } = anInstance('3');
  return instance;
}

it('believes an old health report after a write that takes nothing down', () => {
  expect(look({ health: { state: 'healthy', at: SINCE - 1 } }, { ...WRITE, disruptive: false })).toBe(
    'healthy',
  );
});

const anything = fc.record<Partial<Instance>>(
  {
    latestModelApplied: fc.boolean(),
    image: fc.constantFrom(OLD, NEW),
    provisioningState: fc.constantFrom(
      'Creating',
      'Updating',
      'Succeeded',
      'Failed',
      'Deleting',
      'Migrating',
    ),
    power: fc.constantFrom('running', 'starting', 'stopped', 'deallocated', 'unknown'),
    agent: fc.record({ state: fc.constantFrom('succeeded', 'unavailable', 'unknown') }),
    health: fc.record({
      state: fc.constantFrom('healthy', 'unhealthy', 'initializing', 'unknown', 'somethingNew'),
      at: fc.integer({ min: SINCE - 100, max: SINCE + 100 }),
    }),
    provisioning: fc.record({
      state: fc.constantFrom('succeeded', 'failed/x', 'failed', 'updating'),
      at: fc.integer({ min: SINCE - 100, max: SINCE + 100 }),
    }),
  },
  { requiredKeys: [] },
);

it('is healthy only where everything says so, and says so since the write', () => {
  fc.assert(
    fc.property(anything, (changes) => {
      const instance = anInstance('3', { ...WELL, ...changes });
      if (lookAt(instance, WRITE).kind !== 'healthy') return;
      expect(instance).toMatchObject({
        latestModelApplied: true,
        image: NEW,
        provisioningState: 'Succeeded',
        power: 'running',
        agent: { state: 'succeeded' },
        health: { state: 'healthy' },
      });
      expect(instance.health?.at).toBeGreaterThanOrEqual(SINCE);
    }),
    { numRuns: 500 },
  );
});
