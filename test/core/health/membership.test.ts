import { describe, expect, it, test } from 'vitest';
import { readEach } from '../../../src/activities/looks/read-each.ts';
import type { Compute, Read } from '../../../src/azure/port.ts';
import { lookOnceMore } from '../../../src/core/health/last-look.ts';
import { asPromised } from '../../../src/core/health/promised.ts';
import { domainsOf, largestDomain } from '../../../src/core/instance/domains.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { isServing } from '../../../src/core/instance/serving.ts';
import { promisesHealth } from '../../../src/core/model/signals.ts';
import { lackingIn, membersOf } from '../../../src/core/run/membership.ts';
import { after, aModel, anInstance, aRow, instances, NOW } from '../../lab/builders.ts';
import { NEW, OLD, WEB } from '../../lab/names.ts';
import { parseScaleSetId } from '../../../src/azure/address.ts';

describe('a whole list', () => {
  test.for([
    { name: 'of nobody, while there are members', listed: [], lacks: ['0', '1', '2', '9'] },
    { name: 'without one in the middle', listed: ['0', '2', '9'], lacks: ['1'] },
    { name: 'without one that the rollout leaves alone', listed: ['0', '1', '2'], lacks: ['9'] },
    { name: 'without one that has failed', listed: ['0', '1', '9'], lacks: ['2'] },
    { name: 'with somebody new', listed: ['0', '1', '2', '9', '12'], lacks: [] },
    { name: 'in another order', listed: ['9', '2', '1', '0'], lacks: [] },
  ])('$name', ({ listed, lacks }) => {
    const rows = [
      aRow('0', { state: 'done' }),
      aRow('1'),
      aRow('2', { state: 'failed' }),
      aRow('3', { state: 'gone' }),
    ];
    const members = membersOf({ bystanders: ['9'] }, rows);
    expect(
      lackingIn(
        listed.map((id) => anInstance(id)),
        members,
      ),
    ).toEqual(lacks);
  });
});

describe('asking for each', () => {
  const address = parseScaleSetId(WEB);
  const answers: Record<string, Read<Instance>> = {
    there: { kind: 'ok', value: anInstance('there') },
    away: { kind: 'missing', code: 'ResourceNotFound', message: 'no such instance' },
    denied: { kind: 'refused', status: 403, code: 'AuthorizationFailed', message: 'no' },
    silent: { kind: 'unreachable', message: 'HTTP 503' },
    busy: { kind: 'throttled', retryAfterSeconds: 7 },
  };
  const asked = (...ids: readonly string[]) => {
    if (address === undefined) throw new Error('no address');
    const instance = (_: unknown, id: string) => Promise.resolve(answers[id]);
    return readEach({ instance } as unknown as Compute, address, ids);
  };

  it('tells who is there and who is missing', async () => {
    expect(await asked('there', 'away')).toMatchObject({
      kind: 'ok',
      value: { there: [{ instanceId: 'there' }], missing: ['away'] },
    });
  });

  it.each(['denied', 'silent', 'busy'])(
    'an instance that refuses to be read is not missing (%s)',
    async (id) => {
      expect(await asked('away', id)).toEqual(answers[id]);
    },
  );
});

describe('a view without the signal that the model promises', () => {
  const silent = anInstance('0');
  const { health: _health, ...mute } = silent;
  const { agent: _agent, ...agentless } = mute;
  test.for<{ name: string; promisesHealth?: boolean; instance: Instance; serves: boolean }>([
    { name: 'does not serve', promisesHealth: true, instance: mute, serves: false },
    { name: 'serves where nothing is promised', instance: mute, serves: true },
    { name: 'serves when it shows', promisesHealth: true, instance: silent, serves: true },
    {
      name: 'does not serve without an agent that it has by design, either',
      promisesHealth: true,
      instance: { ...mute, isAgentless: true },
      serves: false,
    },
    {
      name: 'serves without an agent where it has none by design',
      instance: { ...agentless, isAgentless: true },
      serves: true,
    },
    {
      name: 'does not serve without the agent that it should have',
      instance: agentless,
      serves: false,
    },
  ])('$name', ({ instance, serves, ...promise }) => {
    expect(asPromised([instance], promise).map((one) => isServing(one))).toEqual([serves]);
  });

  const extension = (type: string) => ({
    extensionProfile: {
      extensions: [{ name: 'h', properties: { publisher: 'Microsoft.ManagedServices', type } }],
    },
  });
  test.for([
    { profile: extension('ApplicationHealthLinux'), promises: true },
    { profile: extension('applicationhealthwindows'), promises: true },
    { profile: extension('CustomScript'), promises: false },
    { profile: { networkProfile: { healthProbe: { id: '/probes/p' } } }, promises: true },
    { profile: { networkProfile: {} }, promises: false },
  ])('a model with $profile promises one: $promises', ({ profile, promises }) => {
    expect(promisesHealth(aModel({ profile }))).toBe(promises);
  });
});

describe('the last look before the end', () => {
  const DONE = aRow('3', { state: 'done', touched: true, updatedAt: after(0) });
  test.for<{
    name: string;
    shows: Partial<Instance> | undefined;
    image?: string;
    seconds?: number;
    is: string;
  }>([
    { name: 'shows it on the target', shows: { image: NEW }, image: NEW, is: 'done' },
    { name: 'shows that it is gone', shows: undefined, image: NEW, is: 'gone' },
    { name: 'shows another image', shows: { image: OLD }, image: NEW, is: 'failed' },
    { name: 'may lag', shows: { image: OLD }, image: NEW, seconds: 29, is: 'tooEarly' },
    { name: 'asks for no image where none is named', shows: { image: OLD }, is: 'done' },
    {
      name: 'does not mind one that was switched off since',
      shows: { image: NEW, power: 'deallocated' },
      image: NEW,
      is: 'done',
    },
  ])('$name: $is', ({ shows, image, seconds = 30, is }) => {
    const instance = shows && anInstance('3', shows);
    const seen = { image, now: NOW + seconds * 1000, viewLagSeconds: 30 };
    const looked = lookOnceMore(DONE, instance, seen);
    expect(looked === 'tooEarly' ? looked : looked.state).toBe(is);
  });
});

describe('instances that do not show their update domain', () => {
  const zonal = instances(
    9,
    (id) => ({ zone: String((Number(id) % 3) + 1), updateDomain: undefined }) as never,
  );

  it('are no domain that may be down together', () => {
    expect(largestDomain(zonal)).toBe(0);
    expect(domainsOf(zonal, 'updateDomain').map(({ name, instances: { length } }) => [name, length])).toEqual(
      [
        ['no update domain in zone 1', 3],
        ['no update domain in zone 2', 3],
        ['no update domain in zone 3', 3],
      ],
    );
  });

  it('are not taken for those of domain 0, of which some show it', () => {
    const mixed = instances(4, (id) =>
      Number(id) < 2 ? { updateDomain: 0 } : ({ updateDomain: undefined } as never),
    );
    expect(domainsOf(mixed, 'updateDomain').map(({ name }) => name)).toEqual([
      'update domain 0',
      'no update domain',
    ]);
    expect(largestDomain(mixed)).toBe(2);
  });
});
