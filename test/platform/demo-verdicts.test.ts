import { expect, it } from 'vitest';
import type { Passage } from '../../local/platform/demo/passage.ts';
import { judgeRollback, judgeUpgrade, type Verdict } from '../../local/platform/demo/verdicts.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { NEW, OLD, startLab, type Lab } from '../simulator/lab.ts';

/** What each instance needs to be well again, with room: 400 simulated seconds. */
const SETTLED_SECONDS = 400;
const MODEL = { sku: {}, properties: {} };

/** Four instances, one in each of four update domains. */
function aLab(options: Parameters<typeof startLab>[0] = {}): Lab {
  return startLab({ count: 4, seed: 3, profile: { throttling: false }, ...options });
}

async function upgradeAll(lab: Lab, ...batches: readonly (readonly string[])[]): Promise<void> {
  for (const batch of batches) {
    await lab.upgrade(...batch);
    lab.pass(SETTLED_SECONDS);
    await lab.list();
  }
}

function passageOf(lab: Lab, from = 0): Passage {
  return { before: lab.sim.log.slice(0, from), during: lab.sim.log.slice(from) };
}

function broken(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.filter(({ holds }) => !holds).map(({ claim }) => claim);
}

const IMAGE = `every instance, and the model, on ${NEW}`;
const FLOOR = 'never fewer serving than the floor of 3';

async function upgradeLab(...batches: readonly (readonly string[])[]): Promise<Passage> {
  const lab = aLab();
  await lab.moveModel(NEW);
  await upgradeAll(lab, ...batches);
  return passageOf(lab);
}

const judged = (passage: Passage) => broken(judgeUpgrade(passage, { floor: 3, image: NEW }));
const EACH_ALONE = [['0'], ['1'], ['2'], ['3']];

it('finds nothing wrong with one instance after the other', async () => {
  expect(judged(await upgradeLab(...EACH_ALONE))).toEqual([]);
});

it('sees an instance that was left out', async () => {
  const passage = await upgradeLab(['0'], ['1'], ['2']);
  expect(judged(passage)).toEqual([IMAGE, 'no instance upgraded twice']);
});

it('sees two down at once', async () => {
  expect(judged(await upgradeLab(['0', '1'], ['2'], ['3']))).toEqual([FLOOR]);
});

it('sees a second disruption and an overlapping write', async () => {
  const passage = await upgradeLab(...EACH_ALONE);
  const twice = passage.during.flatMap((entry) =>
    entry.kind === 'instance' && entry.change === 'upgradeStarted' && entry.instance === '2'
      ? [entry, entry]
      : [entry],
  );
  expect(judged({ ...passage, during: twice })).toEqual(['no instance upgraded twice']);
  const slow = passage.during.map((entry): LogEntry =>
    entry.kind === 'answer' ? { ...entry, until: entry.until + SETTLED_SECONDS * 1000 } : entry,
  );
  expect(judged({ ...passage, during: slow })).toEqual(['no write while another was being accepted']);
});

interface Trip {
  readonly isBad?: boolean;
  readonly there?: readonly (readonly string[])[];
  readonly modelBack?: boolean;
  readonly back?: readonly (readonly string[])[];
}

async function rollBack({
  isBad = true,
  there = [['0'], ['1']],
  modelBack = true,
  back = [['1'], ['0']],
}: Trip): Promise<readonly string[]> {
  const lab = aLab(isBad ? { faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] } : {});
  await lab.list();
  const from = lab.sim.log.length;
  await lab.moveModel(NEW);
  await upgradeAll(lab, ...there);
  if (modelBack) await lab.moveModel(OLD);
  await upgradeAll(lab, ...back);
  const models = { before: MODEL, after: MODEL };
  return broken(judgeRollback(passageOf(lab, from), { floor: 3, badDomain: 1, models }));
}

const STOPPED = 'stopped at update domain 1, where instances became unhealthy';
const RESTORED = 'every instance on the image it had before';
const ONCE = 'no instance upgraded twice in either direction';

it('finds nothing wrong with a rollback of what was touched', async () => {
  expect(await rollBack({})).toEqual([]);
});

it('sees a rollout that went on past the bad domain, or had no reason to stop', async () => {
  const onwards = { there: [['0'], ['1'], ['2']], back: [['1'], ['2'], ['0']] };
  expect(await rollBack(onwards)).toEqual([STOPPED, FLOOR]);
  expect(await rollBack({ isBad: false })).toEqual([STOPPED]);
});

it('sees instances and models that were not brought back', async () => {
  expect(await rollBack({ back: [['1']] })).toEqual([RESTORED, ONCE]);
  const nothingBack = await rollBack({ modelBack: false, back: [] });
  expect(nothingBack).toEqual([RESTORED, 'the model as before', ONCE]);
});
