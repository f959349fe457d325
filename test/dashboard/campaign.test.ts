import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignScaleSet, CampaignStage } from '../../client/types.ts';
import {
  campaignActions,
  campaignBarred,
  campaignStatus,
  setsFor,
  versionOf,
} from '../../dashboard/view/campaign.ts';
import { rollbackOf } from '../../dashboard/view/campaign-rollback.ts';
import { withConcurrency, withFound } from '../../dashboard/view/campaign-spec.ts';
import { successPercent, toldOf } from '../../dashboard/view/campaign-stages.ts';
import { kindsText, undelivered } from '../../dashboard/view/letters.ts';
import type { Letter } from '../../dashboard/view/letters.ts';

const AT = '2026-11-21T08:00:00.000Z';
const NONE = { total: 0, pending: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, rolledBack: 0 };

function aStage(index: number, name: string, fields: Partial<CampaignStage> = {}): CampaignStage {
  return {
    index,
    name,
    phase: 'running',
    scaleSets: NONE,
    minSuccessPercent: 100,
    allowedFailures: 0,
    concurrency: 2,
    soakSeconds: 0,
    approvalsNeeded: 0,
    startedAt: AT,
    endedAt: null,
    approvedBy: [],
    ...fields,
  };
}

function aMember(scaleSet: string, stage: number, fields: Partial<CampaignScaleSet> = {}): CampaignScaleSet {
  return { scaleSet, stage, group: 'all', phase: 'pending', ...fields };
}

function aCampaign(fields: Partial<Campaign> = {}): Campaign {
  return {
    id: 'c-1',
    name: 'October image',
    phase: 'running',
    requestedBy: 'ada',
    reason: null,
    labels: {},
    createdAt: AT,
    startedAt: AT,
    endedAt: null,
    version: null,
    stage: 1,
    next: [],
    scaleSets: { ...NONE, total: 4, pending: 1, running: 1, succeeded: 2 },
    change: { image: { version: '7' } },
    stages: [aStage(0, 'canary'), aStage(1, 'rest')],
    members: [],
    ...fields,
  };
}

describe('what a campaign says first', () => {
  const wait = { kind: 'approval', stage: 1, since: AT, until: AT } as const;
  const one = { ...wait, message: 'stage rest waits for an approval' };
  it.for([
    ['Stage rest is at work on 1 scale set', {}],
    ['Stage rest waits for an approval', { phase: 'waiting', waitingFor: one }],
    [
      'Stage rest waits for your approval',
      { phase: 'waiting', waitingFor: one, next: [{ command: 'approve' }] },
    ],
    ['Paused by grace', { phase: 'paused', paused: { by: 'grace', since: AT } }],
    [
      '1 scale set failed in stage rest; its budget allows 0',
      {
        phase: 'paused',
        paused: { by: null, since: AT },
        failure: {
          code: 'budgetSpent',
          message: '1 scale set failed in stage rest; its budget allows 0',
          remedy: '',
        },
      },
    ],
    [
      'Rolling back: 3 scale sets back so far',
      { phase: 'rollingBack', scaleSets: { ...NONE, rolledBack: 3 } },
    ],
    [
      'Done: 3 of 5 scale sets upgraded, 1 failed, 1 skipped',
      {
        phase: 'succeeded',
        endedAt: AT,
        scaleSets: { ...NONE, total: 5, succeeded: 3, failed: 1, skipped: 1 },
      },
    ],
  ] satisfies [string, Partial<Campaign>][])('is "%s"', ([text, fields]) => {
    expect(campaignStatus(aCampaign(fields)).text).toBe(text);
  });
});

describe('what may be asked of a campaign', () => {
  it('begins with what ends the wait, and ends with what takes back', () => {
    const next = ['pause', 'rollback', 'skip', 'approve'].map((command) => ({ command })) as Campaign['next'];
    const until = { kind: 'approval', stage: 1, until: AT, message: '' } as const;
    const actions = campaignActions(aCampaign({ next, phase: 'waiting', waitingFor: until }));
    expect(actions.map(({ label }) => label)).toEqual(['Approve', 'Pause', 'Skip scale sets', 'Roll back']);
    expect(actions.map(({ isMain }) => isMain)).toEqual([true, false, false, false]);
    expect(campaignActions(aCampaign({ next })).some(({ isMain }) => isMain)).toBe(false);
  });

  it('names the reason for what is not, the role before the phase', () => {
    const denied = [{ command: 'abort', message: 'you need the role operator' }] as const;
    const barred = new Map(
      campaignBarred(aCampaign({ denied: [...denied] })).map(({ label, why }) => [label, why]),
    );
    expect(barred.get('Abort')).toBe('you need the role operator');
    expect(barred.get('Resume')).toBe('nobody has paused it');
  });

  it('is meant for scale sets that can take it', () => {
    const members = [
      aMember('a', 0, { phase: 'failed' }),
      aMember('b', 1, { phase: 'failed' }),
      aMember('c', 1),
      aMember('d', 1, { phase: 'running' }),
    ];
    const named = (command: string) =>
      setsFor(command, aCampaign({ members })).map(({ scaleSet }) => scaleSet);
    expect([named('skip'), named('retry'), named('pause')]).toEqual([['c'], ['b'], []]);
  });
});

