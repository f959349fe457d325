import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScaleSetId, scaleSetPath } from '../../dashboard/api/paths.ts';
import { pauseAfter } from '../../dashboard/live/pace.ts';
import { links, placeOf } from '../../dashboard/view/place.ts';
import { arranged, standingOf } from '../../dashboard/view/scale-sets.ts';
import {
  commandText,
  fieldOf,
  idsIn,
  imageKindOf,
  pipelineText,
  shareIn,
  sharesIn,
  specIn,
  specText,
  withField,
  withImageKind,
} from '../../dashboard/view/spec.ts';
import { capital, idRanges, imageText, sentence, shortRanges } from '../../dashboard/view/text.ts';
import { clock, duration, exact, relative } from '../../dashboard/view/time.ts';
import { anInstance } from './support/builders.ts';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');

describe('times', () => {
  it.for([
    [0, '0 s'],
    [59.6, '1 m'],
    [160, '2 m 40 s'],
    [3600, '1 h'],
    [5400, '1 h 30 m'],
    [90_000, '1 d 1 h'],
  ] as const)('take %d seconds for %s', ([seconds, text]) => {
    expect(duration(seconds)).toBe(text);
  });

  it.for([
    ['2026-11-21T11:59:57.000Z', 'just now'],
    ['2026-11-21T11:59:18.000Z', '40 s ago'],
    ['2026-11-21T11:53:00.000Z', '7 min ago'],
    ['2026-11-21T09:50:00.000Z', '2 h 10 m ago'],
    ['2026-11-18T09:50:00.000Z', '3 days ago'],
    ['2026-11-22T11:00:00.000Z', 'in 23 h'],
  ] as const)('are told from now: %s is %s', ([iso, text]) => {
    expect(relative(iso, NOW)).toBe(text);
  });

  it('are exact on demand, and short in a list', () => {
    expect(exact('2026-11-21T08:03:16.431Z')).toBe('2026-11-21 08:03:16 UTC');
    expect(clock('2026-11-21T08:03:16.431Z', NOW)).toBe('08:03');
    expect(clock('2026-11-20T08:03:16.431Z', NOW)).toBe('11-20 08:03');
  });
});

describe('how often the page looks', () => {
  it('is every two seconds while something moves', () => {
    expect(pauseAfter({ moves: true, inVain: 50 })).toBe(2000);
  });

  it('grows to half a minute while nothing does, and never shrinks on the way', () => {
    const pauses = Array.from({ length: 30 }, (_, inVain) => pauseAfter({ moves: false, inVain }));
    expect(pauses[0]).toBe(2000);
    expect(pauses.at(-1)).toBe(30_000);
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  });

  it('obeys an answer that asks to wait', () => {
    expect(pauseAfter({ moves: true, inVain: 0, retryAfterSeconds: 60 })).toBe(60_000);
  });
});

describe('addresses of the page', () => {
  it('lead back to what they were made of, whatever the names', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() !== '' && text !== '.' && text !== '..');
    fc.assert(
      fc.property(name, name, name, (subscriptionId, resourceGroup, set) => {
        const address = { subscriptionId, resourceGroup, name: set };
        expect(placeOf(links.scaleSet(address), '')).toEqual({ kind: 'scaleSet', address });
        expect(placeOf(links.rollout(set), '')).toEqual({ kind: 'rollout', id: set });
        expect(placeOf(links.more('campaigns', set), '')).toEqual({
          kind: 'more',
          page: 'campaigns',
          name: set,
        });
        const [path = '', query = ''] = links.undo(set, resourceGroup).split('?');
        expect(placeOf(path, `?${query}`)).toEqual({
          kind: 'newRollout',
          scaleSet: set,
          rollbackOf: resourceGroup,
        });
      }),
    );
  });

  it.for([
    ['', 'scaleSets'],
    ['/', 'scaleSets'],
    ['/rollouts', 'rollouts'],
    ['/on-call', 'onCall'],
    ['/waits', 'more'],
    ['/strategies/careful', 'more'],
    ['/scale-sets/only-two', 'nowhere'],
    ['/%E0%A4%A', 'nowhere'],
  ] as const)('%s is %s', ([path, kind]) => {
    expect(placeOf(`/api/dashboard${path}`, '').kind).toBe(kind);
  });

  it('name a set by its resource id, in any case', () => {
    const id = '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachinescalesets/web';
    const address = parseScaleSetId(id);
    expect(address).toEqual({ subscriptionId: 's', resourceGroup: 'g', name: 'web' });
    expect(address && scaleSetPath(address)).toBe('/scale-sets/s/g/web');
    expect(parseScaleSetId('web')).toBeUndefined();
  });
});

