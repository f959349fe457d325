import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';

const BOOT = 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled';

// Feature [Plans] A set of one instance is refused only what would take it down (Issue 12, floor)
//   shown by: a set of one instance > goes on serving while it gets a setting
describe('a set of one instance', () => {
  it.each([
    ['a tag', { set: { 'tags.build': '7' } }],
    ['a policy of the set', { set: { 'scaleInPolicy.forceDeletion': true } }],
    ['a setting', { set: { [BOOT]: true } }],
    ['a licence', { set: { 'virtualMachineProfile.licenseType': 'RHEL_BYOS' } }],
  ])('goes on serving while it gets %s', async (_, change) => {
    await using lab = await startLab({ count: 1 });
    const planned = await lab.call('POST', '/plans', { scaleSet: WEB, change });
    expect([planned.status, planned.body.class]).toEqual([200, 'none']);
    expect((await lab.rollOut({ change })).phase).toBe('succeeded');
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
    expect(belowFloor(lab.log, 1)).toEqual([]);
  });

  it('has nothing to do where it is as asked', async () => {
    await using lab = await startLab({ count: 1 });
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: {} });
    expect([status, body.batches]).toEqual([200, []]);
    expect(body.warnings.map(({ code }: { code: string }) => code)).toContain('nothingToDo');
    expect(await lab.rollOut({ change: {} })).toMatchObject({ phase: 'succeeded', noop: true });
    expect(writes(lab.log)).toEqual([]);
  });

  it.each([
    ['another image', { image: { version: NEW } }],
    ['a restart', { force: 'restart' }],
    ['another user', { osProfile: { adminUsername: 'operator' } }],
  ])('is refused %s until all may be down', async (_, change) => {
    await using lab = await startLab({ count: 1 });
    const spec = { scaleSet: WEB, change };
    expect((await lab.call('POST', '/plans', spec)).body.code).toBe('floorImpossible');
    const strategy = { maxUnavailable: '100%' };
    expect((await lab.call('POST', '/plans', { ...spec, strategy })).status).toBe(200);
  });
});
