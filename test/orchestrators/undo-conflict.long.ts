import { interceptWrites } from '../lab/intercept.ts';
import { describe, expect, it } from 'vitest';
import { modelOf, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';

const PROFILE = 'virtualMachineProfile';
const OTHER = '22.04.202609100';
const TAGS = { team: 'shop', cost: '42' };
const SCRIPT = {
  name: 'app',
  properties: { publisher: 'Contoso', type: 'Script', typeHandlerVersion: '2.1', settings: { n: 1 } },
};
const CHANGE = {
  image: { version: NEW },
  set: { 'tags.team': 'web', [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true },
  extensions: [{ name: 'app', settings: { n: 2 } }],
};
const OPTIONS: LabOptions = { count: 5, tags: TAGS, extensions: [SCRIPT] };

function profile(part: Record<string, unknown>): Record<string, unknown> {
  return { properties: { virtualMachineProfile: part } };
}

const FOREIGN = {
  'the same image': profile({ storageProfile: { imageReference: { version: OTHER } } }),
  'another field': profile({ licenseType: 'RHEL_BYOS' }),
  'a field beside one that the rollout has made': profile({
    diagnosticsProfile: { bootDiagnostics: { storageUri: 'https://theirs.example' } },
  }),
  'the same tag': { tags: { team: 'theirs', cost: '42' } },
} as const;

function interfere(lab: Lab, what: keyof typeof FOREIGN): void {
  lab.sim.inject({ kind: 'foreignModel', atSeconds: 1, patch: FOREIGN[what] as never });
}

function changedParts(lab: Lab): Body {
  const { tags, properties } = modelOf(lab);
  return { tags, profile: properties.virtualMachineProfile };
}

/** Nothing more goes out after somebody else's write, and it stands as they wrote it. */
async function expectLeftAlone(lab: Lab, id: string, phase: string): Promise<void> {
  const sent = writes(lab.log).length;
  const theirs = changedParts(lab);
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({
    phase,
    failure: { code: 'conflict' },
    left: { model: 'foreign' },
  });
  expect(changedParts(lab)).toEqual(theirs);
  expect(writes(lab.log)).toHaveLength(sent);
}

const EVERYTHING = Object.keys(FOREIGN) as readonly (keyof typeof FOREIGN)[];
const NO_TAG = EVERYTHING.filter((what) => what !== 'the same tag');

describe('somebody else’s change is reported and never overwritten', () => {
  // Feature [Undo] Somebody else's change, before a rollback has written anything (Undo)
  //   shown by: somebody else’s change is reported and never overwritten > of another field, while a rollback waits for its own operations
  it.each(EVERYTHING)('of %s, while a rollback waits for its own operations', async (what) => {
    await using lab = await startLab(OPTIONS);
    const id = await lab.start({ change: CHANGE, health: { stableSeconds: 0 } });
    await lab.until(id, ({ batch, instances }) => batch === 1 && instances.upgrading > 0);
    await lab.send(id, 'rollback');
    interfere(lab, what);
    await expectLeftAlone(lab, id, 'failed');
  });

  // Feature [Undo] Somebody else's change, in the middle of a rollback (Undo)
  //   shown by: somebody else’s change is reported and never overwritten > of the same image, when the old model is in and instances are being brought back
  it.each(NO_TAG)('of %s, when the old model is in and instances are being brought back', async (what) => {
    await using lab = await startLab(OPTIONS);
    const id = await lab.start({ change: CHANGE, health: { stableSeconds: 0 } });
    await lab.until(id, ({ batch, instances }) => batch === 2 && instances.upgrading > 0);
    await lab.send(id, 'rollback');
    await lab.until(id, ({ phase, instances }) => phase === 'rollingBack' && instances.rolledBack === 1);
    interfere(lab, what);
    // What was sent just before is followed to its end.
    await expectLeftAlone(lab, id, 'failed');
  });

  it.each(EVERYTHING)('of %s, between plan and first write', async (what) => {
    await using lab = await startLab(OPTIONS);
    const id = await lab.start({ change: CHANGE, approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    await lab.host.advance(5000);
    interfere(lab, what);
    await lab.send(id, 'approve');
    await expectLeftAlone(lab, id, 'halted');
    expect(writes(lab.log)).toEqual([]);
  });

  // Feature [Undo] Somebody else's tag is no less theirs (Undo)
  //   shown by: somebody else’s change is reported and never overwritten > of the same tag, when it is undone later
  it.each(EVERYTHING.filter((what) => what !== 'another field'))(
    'of %s, when it is undone later',
    async (what) => {
      await using lab = await startLab(OPTIONS);
      const { id } = await lab.rollOut({ change: CHANGE, health: { stableSeconds: 0 } });
      interfere(lab, what);
      const [sent, theirs] = [writes(lab.log).length, changedParts(lab)];
      const undo = await lab.rollOut({ change: {}, rollbackOf: id });
      expect(undo).toMatchObject({ phase: 'refused', failure: { code: 'modelChangedSince' } });
      expect(changedParts(lab)).toEqual(theirs);
      expect(writes(lab.log)).toHaveLength(sent);
    },
  );

  it('of another field, when it is undone later, is kept beside what is put back', async () => {
    await using lab = await startLab(OPTIONS);
    const before = changedParts(lab);
    const { id } = await lab.rollOut({ change: CHANGE, health: { stableSeconds: 0 } });
    interfere(lab, 'another field');
    const undo = await lab.rollOut({ change: {}, rollbackOf: id });
    expect(undo.phase).toBe('succeeded');
    expect(changedParts(lab)).toEqual({
      tags: TAGS,
      profile: { ...before.profile, licenseType: 'RHEL_BYOS' },
    });
  });

  it('of a tag that the rollout has not changed, is kept', async () => {
    await using lab = await startLab(OPTIONS);
    const id = await lab.start({ change: CHANGE, health: { stableSeconds: 0 } });
    await lab.until(id, ({ batch, instances }) => batch === 1 && instances.upgrading > 0);
    await lab.send(id, 'rollback');
    const patch = { tags: { team: 'web', cost: '42', theirs: 'yes' } };
    lab.sim.inject({ kind: 'foreignModel', atSeconds: 1, patch });
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(changedParts(lab).tags).toEqual({ ...TAGS, theirs: 'yes' });
  });
});

describe('a change of several parts', () => {
  // Feature [Undo] A part of a change that Azure refuses takes the other parts back (Undo)
  it('is taken back when Azure refuses a later one', async () => {
    await using lab = await startLab(OPTIONS);
    const before = changedParts(lab);
    interceptWrites(lab.ports.compute, () => ({
      patchExtension: async () => ({
        kind: 'refused',
        status: 400,
        code: 'BadRequest',
        message: 'no such handler',
      }),
    }));
    const rollout = await lab.rollOut({ change: CHANGE });
    expect(rollout).toMatchObject({
      phase: 'rolledBack',
      failure: { code: 'refusedByAzure', message: expect.stringContaining('no such handler') },
    });
    expect(changedParts(lab)).toEqual(before);
  });

  it('is taken back when Azure makes something else of a value', async () => {
    await using lab = await startLab(OPTIONS);
    const before = changedParts(lab);
    let isFirst = true;
    interceptWrites(lab.ports.compute, (port) => ({
      patchExtension: (address, name, body) => {
        const written = isFirst ? { ...body, settings: { n: 3 } } : body;
        isFirst = false;
        return port.patchExtension(address, name, written);
      },
    }));
    const rollout = await lab.rollOut({ change: CHANGE });
    expect(rollout).toMatchObject({
      phase: 'rolledBack',
      failure: { code: 'refusedByAzure', message: expect.stringContaining('extensions[name=app].settings') },
    });
    expect(changedParts(lab)).toEqual(before);
  });
});

it('a rollback of what cannot be read leaves nothing to complain of before it is written', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start({
    change: { osProfile: { customData: 'aHVzaC1odXNo' } },
    strategy: { acceptIrreversible: true },
    approvals: { before: 'rollout' },
  });
  await lab.until(id, 'waiting');
  await lab.send(id, 'rollback');
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'rolledBack' });
  expect(writes(lab.log)).toEqual([]);
});