describe('texts', () => {
  it('shorten a list that would fill the page, and leave codes as they are', () => {
    const many = Array.from({ length: 200 }, (_, index) => String(index * 5));
    expect(shortRanges(many)).toBe('0, 5, 10, 15, 20, 25… (200 in all)');
    expect(shortRanges(['2', '7', '12'])).toBe('2, 7, 12');
    expect(capital('update domain 2')).toBe('Update domain 2');
    expect(capital('unhealthyAfterUpgrade: 3')).toBe('unhealthyAfterUpgrade: 3');
    expect(capital('settings.targets.0.secret is unknown')).toBe('settings.targets.0.secret is unknown');
  });

  it('make a sentence of what the app says, but no word of a code or a path', () => {
    expect(sentence('you need the role approver')).toBe('You need the role approver.');
    expect(sentence('Is it there?')).toBe('Is it there?');
    expect(sentence('strategy.steps: is empty')).toBe('strategy.steps: is empty.');
    expect(sentence('unhealthyAfterUpgrade on 3')).toBe('unhealthyAfterUpgrade on 3.');
  });

  it('put neighbours among instance ids together', () => {
    expect(idRanges(['10', '2', '1', '0', '7'])).toBe('0-2, 7, 10');
    expect(idRanges(['1', '0'])).toBe('0, 1');
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), (numbers) => {
        const sorted = [...numbers].sort((one, other) => one - other).map(String);
        expect(idsIn(idRanges(numbers.map(String))) ?? []).toEqual(sorted);
      }),
    );
  });

  it.for([
    [{ publisher: 'Canonical', offer: 'jammy', sku: 'lts', version: '22.04.1' }, '22.04.1', 'jammy lts'],
    [
      {
        id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/a/images/b/versions/1.2.3',
      },
      '1.2.3',
      'galleries/a/images/b/versions',
    ],
    [null, 'custom disk', ''],
  ] as const)('name an image by what changes last: %j', ([image, version, of]) => {
    const text = imageText(image);
    expect(text.version).toBe(version);
    expect(text.of).toContain(of.split('/').at(-1) ?? '');
  });
});

describe('a list of scale sets', () => {
  const set = (name: string, capacity: number, heldBy: string | null = null) => ({
    id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
    subscriptionId: 's',
    resourceGroup: 'g',
    name,
    location: 'westeurope',
    zones: [],
    vmSize: 'Standard_D2s_v5',
    capacity,
    orchestrationMode: 'Uniform',
    upgradePolicy: 'Manual',
    image: { version: '1.0.0' },
    provisioningState: 'Succeeded',
    heldBy,
  });
  const sets = [set('web10', 3), set('web2', 30), set('api', 5, 'r')];
  const names = (...given: Parameters<typeof arranged>) => arranged(...given).map(({ name }) => name);

  it('is sorted as people count, and running rollouts first where asked', () => {
    expect(names(sets, '', 'name')).toEqual(['api', 'web2', 'web10']);
    expect(names(sets, '', 'capacity')).toEqual(['web2', 'api', 'web10']);
    expect(names(sets, '', 'heldBy')[0]).toBe('api');
  });

  it('is filtered by every word', () => {
    expect(names(sets, 'WEB 1.0.0', 'name')).toEqual(['web2', 'web10']);
    expect(names(sets, 'web nothing', 'name')).toEqual([]);
  });

  it('counts who is behind and who is ill', () => {
    const instances = [
      anInstance('0'),
      anInstance('1', { latestModelApplied: false }),
      anInstance('2', { health: 'unhealthy' }),
      anInstance('3', { provisioningState: 'Failed' }),
    ];
    expect(standingOf(instances)).toEqual({ behind: 1, unhealthy: 2 });
  });
});

describe('a spec in a form', () => {
  it('takes a field, and gives it back without a trace', () => {
    const spec = withField({ scaleSet: 's' }, 'strategy.batchBy', 'count');
    expect(spec).toEqual({ scaleSet: 's', strategy: { batchBy: 'count' } });
    expect(fieldOf(spec, 'strategy.batchBy')).toBe('count');
    expect(withField(spec, 'strategy.batchBy', undefined)).toEqual({ scaleSet: 's' });
    expect(fieldOf({ a: ['x'] }, 'a.b')).toBeUndefined();
  });

  it('reads ids, counts and shares as people write them', () => {
    expect(idsIn('0-3, 7')).toEqual(['0', '1', '2', '3', '7']);
    expect(idsIn(' ')).toBeUndefined();
    expect(idsIn('0-5000')).toEqual(['0-5000']);
    expect(shareIn('3')).toBe(3);
    expect(shareIn(' 20% ')).toBe('20%');
    expect(shareIn('')).toBeUndefined();
    expect(sharesIn('1, 10% 50%')).toEqual([1, '10%', '50%']);
  });

  it('has one kind of image at a time', () => {
    const versioned = withImageKind({}, 'version');
    expect(versioned).toEqual({ change: { image: { version: 'latest' } } });
    expect(imageKindOf(versioned)).toBe('version');
    expect(withImageKind(versioned, 'id')).toEqual({ change: { image: { id: '' } } });
    expect(withImageKind(versioned, 'none')).toEqual({});
    expect(imageKindOf({ change: { image: { sku: 'a', version: '1.0.0' } } })).toBe('sku');
  });

  it('is the same as JSON, and says why something is none', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (spec) => {
        expect(specIn(specText(spec))).toEqual({ spec: JSON.parse(JSON.stringify(spec)) });
      }),
    );
    expect(specIn('[]')).toHaveProperty('why');
    expect(specIn('{')).toHaveProperty('why');
  });

  it('is a command that no value of it can end', () => {
    const spec = { reason: "SPEC\nSPEC'$(id)" };
    const lines = commandText(spec).split('\n');
    expect(lines[0]).toBe("vmss-rollout start --wait --spec - <<'SPEC'");
    expect(lines.filter((line) => line === 'SPEC')).toHaveLength(1);
    expect(lines.at(-1)).toBe('SPEC');
    expect(pipelineText(spec)).toContain('\n    SPEC\n');
  });
});
