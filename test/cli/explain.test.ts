import { describe, expect, it } from 'vitest';
import { SCALE_SET } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { ok } from './scripted-app.ts';

const AT = 'GET /api/rollouts/20261120-100000-0000a001/explanation';
const IMAGE = 'virtualMachineProfile.storageProfile.imageReference.version';

/** Wider than any table cell, and with all kinds of quotes. */
const LONG = [
  'az vmss update --name web --set',
  String.raw`'tags.note="it'\''s long"'`,
  'x'.repeat(120),
].join(' ');

function anExplanation(fields: object = {}) {
  return {
    id: '20261120-100000-0000a001',
    scaleSet: SCALE_SET,
    phase: 'paused',
    standing: 'paused, update domain 1, 2 of 4 instances upgraded',
    waits: {
      kind: 'resume',
      message: 'paused by grace',
      since: '2026-11-20T10:02:00Z',
    },
    possible: ['vmss-rollout resume 20261120-100000-0000a001', 'vmss-rollout abort 20261120-100000-0000a001'],
    plan: {
      hash: 'h1',
      scaleSet: SCALE_SET,
      delta: [{ path: IMAGE, before: '1.0.1', after: '1.0.2', class: 'reimage' }],
      class: 'reimage',
      batches: [{ index: 0, name: 'update domain 0', instances: ['0', '2'] }],
      floor: 3,
      skipped: [],
      warnings: [],
    },
    done: {
      model: 'after',
      operations: [
        {
          kind: 'model',
          part: 'scaleSet',
          direction: 'forward',
          instances: [],
          status: 'succeeded',
          intendedAt: '2026-11-20T10:00:00Z',
          endedAt: '2026-11-20T10:00:09Z',
        },
        {
          kind: 'upgrade',
          action: 'upgrade',
          direction: 'forward',
          batch: 0,
          instances: ['0', '2'],
          status: 'refused',
          intendedAt: '2026-11-20T10:00:10Z',
          error: { code: 'Conflict', message: 'another write' },
        },
      ],
      events: [{ sequence: 1, time: '2026-11-20T10:00:00Z', kind: 'planned', message: '2 batches' }],
    },
    left: { model: 'after', instances: { after: ['0', '2'], underWay: ['1'], before: ['3'] } },
    failure: null,
    undo: {
      commands: [LONG, 'az vmss update-instances --name web --instance-ids 0 1 2'],
      guards: [`az vmss update --name web --set 'upgradePolicy.mode="Automatic"'`],
      unrecoverable: [{ path: 'osProfile.customData', why: 'nobody can read it' }],
    },
    ...fields,
  };
}

describe('explain', () => {
  it('shows plan, what was done, what is left, why it waits, and how to undo it by hand', async () => {
    const { code, out } = await runAgainst({ [AT]: [ok(anExplanation())] }, [
      'explain',
      '20261120-100000-0000a001',
    ]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        'stands     paused, update domain 1, 2 of 4 instances upgraded',
        'why        paused by grace',
        'vmss-rollout resume 20261120-100000-0000a001',
        'vmss-rollout abort 20261120-100000-0000a001',
        'model scaleSet                    succeeded  9',
        'upgrade         0      0, 2       refused             Conflict: another write',
        '2026-11-20T10:00:00Z  planned  2 batches',
        'after      0, 2',
        'under way  1',
        'The rollout is still running: while the app answers, use it to roll back instead.',
        'osProfile.customData: nobody can read it',
      ]),
    );
  });

  // Feature [For a bad night] `explain` prints the commands whole (For a bad night)
  it('prints the commands whole, to be copied', async () => {
    const { out } = await runAgainst({ [AT]: [ok(anExplanation())] }, [
      'explain',
      '20261120-100000-0000a001',
    ]);
    const lines = out.split('\n');
    for (const command of anExplanation().undo.commands) expect(lines).toContain(command);
  });

  it('lets nothing in an answer move the cursor', async () => {
    const undo = { commands: ['az\u001B[2J evil'], guards: [], unrecoverable: [] };
    const { out } = await runAgainst({ [AT]: [ok(anExplanation({ undo }))] }, [
      'explain',
      '20261120-100000-0000a001',
    ]);
    expect(out).toContain('az\\u001b[2J evil\n');
  });

  it('says so where there is neither plan nor anything to undo', async () => {
    const nothing = anExplanation({
      phase: 'refused',
      standing: 'ended refused',
      waits: null,
      possible: [],
      plan: null,
      done: { model: 'before', operations: [], events: [] },
      left: { model: 'before', instances: {} },
      failure: { code: 'imageNotFound', message: 'there is no such version', remedy: 'name another' },
      undo: { commands: [], guards: [], unrecoverable: [] },
    });
    const { out } = await runAgainst({ [AT]: [ok(nothing)] }, ['explain', '20261120-100000-0000a001']);
    expect(out).toContain('imageNotFound: there is no such version');
    expect(out).toContain('there is none yet');
    expect(out).toContain('nothing was sent to Azure');
    expect(out).toContain('nothing to undo');
  });

  it('hands the answer on as JSON', async () => {
    const { out } = await runAgainst({ [AT]: [ok(anExplanation())] }, [
      'explain',
      '20261120-100000-0000a001',
      '-o',
      'json',
    ]);
    expect(JSON.parse(out)).toEqual(anExplanation());
  });

  it('exits 3 for a rollout that is not there', async () => {
    expect((await runAgainst({}, ['explain', '20261120-100000-0000a007'])).code).toBe(3);
  });
});
