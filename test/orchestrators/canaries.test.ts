import { expect, it } from 'vitest';
import { canariesIn, CANARIES, canary, signedUrl } from '../lab/canaries.ts';
import { startLab, WEB } from '../lab/lab.ts';
import { ENDS, expectNoSecretAfter } from './canary-ends.ts';

/** One of each kind; the others are in the long lane. */
const FIRST = ENDS.filter(({ what }) =>
  /planning|undone, chatter 1|guests, chatter 0|Azure, chatter 4/.test(what),
);

// Feature [Secrets] No secret of any input or any answer of Azure is anywhere in the clear (Issue 12, kind 8)
//   shown by: a rollout that is undone, chatter 1, leaves no secret in an answer, a log, the history, a table or a blob
it.each(FIRST)(
  'a rollout that $what leaves no secret in an answer, a log, the history, a table or a blob',
  expectNoSecretAfter,
);

it('there is one of each kind', () => {
  expect(FIRST).toHaveLength(4);
});

const SECRET = canary('wrongType');
const UNREAD: readonly (readonly [what: string, body: unknown])[] = [
  ['is no JSON', `{"change": {"osProfile": {"adminPassword": ${JSON.stringify(SECRET)}`],
  ['has an unknown field', { scaleSet: WEB, change: {}, password: canary('unknownField') }],
  ['has an unknown field deep inside', { scaleSet: WEB, change: { osProfile: { password: SECRET } } }],
  ['has a secret of the wrong type', { scaleSet: WEB, change: { osProfile: { adminPassword: [SECRET] } } }],
  ['has a secret in the place of a name', { scaleSet: WEB, change: { vmSize: SECRET } }],
  [
    'has a secret in the place of an image',
    { scaleSet: WEB, change: { image: { uri: `http://x?sig=${SECRET}` } } },
  ],
  ['has a secret in the place of a set', { scaleSet: signedUrl('wrongType'), change: {} }],
  [
    'sets user data',
    { scaleSet: WEB, change: { set: { 'virtualMachineProfile.userData': canary('userData') } } },
  ],
  [
    'sets custom data in the open',
    {
      scaleSet: WEB,
      change: { set: { 'virtualMachineProfile.osProfile.customData': canary('customData') } },
    },
  ],
  [
    'sets a password within another value',
    { scaleSet: WEB, change: { set: { 'virtualMachineProfile.osProfile': { adminPassword: SECRET } } } },
  ],
  [
    'names an extension that is not there',
    { scaleSet: WEB, change: { extensions: [{ name: 'x', protectedSettings: { a: SECRET } }] } },
  ],
];

it.each(UNREAD)('a request that %s is refused without its secret', async (_what, body) => {
  const log: string[] = [];
  await using lab = await startLab({ count: 1, log: (_level, line) => void log.push(line) });
  for (const path of ['/plans', '/rollouts']) {
    const headers = { authorization: `Bearer ${encodeURIComponent(canary('unknownField'))}` };
    const answer = await lab.call('POST', path, body, headers);
    const id = answer.body.id as string | undefined;
    if (id === undefined) expect([400, 422]).toContain(answer.status);
    else expect((await lab.toEnd(id)).phase).toBe('refused');
    const told = id === undefined ? answer : await lab.call('GET', `/rollouts/${id}`);
    for (const text of [JSON.stringify(told.body), JSON.stringify([...told.headers]), log.join('\n')]) {
      expect(canariesIn(text, CANARIES)).toEqual([]);
    }
  }
});
