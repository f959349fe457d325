import { isDeepStrictEqual } from 'node:util';
import type { LogEntry } from '../../simulator/log/entries.ts';
import { imagesNow, modelNow, overlappingWrites, upgradesPerInstance } from '../../simulator/log/judge.ts';
import { fewestServing } from '../../simulator/log/serving.ts';
import { imageOfModel } from './batches.ts';
import { splitAtTurn, wholeLog, type Passage } from './passage.ts';

/** One thing that must hold of a rollout, and what the simulator's log says about it. */
export interface Verdict {
  readonly holds: boolean;
  readonly claim: string;
  readonly seen: string;
}

/** What must hold when every instance was to reach a new image. */
export function judgeUpgrade(
  passage: Passage,
  { floor, image }: { floor: number; image: string },
): Verdict[] {
  const whole = wholeLog(passage);
  const images = Object.values(imagesNow(whole));
  const there = images.filter((now) => now === image).length;
  const upgrades = upgradesPerInstance(passage.during);
  return [
    {
      holds: there === images.length && imageOfModel(whole) === image,
      claim: `every instance, and the model, on ${image}`,
      seen: `${there} of ${images.length}, model on ${imageOfModel(whole)}`,
    },
    servingVerdict(passage, floor),
    {
      holds: Object.keys(upgrades).length === images.length && mostIn(upgrades) === 1,
      claim: 'no instance upgraded twice',
      seen: `upgraded: ${Object.keys(upgrades).length}, none more often than ${times(mostIn(upgrades))}`,
    },
    overlapVerdict(passage.during),
  ];
}

/** What must hold when a bad image was met in one update domain: stopped there, and all as before. */
export function judgeRollback(
  passage: Passage,
  {
    floor,
    badDomain,
    models,
  }: { floor: number; badDomain: number; models: { readonly before: object; readonly after: object } },
): Verdict[] {
  const whole = wholeLog(passage);
  const { forward, back } = splitAtTurn(passage);
  const [there, backAgain] = [upgradesPerInstance(forward), upgradesPerInstance(back)];
  const touched = Object.keys(there);
  const beyond = touched.filter((id) => (domainOf(whole, id) ?? 0) > badDomain);
  const strays = differing(imagesNow(passage.before), imagesNow(whole));
  return [
    {
      holds: beyond.length === 0 && fellIll(forward, touched),
      claim: `stopped at update domain ${badDomain}, where instances became unhealthy`,
      seen: `upgraded: ${touched.length}, beyond it: ${beyond.length}`,
    },
    {
      holds: strays.length === 0,
      claim: 'every instance on the image it had before',
      seen: strays.length === 0 ? `brought back: ${touched.length}` : `not ${strays.join(', ')}`,
    },
    {
      holds: isDeepStrictEqual(models.before, models.after) && isSameModel(passage, whole),
      claim: 'the model as before',
      seen: `its image is ${imageOfModel(whole)}`,
    },
    servingVerdict(passage, floor),
    {
      holds: mostIn(there) <= 1 && mostIn(backAgain) <= 1 && differing(there, backAgain).length === 0,
      claim: 'no instance upgraded twice in either direction',
      seen: `forward: ${touched.length}, back: ${Object.keys(backAgain).length}`,
    },
    overlapVerdict(passage.during),
  ];
}

export function servingVerdict(passage: Passage, floor: number): Verdict {
  const fewest = fewestServing(wholeLog(passage), passage.during[0]?.time);
  return {
    holds: fewest >= floor,
    claim: `never fewer serving than the floor of ${floor}`,
    seen: `fewest: ${fewest}`,
  };
}

export function overlapVerdict(log: readonly LogEntry[]): Verdict {
  const overlaps = overlappingWrites(log);
  return {
    holds: overlaps.length === 0,
    claim: 'no write while another was being accepted',
    seen: `writes: ${log.filter((entry) => entry.kind === 'request' && entry.method !== 'GET').length}, overlaps: ${overlaps.length}`,
  };
}

function isSameModel({ before }: Passage, whole: readonly LogEntry[]): boolean {
  const [then, now] = [modelNow(before), modelNow(whole)];
  return (
    isDeepStrictEqual(then?.image, now?.image) &&
    then?.vmSize === now?.vmSize &&
    then?.capacity === now?.capacity
  );
}

/** Whether the image was bad in truth: a rollback without a cause would prove nothing. */
export function fellIll(log: readonly LogEntry[], instances: readonly string[]): boolean {
  return log.some(
    (entry) =>
      entry.kind === 'instance' &&
      entry.change === 'health' &&
      entry.value === 'unhealthy' &&
      instances.includes(entry.instance),
  );
}

function domainOf(log: readonly LogEntry[], instance: string): number | undefined {
  for (const entry of log) {
    if (entry.kind === 'instance' && entry.change === 'created' && entry.instance === instance) {
      return entry.updateDomain;
    }
  }
  return undefined;
}

function differing<T>(one: Record<string, T>, other: Record<string, T>): readonly string[] {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].filter((id) => one[id] !== other[id]);
}

function mostIn(counts: Record<string, number>): number {
  return Math.max(0, ...Object.values(counts));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

export function exitVerdict(exitCode: number, expected: number): Verdict {
  const claim = `the CLI ends with exit code ${expected}`;
  return { holds: exitCode === expected, claim, seen: `it was ${exitCode}` };
}

export function printVerdicts(title: string, verdicts: readonly Verdict[]): boolean {
  console.log(title);
  for (const { holds, claim, seen } of verdicts) {
    console.log(`  ${holds ? 'holds ' : 'BROKEN'}  ${claim} (${seen})`);
  }
  console.log('');
  return verdicts.every(({ holds }) => holds);
}
