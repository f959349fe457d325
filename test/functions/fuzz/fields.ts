import { NEW, scaleSetId } from '../../lab/names.ts';

/** Stands in a body for the name of a scale set; whoever sends it puts a new one of the same length in its place. */
export const OWN_SET = 'fuzz-00000000';

/** A spec with every field that the contract has. `changed` puts something else at one place of it. */
export const SPEC = {
  scaleSet: scaleSetId(OWN_SET),
  change: {
    image: { version: NEW },
    vmSize: 'Standard_D4s_v5',
    extensions: [
      {
        name: 'app',
        settings: { fileUris: ['https://example.com/a'] },
        protectedSettings: {},
        forceUpdateTag: '7',
      },
    ],
    osProfile: { customData: 'IyEvYmluL3NoCg==' },
    set: { 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled': true },
    add: { 'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].x': {} },
    remove: ['tags.old'],
    force: 'reimage',
  },
  targets: {
    updateDomains: [0, 1],
    faultDomains: [0],
    zones: ['1'],
    instances: ['0', '3'],
    percent: 20,
    exclude: ['7'],
  },
  strategy: {
    batchBy: 'steps',
    steps: [1, '10%', '50%', '100%'],
    canary: 1,
    maxUnavailable: '20%',
    pacing: 'barrier',
    mostDisruptiveAllowed: 'reimage',
    acceptIrreversible: true,
  },
  health: { requireSignal: false, stableSeconds: 30, timeoutSeconds: 900, operationTimeoutSeconds: 5400 },
  soakSeconds: 0,
  approvals: {
    before: 'batch',
    quorum: 1,
    allowRequester: true,
    timeoutSeconds: 86_400,
    onTimeout: 'reject',
  },
  onFailure: 'rollback',
  timeoutSeconds: 86_400,
  planHash: '0123456789abcdef',
  reason: 'October image',
  labels: { pipeline: '1234' },
};

/** Objects of a spec, all of whose fields are known. */
export const CLOSED = [
  '',
  'change',
  'change.image',
  'change.extensions.0',
  'change.osProfile',
  'targets',
  'strategy',
  'health',
  'approvals',
];

/** Objects whose fields are the caller's own. */
export const OPEN = [
  'labels',
  'change.set',
  'change.add',
  'change.extensions.0.settings',
  'change.extensions.0.protectedSettings',
  'change.extensions.0.settings.fileUris.0',
];

const NO_TEXT = [null, 5, true, [], {}];
const NO_COUNT = [null, '5', 1.5, -1, true, [], {}, 2 ** 53, 1e300];
const NO_SECONDS = [...NO_COUNT, 30 * 86_400 + 1];
const NO_BOOLEAN = [null, 0, 1, 'true', [], {}];
const NO_CHOICE = [...NO_TEXT, '', ' ', 'explode', '__proto__', 'constructor'];
const NO_OBJECT = [null, 5, 'x', true, []];
const NO_SHARE = [null, 0, -1, 1.5, true, {}, [], '0%', '101%', '20', '-5%', '1e1%', '5.5%', ' 5%', '٥%'];

/** Values that no such field may have, by the path of the field. */
export const BAD: Readonly<Record<string, readonly unknown[]>> = {
  scaleSet: [
    ...NO_TEXT,
    '',
    'web',
    '/subscriptions/x',
    `${scaleSetId('web')}/virtualMachines/0`,
    `${scaleSetId('web')}\n`,
    `${scaleSetId('web')}?x=1`,
    scaleSetId('..'),
    scaleSetId('a\ud800'),
    scaleSetId('x'.repeat(65)),
    scaleSetId('web').replace('virtualMachineScaleSets', 'disks'),
  ],
  change: NO_OBJECT,
  'change.image': [...NO_OBJECT, {}],
  'change.image.version': [...NO_TEXT, '', 'newest', '1.2', 'latest ', '1.2.3.4', '../../x'],
  'change.vmSize': [...NO_TEXT, '', 'a b', 'x'.repeat(81), '../x', 'Standard\u0000'],
  'change.extensions': [null, 5, 'x', {}, []],
  'change.extensions.0': NO_OBJECT,
  'change.extensions.0.name': [...NO_TEXT, '', '../app', 'a/b', 'x'.repeat(81)],
  'change.extensions.0.settings': NO_OBJECT,
  'change.extensions.0.protectedSettings': NO_OBJECT,
  'change.extensions.0.forceUpdateTag': [...NO_TEXT, 'x'.repeat(257)],
  'change.osProfile': NO_OBJECT,
  'change.osProfile.customData': NO_TEXT,
  'change.osProfile.adminUsername': [...NO_TEXT, '', 'x'.repeat(65)],
  'change.osProfile.adminPassword': [...NO_TEXT, '', 'x'.repeat(124)],
  'change.set': NO_OBJECT,
  'change.add': NO_OBJECT,
  'change.remove': [null, 5, 'tags.a', {}, []],
  'change.remove.0': [...NO_TEXT, '', 'x'.repeat(513)],
  'change.force': [...NO_CHOICE, 'Reimage'],
  targets: NO_OBJECT,
  'targets.updateDomains': [null, 5, 'x', {}, []],
  'targets.updateDomains.0': NO_COUNT,
  'targets.faultDomains.0': NO_COUNT,
  'targets.zones': [null, 5, 'x', {}, []],
  'targets.zones.0': [...NO_TEXT, '', 'x'.repeat(11)],
  'targets.instances': [null, 5, '0', {}, []],
  'targets.instances.0': [...NO_TEXT, '', '*', '../0', '0,1', 'x'.repeat(81)],
  'targets.percent': [...NO_COUNT, 0, 101],
  'targets.exclude.0': [...NO_TEXT, '', '*'],
  strategy: NO_OBJECT,
  'strategy.batchBy': NO_CHOICE,
  'strategy.steps': [null, 5, '10%', {}, []],
  'strategy.steps.0': NO_SHARE,
  'strategy.canary': [...NO_COUNT, 0],
  'strategy.maxUnavailable': NO_SHARE,
  'strategy.pacing': NO_CHOICE,
  'strategy.mostDisruptiveAllowed': [...NO_CHOICE, 'impossible'],
  'strategy.acceptIrreversible': NO_BOOLEAN,
  health: NO_OBJECT,
  'health.requireSignal': NO_BOOLEAN,
  'health.stableSeconds': NO_SECONDS,
  'health.timeoutSeconds': NO_SECONDS,
  'health.operationTimeoutSeconds': NO_SECONDS,
  'health.maxUnhealthyInstancePercent': [...NO_COUNT, 101],
  'health.maxUnhealthyUpgradedInstancePercent': [...NO_COUNT, 101],
  'health.fixForward': NO_BOOLEAN,
  soakSeconds: NO_SECONDS,
  approvals: NO_OBJECT,
  'approvals.before': [null, 5, true, {}, [], 'sometimes'],
  'approvals.quorum': [...NO_COUNT, 0],
  'approvals.allowRequester': NO_BOOLEAN,
  'approvals.timeoutSeconds': NO_SECONDS,
  'approvals.onTimeout': NO_CHOICE,
  onFailure: NO_CHOICE,
  timeoutSeconds: [...NO_SECONDS, 0],
  planHash: [...NO_TEXT, ''],
  rollbackOf: [...NO_TEXT, '', '../x', 'a/b', 'x'.repeat(101)],
  reason: [...NO_TEXT, 'x'.repeat(1001)],
  labels: NO_OBJECT,
  'labels.pipeline': [...NO_TEXT, 'x'.repeat(1001)],
};

/** Values that such a field may well have. */
export const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  change: [{}],
  'change.image.version': ['latest', '1.2.3'],
  'change.extensions.0.settings': [
    {},
    { constructor: { prototype: { polluted: 'yes' } } },
    { toString: null, hasOwnProperty: 1, '': '', '\ud800': '\udfff' },
  ],
  'change.osProfile.customData': ['', '\u0000\ud800'],
  'change.set': [{}, { 'tags.a': '' }, { 'tags.to.string': 'yes' }],
  'targets.percent': [1, 100, 1e1],
  'strategy.steps': [[1], ['100%'], [1000, '1%']],
  'strategy.maxUnavailable': [1, '1%', '100%'],
  'health.stableSeconds': [0, 30 * 86_400, -0],
  'approvals.before': ['none', 'rollout', [0], [1000, 0]],
  soakSeconds: [0, 1, 30 * 86_400],
  onFailure: ['rollback', 'pause', 'halt'],
  reason: ['', '\ud800', '\u0000', '<script>', '${x}', 'x'.repeat(1000), '🙂\ufeff'],
  labels: [{}, { constructor: 'x', toString: '', '': '' }, { '\udfff': '\ud800' }],
};

