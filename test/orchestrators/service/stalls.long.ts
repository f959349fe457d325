import { describe, expect, it } from 'vitest';
import { expectImages, expectSafe } from '../../lab/judge.ts';
import { NEW, startLab } from '../../lab/lab.ts';
import type { LabOptions } from '../../lab/lab.ts';

const HALF_AN_HOUR = 1800;

/** The app dies before the nth of these steps, and comes back after so many seconds. */
function downBefore(
  step: string,
  nth: number,
  seconds: number,
): { readonly options: LabOptions; readonly isThrough: () => boolean } {
  let count = 0;
  const options: LabOptions = {
    count: 5,
    redelivery: { messagesMs: seconds * 1000, activitiesMs: seconds * 1000 },
    hooks: {
      beforeActivity: ({ name }) => {
        count += Number(name === step);
        return name === step && count === nth ? 'crash' : undefined;
      },
    },
  };
  return { options, isThrough: () => count > nth };
}

async function secondsOf(options: LabOptions): Promise<number> {
  await using lab = await startLab(options);
  const rollout = await lab.rollOut();
  expect(rollout.phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab, { floor: 4 });
  return (Date.parse(rollout.endedAt) - Date.parse(rollout.createdAt)) / 1000;
}

describe('an outage of the app itself', () => {
  // Feature [Service behaviour that is expected] An outage of ours costs itself, not nine times itself (reported: waits of 52, 49 and 45 s after a stall of 60 s)
  //   shown by: an outage of the app itself > of half an hour costs itself, before settleBatch 4
  it.each([
    ['settleBatch', 2],
    ['settleBatch', 4],
    ['settleBatch', 5],
    ['settleBatch', 9],
    ['applyModel', 1],
  ] as const)('of half an hour costs itself, before %s %i', async (step, nth) => {
    const undisturbed = await secondsOf({ count: 5 });
    const down = downBefore(step, nth, HALF_AN_HOUR);
    const disturbed = await secondsOf(down.options);
    expect(down.isThrough()).toBe(true);
    expect(disturbed - undisturbed).toBeLessThan(HALF_AN_HOUR + 180);
  });
});
