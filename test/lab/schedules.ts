import { expect } from 'vitest';
import { FIRST, named, publish } from './galleries.ts';
import { NEW, startLab, WEB } from './lab.ts';
import type { Body, Lab, LabOptions, Reply } from './lab.ts';

export const HOUR = 3_600_000;
export const NEWER = '22.04.202611200';
export const NAME = 'monthly';

export const put = (lab: Lab, schedule: unknown, after = 0, name = NAME): Promise<Reply> =>
  lab.call('PUT', `/schedules/${name}`, { schedule, reason: 'test' }, { 'if-match': `"schedule-${after}"` });

export async function scheduled(schedule: unknown, options: LabOptions = { count: 3 }): Promise<Lab> {
  const lab = await startLab(options);
  expect(await put(lab, schedule)).toMatchObject({ status: 200 });
  return lab;
}

export const tick = (lab: Lab): Promise<unknown> => lab.host.fireTimer('runSchedules');

export const rollouts = async (lab: Lab): Promise<readonly Body[]> =>
  (await lab.call('GET', '/rollouts')).body.value.toReversed();

/** Runs every rollout that there is by now to its end; answers with how they ended. */
export async function settle(lab: Lab): Promise<readonly string[]> {
  const ends = [];
  for (const { id } of await rollouts(lab)) ends.push((await lab.toEnd(id)).phase as string);
  return ends;
}

export const explained = async (lab: Lab, name = 'web'): Promise<Body> => {
  const { body } = await lab.call('GET', `/schedules/${NAME}/explanation`);
  return body.scaleSets.find(({ scaleSet }: Body) => scaleSet.endsWith(`/${name}`));
};

/** The versions that Azure was told to put into the model of a set, in order; by the simulator's log. */
export function patched(lab: Lab, name = 'web'): readonly string[] {
  return lab.log.flatMap((entry) => {
    if (entry.kind !== 'request' || entry.method !== 'PATCH' || !entry.path.endsWith(`/${name}`)) return [];
    const version = /"version":"([^"]+)"/.exec(JSON.stringify(entry.body))?.[1];
    return version === undefined ? [] : [version];
  });
}

/** What the set runs: an image of the marketplace, or one of a gallery of some kind. */
export interface Runs {
  readonly options: LabOptions;
  /** Makes the version newest that the schedule is to take. */
  readonly publish: (lab: Lab) => void;
  /** What Azure was told to put into the model, and what that is to be once. */
  readonly told: (lab: Lab) => readonly string[];
  readonly taken: string;
}

const PLATFORM: Runs = {
  options: {},
  publish: () => undefined,
  told: patched,
  taken: NEW,
};

/** Version 1.0.0 of an image of the gallery, of which 1.1.0 is published. */
export const galleryImage = (field: string, image: string): Runs => ({
  options: { image: { [field]: `${image}/versions/1.0.0` }, galleryVersions: [FIRST] },
  publish: (lab) => publish(lab, '1.1.0'),
  told: named,
  taken: `${image}/versions/1.1.0`,
});

/** Lets the app die at a store call of a look, and start anew; in the end there is one rollout, however it ended. */
export async function survives(
  when: 'before' | 'after',
  call: number,
  end: 'succeeded' | 'rolledBack' = 'succeeded',
  runs: Runs = PLATFORM,
): Promise<{ readonly struck: boolean }> {
  const faults = end === 'succeeded' ? [] : [{ kind: 'badImage' as const, version: runs.taken }];
  await using lab = await scheduled({ scaleSets: [WEB] }, { count: 2, faults, ...runs.options });
  runs.publish(lab);
  const at = lab.store.calls.length + call;
  lab.store.fail({ call: at, when, forGood: true });
  await tick(lab);
  const struck = lab.store.calls.length >= at;
  lab.host.restart();
  lab.store.heal();
  await lab.host.advance(6 * 60_000);
  await lab.host.fireTimer('reviveRollouts');
  // What was started already ends before anybody looks again.
  await settle(lab);
  await tick(lab);
  await lab.host.fireTimer('reviveRollouts');
  expect(await settle(lab)).toEqual([end]);
  await lab.host.advance(HOUR);
  await tick(lab);
  expect(await rollouts(lab)).toHaveLength(1);
  expect(runs.told(lab)[0]).toBe(runs.taken);
  return { struck };
}