/** Specs whose fields are right each by itself, but not together; where that shows. */
export const AT_ODDS: readonly (readonly [spec: object, path: string])[] = [
  [{ strategy: { steps: [1] } }, 'strategy.steps'],
  [{ strategy: { batchBy: 'zone', steps: [1] } }, 'strategy.steps'],
  [{ strategy: { batchBy: 'count' } }, 'strategy.steps'],
  [{ strategy: { batchBy: 'count', steps: ['10%'] } }, 'strategy.steps'],
  [{ strategy: { batchBy: 'percent', steps: [10] } }, 'strategy.steps'],
  [{ strategy: { batchBy: 'count', steps: [1, 2] } }, 'strategy.steps'],
  [{ rollbackOf: 'r1', change: { vmSize: 'Standard_D2s_v5' } }, 'change'],
  [{ change: { image: { version: NEW, id: '/x' } } }, 'change.image.id'],
];

/** What a spec must not carry, since a record would keep it: 422, with the path. */
export const SECRETS: readonly (readonly [spec: object, path: string])[] = [
  secret('virtualMachineProfile.osProfile.adminPassword', 'hunter2'),
  secret('virtualMachineProfile.osProfile.customData', 'x'),
  secret('virtualMachineProfile.extensionProfile.extensions[0].protectedSettings', {}),
  secret('virtualMachineProfile.osProfile', { adminPassword: 'hunter2' }),
];

function secret(path: string, value: unknown): readonly [object, string] {
  return [{ change: { set: { [path]: value } } }, `change.set.${path}`];
}

/** A copy with the value at the path; objects on the way are made, places of lists replaced. */
export function changed(whole: unknown, path: string, value: unknown): unknown {
  if (path === '') return value;
  const [first = '', ...rest] = path.split('.');
  const inside = rest.join('.');
  if (Array.isArray(whole))
    return whole.map((item, at) => (String(at) === first ? changed(item, inside, value) : item));
  const present = (typeof whole === 'object' && whole !== null ? whole : {}) as Record<string, unknown>;
  // Not an assignment: `__proto__` is to become a field of its own.
  const others = Object.entries(present).filter(([name]) => name !== first);
  return Object.fromEntries([
    ...others,
    [first, changed(Object.hasOwn(present, first) ? present[first] : {}, inside, value)],
  ]);
}