describe('what the rollback of a campaign costs', () => {
  it('is each stage in reverse, with as many at once as on the way there', () => {
    const at = (minute: number): string => new Date(Date.parse(AT) + minute * 60_000).toISOString();
    const done = { phase: 'succeeded', touched: true, startedAt: at(0), endedAt: at(10) } as const;
    const members = [
      aMember('a', 0, done),
      aMember('b', 0, { ...done, touched: false }),
      aMember('c', 1, done),
      aMember('d', 1, done),
      aMember('e', 1, { phase: 'running', startedAt: at(10) }),
      aMember('f', 1),
      aMember('g', 1, { phase: 'skipped' }),
    ];
    const stages = rollbackOf(aCampaign({ members }), Date.parse(at(14)));
    expect(
      stages.map(({ name, undone, running, seconds }) => [name, undone.length, running.length, seconds]),
    ).toEqual([
      ['rest', 2, 1, (24 * 60) / 2],
      ['canary', 1, 0, 600],
    ]);
    expect(stages[0]?.undone.map(({ scaleSet }) => scaleSet)).toEqual(['d', 'c']);
  });
});

describe('a stage', () => {
  it('has a rate of what it has attempted, and none before that', () => {
    expect(
      successPercent(aStage(0, 'a', { scaleSets: { ...NONE, total: 9, succeeded: 2, failed: 1 } })),
    ).toBe(66);
    expect(successPercent(aStage(0, 'a'))).toBeUndefined();
  });

  it('says the same of many scale sets once', () => {
    const crowded = { message: 'waits so that Azure does not throttle', code: 'throttling' };
    const members = [
      aMember('a', 0, crowded),
      aMember('b', 0, crowded),
      aMember('c', 0, { phase: 'failed', message: 'broke' }),
      aMember('d', 0),
    ];
    expect(toldOf(members).map((told) => [told.look.label, told.members.length])).toEqual([
      ['to come', 2],
      ['failed', 1],
    ]);
  });

  it('takes the version that was pinned, else the one that the change names', () => {
    expect([versionOf(aCampaign()), versionOf(aCampaign({ version: '8' }))]).toEqual(['7', '8']);
    expect(versionOf(aCampaign({ change: {} }))).toBeUndefined();
  });

  it('keeps what its group says beside what finds its scale sets', () => {
    const stage = { name: 'a', groups: [{ name: 'g', scaleSets: ['x'], concurrency: 3 }] };
    expect(withFound(stage, 'tags', ' ring = canary \nteam=a=b')).toEqual({
      name: 'a',
      groups: [{ name: 'g', concurrency: 3, tags: { ring: 'canary', team: 'a=b' } }],
    });
    expect(withConcurrency(stage, 5)).toEqual({
      name: 'a',
      concurrency: 5,
      groups: [{ name: 'g', scaleSets: ['x'], concurrency: 5 }],
    });
  });
});

it('dead letters of one rollout and target stand together', () => {
  const letter = (target: string, rollout: string, kind: string): Letter => {
    const id = `${target} ${rollout} ${kind}`;
    return { id, notice: id, target, rollout, kind, at: AT, tries: 2 };
  };
  const groups = undelivered([
    letter('hook', 'r1', 'ended'),
    letter('hook', 'r2', 'ended'),
    letter('hook', 'r1', 'failed'),
    letter('pager', 'r1', 'ended'),
    letter('hook', 'r1', 'ended'),
  ]);
  expect(groups.map(({ target, rollout, letters }) => [target, rollout, kindsText(letters)])).toEqual([
    ['hook', 'r1', '2 ended, failed'],
    ['hook', 'r2', 'ended'],
    ['pager', 'r1', 'ended'],
  ]);
});
