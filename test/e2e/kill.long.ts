import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededScheduler } from '../../local/host/drivers/ids.ts';
import { imagesNow, modelNow } from '../../local/simulator/log/judge.ts';
import { DRAW_SEED, IS_NIGHT } from '../lab/drawn.ts';
import { accepted, expectCalm, expectImage, expectOnceEach, expectOnceEachWay } from './support/judge.ts';
import { startKillable, type Killable } from './support/killable.ts';
import {
  acceptedUnrecorded,
  afterOperation,
  justAfterRestart,
  onTheWayBack,
  untilMoment,
  whileOperationRuns,
  whileStarting,
  type Draw,
  type Moment,
} from './support/moments.ts';
import { endOf, startRollout } from './support/rollouts.ts';

const SEED = Number(process.env['KILL_SEED'] ?? 20_261_124);
const IDS = ['0', '1', '2', '3', '4'];
const FLOOR = 4;
/** Views show a change only seconds of real time later, after the host is up again: it must not be taken for lost. */
const VIEW_LAG = { kind: 'viewLag', lagSeconds: [150, 300] };
const VIEW_LAG_SECONDS = '6';
const HEALTH_TIMEOUT_SECONDS = 20;

interface Course {
  /** The update domain in which the image is bad; absent where it is good. */
  readonly badDomain?: number;
  readonly moments: readonly Moment[];
}

/** Five rollouts; every kill is drawn anew, and those that nobody may leave out come in each seed. */
function drawCourses(draw: Draw): readonly Course[] {
  const patch = () => acceptedUnrecorded('patch', draw);
  const post = () => acceptedUnrecorded('manualupgrade', draw);
  const running = () => whileOperationRuns(draw);
  const ended = () => afterOperation('manualupgrade', draw);
  const restart = () => justAfterRestart(draw);
  const anyOf = (...choices: readonly (() => Moment)[]): Moment =>
    (choices[draw(choices.length)] ?? running)();
  return [
    { moments: [whileStarting(draw), patch(), post(), running(), ended()] },
    { moments: [patch(), anyOf(post, running), anyOf(restart, ended), anyOf(post, running, ended)] },
    { badDomain: 1, moments: [post(), onTheWayBack(patch()), onTheWayBack(post()), onTheWayBack(running())] },
    { moments: [afterOperation('patch', draw), post(), restart(), anyOf(running, ended)] },
    {
      badDomain: 1 + draw(2),
      moments: [anyOf(running, ended), onTheWayBack(anyOf(patch, running)), onTheWayBack(anyOf(post, ended))],
    },
  ];
}

const KILLS_AT_NIGHT = 20;

it(`ends every rollout rightly, wherever the host is killed (seed ${SEED})`, async () => {
  console.log(`the same again: KILL_SEED=${SEED} npm run test:long -- test/e2e/kill.long.ts`);
  const random = seededScheduler(SEED);
  const draw: Draw = (below) => random.pick(below);
  const all = drawCourses(draw);
  expect(all.flatMap(({ moments }) => moments)).toHaveLength(KILLS_AT_NIGHT);
  // Each kill costs seconds of real time: by day one of the five rollouts.
  const one = seededScheduler(DRAW_SEED).pick(all.length);
  const courses = IS_NIGHT ? all : all.slice(one, one + 1);
  process.env['ROLLOUT_VIEW_LAG_SECONDS'] = VIEW_LAG_SECONDS;
  await using platform = await startKillable({ scaleSet: `web:${IDS.length}`, timeScale: 60, seed: SEED });
  await platform.service.inject(VIEW_LAG);
  let kills = 0;
  for (const [index, course] of courses.entries()) {
    const version = `22.04.20261212${index}`;
    await platform.service.publishImage(version);
    if (course.badDomain !== undefined) {
      await platform.service.inject({ kind: 'badImage', version, updateDomains: [course.badDomain] });
    }
    const before = await platform.service.log();
    // The window of the first moment stands open before the rollout can come to it.
    const [first] = course.moments;
    if (first?.fault !== undefined) await platform.service.inject(first.fault);
    const started = start(platform, version, `kill-${index}`);
    for (const moment of course.moments) {
      await killAt(moment, platform, { before: before.length, isFirst: moment === first, draw });
      kills += 1;
      console.log(
        `kill ${kills}, rollout ${index + 1}: ${moment.name}, ${moment.afterMilliseconds} ms later`,
      );
    }
    const { phase, failure } = await endOf(platform, await started);
    const whole = await platform.service.log();
    const during = whole.slice(before.length);
    console.log(`rollout ${index + 1} ended ${phase}, with ${accepted(during).length} accepted writes`);
    expectCalm(whole, FLOOR);
    if (course.badDomain === undefined) {
      expect({ phase, failure }).toEqual({ phase: 'succeeded', failure: undefined });
      expectImage(whole, version);
      expectOnceEach(during, IDS);
    } else {
      expect(phase, JSON.stringify(failure)).toBe('rolledBack');
      expect(imagesNow(whole)).toEqual(imagesNow(before));
      expect(modelNow(whole)?.image).toEqual(modelNow(before)?.image);
      // Instance N is in update domain N.
      expectOnceEachWay(during, IDS.slice(0, course.badDomain + 1));
    }
  }
}, 900_000);

async function start(platform: Killable, version: string, key: string): Promise<string> {
  return startRollout(platform, key, {
    change: { image: { version } },
    health: { stableSeconds: 1, timeoutSeconds: HEALTH_TIMEOUT_SECONDS },
  });
}

async function killAt(
  moment: Moment,
  platform: Killable,
  { before, isFirst, draw }: { readonly before: number; readonly isFirst: boolean; readonly draw: Draw },
): Promise<void> {
  const { service } = platform;
  const since = isFirst ? before : (await service.log()).length;
  if (moment.fault !== undefined && !isFirst) await service.inject(moment.fault);
  const lookedAt = await untilMoment(moment, service, { before, since });
  await platform.kill();
  if (moment.windowMilliseconds !== undefined) {
    expect(performance.now() - lookedAt).toBeLessThan(moment.windowMilliseconds);
  }
  await delay(draw(800));
  await platform.start();
}
