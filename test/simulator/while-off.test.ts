import { expect, it } from 'vitest';
import { changesOf, NEW, OLD, SET, startLab } from './lab.ts';
import type { Lab } from './lab.ts';

/** An instance that is off when it is named in an upgrade to another image, long after. */
async function upgradedWhileOff(
  upgradeWhileOff: 'staysOff' | 'starts' | 'leaves',
  verb: 'deallocate' | 'poweroff',
): Promise<Lab> {
  const lab = startLab({ profile: { upgradeWhileOff } });
  await lab.call('POST', `${SET}/${verb}`, { instanceIds: ['2'] });
  lab.pass(600);
  await lab.moveModel();
  await lab.upgrade('2');
  lab.pass(600);
  return lab;
}

it.each(['deallocate', 'poweroff'] as const)(
  'after %s an upgrade does what the switch says',
  async (verb) => {
    const stays = await upgradedWhileOff('staysOff', verb);
    expect(changesOf(stays, '2', 'image')).toEqual([NEW]);
    expect(changesOf(stays, '2', 'power')).not.toContain('running');
    expect(changesOf(stays, '2', 'serving')).toEqual([false]);

    const starts = await upgradedWhileOff('starts', verb);
    expect(changesOf(starts, '2', 'image')).toEqual([NEW]);
    expect(changesOf(starts, '2', 'power').slice(-2)).toEqual(['starting', 'running']);
    expect(changesOf(starts, '2', 'serving')).toEqual([false, true]);

    const leaves = await upgradedWhileOff('leaves', verb);
    expect(leaves.sim.scaleSet('web')?.instances[2]).toMatchObject({ image: OLD, latestModelApplied: false });
    expect(changesOf(leaves, '2', 'power')).not.toContain('running');
  },
);
