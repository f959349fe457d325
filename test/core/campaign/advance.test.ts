import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/campaign/advance.ts';
import type { Campaign, CampaignSet } from '../../../src/core/campaign/campaign.ts';
import type { CampaignCommand } from '../../../src/core/campaign/commands.ts';
import { newCampaign } from '../../../src/core/campaign/new-campaign.ts';
import { CampaignSpec } from '../../../src/core/campaign/spec.ts';
import type { ActResult, Seen } from '../../../src/core/campaign/turn.ts';
import { scaleSetId } from '../../lab/names.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const AT = new Date(NOW).toISOString();

type Set = Pick<CampaignSet, 'phase'> & Partial<CampaignSet>;

/** A campaign of two stages whose first one runs, with these sets. */
function campaignOf(sets: readonly Set[], stages: readonly object[] = [{}, {}]): Campaign {
  const spec = CampaignSpec.parse({
    name: 'test',
    stages: stages.map((stage, index) => ({
      name: `s${index}`,
      groups: [{ name: 'all', tags: { a: 'b' }, concurrency: 50 }],
      ...stage,
    })),
  });
  const created = newCampaign(spec, {
    id: 'c-1',
    caller: { kind: 'user', name: 'ada', roles: ['operator'] },
    createdAt: AT,
  });
  const [, ...rest] = created.stages;
  const record = { ...created, phase: 'running' as const, stages: [{ phase: 'running' as const }, ...rest] };
  const all = sets.map((set, index) => ({
    scaleSet: scaleSetId(`web${index}`),
    stage: 0,
    group: 0,
    attempt: 0,
    ...set,
  }));
  return { record, spec, sets: all };
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  now: NOW,
  commands: [],
  rollouts: new Map(),
  results: [],
  ...more,
});

const command = (name: CampaignCommand['command'], more: Partial<CampaignCommand> = {}): CampaignCommand => ({
  sequence: 1,
  command: name,
  by: 'linus',
  at: AT,
  ...more,
});

const phases = ({ sets }: Pick<Campaign, 'sets'>): readonly string[] => sets.map(({ phase }) => phase);

describe('a turn of a campaign', () => {
  it('begins as many as there is room for, and at most forty', () => {
    const many = Array.from({ length: 60 }, () => ({ phase: 'pending' as const }));
    const { acts, draft } = advance(campaignOf(many, [{ concurrency: 45 }]), seen());
    expect(acts).toHaveLength(40);
    expect(phases(draft).filter((phase) => phase === 'starting')).toHaveLength(45);
  });

  it('begins nothing while it is paused', () => {
    const { acts, draft } = advance(
      campaignOf([{ phase: 'pending' }]),
      seen({ commands: [command('pause')] }),
    );
    expect({ acts, phases: phases(draft) }).toEqual({ acts: [], phases: ['pending'] });
  });

  it('begins nothing more once the budget of the stage is spent, and lets the others end', () => {
    const sets: Set[] = [{ phase: 'failed' }, { phase: 'running', rolloutId: 'r' }, { phase: 'pending' }];
    const running = advance(campaignOf(sets), seen({ rollouts: new Map() }));
    expect(phases(running.draft)).toEqual(['failed', 'running', 'pending']);
    const over = advance(
      campaignOf([{ phase: 'failed' }, { phase: 'succeeded' }, { phase: 'pending' }]),
      seen(),
    );
    expect(over.draft.record).toMatchObject({ paused: {}, failure: { code: 'budgetSpent' } });
  });

  it.each([
    ['nothingAttempted', ['skipped', 'skipped'], {}],
    ['belowSuccessRate', ['failed', 'succeeded', 'skipped'], { minSuccessPercent: 60, maxFailures: 1 }],
  ] as const)('does not end a stage well: %s', (code, all, stage) => {
    const sets = all.map((phase) => ({ phase }));
    // Allowed by count, and not by share.
    const { draft } = advance(campaignOf(sets, [stage]), seen());
    expect(['budgetSpent', code]).toContain(draft.record.failure?.code);
    expect(draft.record.phase).not.toBe('succeeded');
  });

  it('takes an accepted start only for the attempt that it was for', () => {
    const result: ActResult = { set: 0, number: 1, kind: 'accepted', rolloutId: 'r' };
    const stale = campaignOf([{ phase: 'starting', attempt: 2 }]);
    expect(phases(advance(stale, seen({ results: [result] })).draft)).toEqual(['starting']);
    const meant = campaignOf([{ phase: 'starting', attempt: 1 }]);
    expect(phases(advance(meant, seen({ results: [result] })).draft)).toEqual(['running']);
  });

  it('rolls back the last stage first, the last set first', () => {
    const done = { phase: 'succeeded', end: 'succeeded', isTouched: true } as const;
    const sets: Set[] = [done, { ...done, stage: 1 }, { ...done, stage: 1 }];
    const campaign = campaignOf(sets, [{ concurrency: 1 }, { concurrency: 1 }]);
    const { acts, draft } = advance(campaign, seen({ commands: [command('rollback')] }));
    expect(acts).toEqual([{ set: 2, verb: 'undo', number: 1 }]);
    expect(phases(draft)).toEqual(['succeeded', 'succeeded', 'undoing']);
  });

  it('aborts what runs and begins nothing', () => {
    const sets: Set[] = [{ phase: 'running', rolloutId: 'r' }, { phase: 'pending' }];
    const { acts } = advance(campaignOf(sets), seen({ commands: [command('abort', { sequence: 7 })] }));
    expect(acts).toEqual([{ set: 0, verb: 'abort', number: 7 }]);
  });
});

describe('the gate of a stage', () => {
  const gated = (allowRequester = true): Campaign => {
    const campaign = campaignOf([{ phase: 'pending' }], [{ approval: { quorum: 2, allowRequester } }]);
    const gate = { phase: 'waiting' as const, gateSince: AT, gateUntil: '2026-11-22T08:00:00.000Z' };
    return { ...campaign, record: { ...campaign.record, phase: 'waiting', stages: [gate] } };
  };
  const approvals = (...by: readonly string[]): readonly CampaignCommand[] =>
    by.map((one, index) => command('approve', { sequence: index + 1, by: one, stage: 0 }));

  it('opens with as many approvals as the spec asks for, one a person', () => {
    const phaseAfter = (...by: readonly string[]): string =>
      advance(gated(), seen({ commands: approvals(...by) })).draft.record.phase;
    expect([phaseAfter('linus'), phaseAfter('linus', 'linus'), phaseAfter('linus', 'grace')]).toEqual([
      'waiting',
      'waiting',
      'running',
    ]);
  });

  it('does not count whoever requested the campaign where the spec says so', () => {
    const { draft } = advance(gated(false), seen({ commands: approvals('ada', 'linus') }));
    expect(draft.record).toMatchObject({ phase: 'waiting', stages: [{ approvedBy: ['linus'] }] });
  });
});
