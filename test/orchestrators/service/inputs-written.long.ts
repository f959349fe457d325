import { describe, it } from 'vitest';
import { BAD, expectRight, hit, SLIDING } from '../../lab/inputs.ts';
import type { Input } from '../../lab/inputs.ts';
import { OLD } from '../../lab/lab.ts';

const always = 'always' as const;

describe('refusals that pass', () => {
  // Feature [Service behaviour that is expected] Rights that come and go in every form, and addresses of operations that lead nowhere (arm-vmss.md 3.4)
  //   shown by: refusals that pass > linked access that is denied three times
  it.each<Input>([
    {
      name: 'linked access that is denied three times',
      options: { faults: [{ kind: 'accessDenied', why: 'linkedAccess', ...hit('patch'), count: 3 }] },
    },
    {
      name: 'a token that is invalid at an upgrade',
      options: { faults: [{ kind: 'accessDenied', why: 'invalidToken', ...hit('manualupgrade', 2) }] },
    },
    {
      name: 'rights that lack for ten minutes, whatever is asked',
      options: { faults: [{ kind: 'accessDenied', fromSeconds: 200, untilSeconds: 800, count: always }] },
    },
    {
      name: 'polls that are denied while an operation runs',
      options: { faults: [{ kind: 'accessDenied', ...hit('poll', 2), count: 4 }] },
    },
    {
      name: 'operations whose addresses are all of another host',
      options: { faults: [{ kind: 'strayOperationUrl', ...hit('manualupgrade'), count: always }] },
    },
    {
      name: 'a write that answers without an address',
      options: { faults: [{ kind: 'strayOperationUrl', to: 'nowhere', ...hit('patch') }] },
    },
  ])('$name', expectRight);
});

describe('nothing is sent twice', () => {
  // Feature [Service behaviour that is expected] Answers that a gateway swallows or writes itself: nothing is sent twice (reported: a list of 70 s and a lost answer)
  //   shown by: nothing is sent twice > every upgrade gets a gateway’s page
  it.each<Input>([
    {
      name: 'every upgrade gets a gateway’s page',
      options: { faults: [{ kind: 'garbledAnswer', ...hit('manualupgrade'), count: always }] },
    },
    {
      name: 'every upgrade is answered by 504',
      options: { faults: [{ kind: 'lostAnswer', status: 504, ...hit('manualupgrade'), count: always }] },
    },
    {
      name: 'the model write is answered by a page of a gateway',
      options: { faults: [{ kind: 'garbledAnswer', status: 200, ...hit('patch') }] },
    },
    {
      name: 'every answer is lost while batches slide',
      options: { faults: [{ kind: 'lostAnswer', ...hit('manualupgrade'), count: always }] },
      spec: SLIDING,
    },
    {
      name: 'a lost answer while views lag as long as they may',
      options: {
        profile: { viewLagSeconds: [20, 25] },
        faults: [{ kind: 'lostAnswer', ...hit('manualupgrade', 2) }],
      },
    },
    {
      name: 'answers are lost on both ways',
      options: { faults: [BAD, { kind: 'lostAnswer', ...hit('manualupgrade'), count: always }] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
    },
  ])('$name', expectRight);
});

describe('waits have a bound', () => {
  // Feature [Service behaviour that is expected] States of the set and of writes that stay for long and pass: the rollout goes on (case 11)
  //   shown by: waits have a bound > a set Updating for twenty minutes
  it.each<Input>([
    {
      name: 'a set Updating for twenty minutes',
      options: { faults: [{ kind: 'setShows', afterOperation: 'patch', untilSeconds: 1200 }] },
    },
    {
      name: 'a set that shows Failed for some minutes, of an old failure',
      options: { faults: [{ kind: 'staleFailure', onScaleSet: true }] },
      spec: { health: { fixForward: true } },
    },
    {
      name: 'a model write that is answered by 500 twice',
      options: { faults: [{ kind: 'serverError', ...hit('patch'), count: 2 }] },
    },
    {
      name: 'an upgrade that is answered by 500 twice',
      options: { faults: [{ kind: 'serverError', ...hit('manualupgrade', 2), count: 2 }] },
    },
    {
      name: 'two instances that do not serve from the beginning',
      options: { faults: [{ kind: 'badImage', version: OLD, instances: ['3', '9'] }] },
      floor: 0,
    },
    {
      name: 'throttling of every write for minutes',
      options: { faults: [{ kind: 'throttle', ...hit('manualupgrade'), count: 5, retryAfterSeconds: 60 }] },
    },
  ])('$name', expectRight);
});
