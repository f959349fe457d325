import { expect } from 'vitest';
import { canariesIn, CANARIES, canary, signedUrl, spellings } from '../lab/canaries.ts';
import type { CanaryPlace } from '../lab/canaries.ts';
import { kept } from '../lab/kept.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';
import { recordsOf } from '../lab/records.ts';

/** As it was before: Azure shows these settings to whoever may read the set. */
const APP = {
  name: 'app',
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: { fileUris: [signedUrl('sasInModel')], storageAccountKey: canary('keyInModel') },
  },
};

const CHANGE = {
  extensions: [
    {
      name: 'app',
      settings: {
        fileUris: [signedUrl('sasInSettings')],
        storageAccountKey: canary('settingsKey'),
        nested: { api_token: canary('settingsToken') },
      },
      protectedSettings: {
        commandToExecute: canary('protectedSettings'),
        nested: [{ password: canary('protectedNested') }],
      },
    },
  ],
  osProfile: { adminPassword: canary('adminPassword'), customData: canary('customData') },
};

/** The beginning of all of them: nothing of a secret that was cut may stay. */
const CUT = 'Canary-s';
const TOKEN = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
const CONNECTION = 'AccountName=a;AccountKey=Canary-of-a-connection==;EndpointSuffix=x';

const READABLE = ['settingsKey', 'settingsToken', 'sasInSettings', 'keyInModel', 'sasInModel'] as const;
const GIVEN = [
  ...READABLE,
  'protectedSettings',
  'protectedNested',
  'customData',
  'adminPassword',
] as const satisfies readonly CanaryPlace[];

/**
 * What a service says that repeats all that it was given, in every spelling; what is longer than a record holds is cut, at
 * two places in the middle of a secret.
 */
function chatter(places: readonly CanaryPlace[]): readonly string[] {
  const secrets = places.map((place) => canary(place));
  const spelled = (...forms: readonly number[]): string =>
    forms.flatMap((form) => secrets.map((secret) => spellings(secret)[form] ?? '')).join(' ');
  const [secret = ''] = secrets;
  return [
    `${TOKEN} ${CONNECTION} ${signedUrl('sasInModel')} ${spelled(0)}`,
    spelled(1, 2),
    spelled(3, 4),
    spelled(5, 6, 7),
    ...[9, secret.length - 1].map((length) => `${'x'.repeat(1_999 - length)} ${secret}`),
  ];
}

/** All that somebody who can read, but not the keys, gets to see. */
async function seen(lab: Lab, id: string, log: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const name = WEB.split('/').at(-1) ?? '';
  const [, , subscription = '', , group = ''] = WEB.split('/');
  const set = `/scale-sets/${subscription}/${group}/${name}`;
  const paths = [
    ...['', '/plan', '/instances', '/events', '/explanation', '/rollback-plan'].map(
      (part) => `/rollouts/${id}${part}`,
    ),
    '/rollouts',
    '/leases',
    set,
    `${set}/instances`,
  ];
  const found = new Map<string, string>();
  for (const path of paths) found.set(path, JSON.stringify((await lab.call('GET', path)).body));
  const plan = await lab.call('POST', '/plans', { scaleSet: WEB, change: { extensions: CHANGE.extensions } });
  found.set('/plans', JSON.stringify(plan.body));
  found.set('history', JSON.stringify(lab.host.history(id)));
  found.set('log', log.join('\n'));
  for (const [document, value] of await kept(lab.store)) {
    found.set(document, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return found;
}

/** Parts of the signed addresses that the service gave for its operations. */
async function signaturesOf(lab: Lab, id: string): Promise<readonly string[]> {
  const { operations } = await recordsOf(lab.store, id);
  const urls = operations.flatMap(({ pollUrl }) => (pollUrl === undefined ? [] : [new URL(pollUrl)]));
  return urls.flatMap(({ searchParams }) => [...searchParams.values()].filter(({ length }) => length > 20));
}

export interface End extends LabOptions {
  readonly what: string;
  readonly change?: object;
  readonly phase: string;
  readonly isSent: boolean;
}

/** Every way in which a rollout ends, and every chance that Azure has to repeat what it was given. */
export const ENDS: readonly End[] = [
  { what: 'succeeds', phase: 'succeeded', isSent: true },
  {
    what: 'is refused in planning',
    phase: 'refused',
    isSent: false,
    change: { ...CHANGE, extensions: CHANGE.extensions.map((one) => ({ ...one, name: 'other' })) },
  },
  ...chatter(READABLE).map((message, index): End => ({
    what: `is undone, chatter ${index},`,
    phase: 'rolledBack',
    isSent: true,
    change: { extensions: CHANGE.extensions.map(({ name, settings }) => ({ name, settings })) },
    faults: [
      { kind: 'operationFails', operation: 'manualupgrade', code: 'VMExtensionProvisioningError', message },
    ],
  })),
  ...chatter(GIVEN).flatMap((message, index): readonly End[] => [
    {
      what: `is refused by Azure, chatter ${index},`,
      phase: 'refused',
      isSent: true,
      faults: [{ kind: 'refused', operation: 'patchExtension', status: 400, code: 'BadRequest', message }],
    },
    {
      what: `fails in the guests, chatter ${index},`,
      phase: 'halted',
      isSent: true,
      faults: [{ kind: 'extensionFails', extension: 'app', message }],
    },
    {
      what: `is denied for a while, chatter ${index},`,
      phase: 'succeeded',
      isSent: true,
      faults: [{ kind: 'refused', operation: 'manualupgrade', status: 503, code: 'Busy', message }],
    },
  ]),
];

/** Runs a rollout to this end and looks for every secret in all that is left of it. */
export async function expectNoSecretAfter(end: End): Promise<void> {
  const { what: _what, change = CHANGE, phase, isSent, ...options } = end;
  const log: string[] = [];
  const sink = (_level: string, line: string): void => void log.push(line);
  await using lab = await startLab({ count: 2, extensions: [APP], log: sink, ...options });
  const id = await lab.start({
    change,
    strategy: { acceptIrreversible: true, maxUnavailable: 1 },
    health: { stableSeconds: 0 },
  });
  expect((await lab.toEnd(id)).phase).toBe(phase);
  const signatures = await signaturesOf(lab, id);
  expect(signatures.length > 0).toBe(isSent);
  const found = await seen(lab, id, log);
  // What Azure has repeated was told, without the secrets.
  if (options.faults !== undefined) expect([...found.values()].join('\n')).toContain('…');
  for (const [where, text] of found) {
    const secrets = [...CANARIES, ...signatures, TOKEN, 'Canary-of-a-connection', CUT];
    expect(canariesIn(text, secrets), where).toEqual([]);
  }
}
