import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from './command-line.ts';
import type { Passage } from './passage.ts';
import type { Around } from './rollout.ts';
import { judgeStillness, judgeStop, ofSet } from './story-verdicts.ts';
import { exitVerdict, judgeUpgrade, printVerdicts, type Verdict } from './verdicts.ts';

/** What `npm run demo -- --story` starts the platform with: a canary, and the set that follows it. */
export const STORY_SETS = ['canary:3', 'web:6'];

const NAME = 'monthly';
const PUBLISHED = '22.04.202612010';
const BAD = '22.04.202612090';
const MINUTE_MS = 60_000;
const POLL_MS = 500;
/** As many may be down as a batch has instances. */
const FLOORS = { canary: 1, web: 4 };
type SetName = keyof typeof FLOORS;

interface Story extends Around {
  /** A folder that goes with the demo. */
  readonly folder: string;
}

interface Rollout {
  readonly id: string;
  readonly phase: string;
  readonly waitingFor?: { readonly kind: string };
}

/** A schedule, two rings, a window, approvals, and a version that is bad; answers whether the log bears it out. */
export async function tellStory(around: Story): Promise<boolean> {
  const { service } = around;
  const opensAt = Math.ceil((Date.now() + 1000) / MINUTE_MS) * MINUTE_MS;
  const opens = new Date(opensAt).toISOString().slice(11, 16);

  console.log(
    `1. A schedule for two rings, whose window opens at ${opens} UTC; then a new image is published\n`,
  );
  await setSchedule(around, opensAt);
  const start = await service.log();
  await service.publishImage(PUBLISHED);
  await tell(['schedules', 'explain', NAME], around);

  console.log('2. The timer lets the schedule look once its window is open: the canary takes the image\n');
  await delay(Math.max(0, opensAt - Date.now() - 200), undefined, { signal: around.ending });
  const window = judgeStillness(await since(start, 'canary', around), { scaleSet: 'canary', until: opens });
  const canary = await takes('canary', PUBLISHED, around);

  console.log('3. The next ring follows the canary\n');
  await tell(['schedules', 'run', NAME], around);
  const web = await takes('web', PUBLISHED, around);

  console.log(`4. ${BAD} is published. The canary does well on it; web does not\n`);
  await service.publishImage(BAD);
  await service.inject({ kind: 'badImage', version: BAD, scaleSet: 'web' });
  await tell(['schedules', 'run', NAME], around);
  const bad = await takes('canary', BAD, around);
  await tell(['schedules', 'run', NAME], around);
  const back = await goesBack(around);

  console.log("Judged by the simulator's own log\n");
  return [
    printVerdicts('the window', [window]),
    printVerdicts('the canary', [...canary, ...bad]),
    printVerdicts('the next ring', web),
    printVerdicts('the bad version', back),
  ].every(Boolean);
}

async function setSchedule({ url, service, ending, folder }: Story, opensAt: number): Promise<void> {
  const [canary, web] = await service.scaleSetIds();
  const opens = new Date(opensAt);
  const schedule = {
    rings: [
      { name: 'canary', scaleSets: [canary], cleanHours: 0 },
      { name: 'production', scaleSets: [web], cleanHours: 0 },
    ],
    scaleSets: [canary, web],
    windows: {
      open: [{ cron: `${opens.getUTCMinutes()} ${opens.getUTCHours()} * * *`, durationMinutes: 60 }],
    },
    rollout: {
      approvals: { before: 'rollout' },
      strategy: { batchBy: 'count', steps: [2], maxUnavailable: 2 },
      health: { stableSeconds: 1, timeoutSeconds: 10 },
    },
  };
  const file = join(folder, 'schedule.json');
  writeFileSync(file, JSON.stringify(schedule));
  const { exitCode } = await runCommand(['schedules', 'set', NAME, file], { url, ending });
  if (exitCode !== 0) throw new Error(`the schedule was not set (exit code ${exitCode})`);
}

/** One set takes a version once somebody has approved it; until then nothing is written to it. */
async function takes(name: SetName, version: string, around: Story): Promise<readonly Verdict[]> {
  const { before, waiting, approved, exitCode } = await approvedRollout(name, around);
  const passage = await since(before, name, around);
  return [
    waiting,
    approved,
    exitVerdict(exitCode, 0),
    ...judgeUpgrade(passage, { floor: FLOORS[name], image: version }),
  ];
}

async function goesBack(around: Story): Promise<readonly Verdict[]> {
  const { before, waiting, approved, exitCode } = await approvedRollout('web', around);
  await tell(['schedules', 'explain', NAME], around);
  const passage = await since(before, 'web', around);
  return [
    waiting,
    approved,
    exitVerdict(exitCode, 4),
    ...judgeStop(passage, { floor: FLOORS.web, image: PUBLISHED }),
  ];
}

/** Waits for the schedule's rollout of a set, approves it, and follows it to its end. */
async function approvedRollout(name: SetName, around: Story) {
  const { service, url, ending } = around;
  const before = await service.log();
  const { id } = await rolloutOf(name, around);
  const waiting = judgeStillness(await since(before, name, around), {
    scaleSet: name,
    until: 'its approval',
  });
  console.log(`$ vmss-rollout approve ${id}`);
  const { exitCode: approval } = await runCommand(['approve', id], { url, ending });
  const { exitCode } = await runCommand(['wait', id], { url, ending });
  console.log('');
  return { before, waiting, approved: exitVerdict(approval, 0), exitCode };
}

/** The open rollout of a set, once it waits for its approval. */
async function rolloutOf(name: SetName, { url, ending }: Story): Promise<Rollout> {
  for (;;) {
    ending.throwIfAborted();
    const answer = await fetch(`${url}/api/rollouts?phase=waiting`, { signal: ending });
    const { value } = (await answer.json()) as {
      readonly value: readonly (Rollout & { readonly scaleSet: string })[];
    };
    const found = value.find(
      ({ scaleSet, waitingFor }) => scaleSet.endsWith(`/${name}`) && waitingFor?.kind === 'approval',
    );
    if (found !== undefined) return found;
    await delay(POLL_MS, undefined, { signal: ending });
  }
}

/** What a set's log says since an earlier reading, and all of it before. */
async function since(before: Passage['before'], name: SetName, { service }: Story): Promise<Passage> {
  const during = (await service.log()).slice(before.length);
  return { before: ofSet(before, name), during: ofSet(during, name) };
}

/** Runs a command as somebody at the keyboard would, and shows what it says. */
async function tell(argv: readonly string[], { url, ending }: Story) {
  console.log(`$ vmss-rollout ${argv.join(' ')}`);
  const done = await runCommand(argv, { url, ending });
  ending.throwIfAborted();
  console.log(done.out);
  return done;
}
