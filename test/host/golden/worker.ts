import type { AppFunction } from '../../../local/host/worker/app/catalog.ts';
import { errorOf } from '../../../local/host/worker/core/invoke.ts';
import { jsonValue } from '../../../local/host/worker/core/typed-data.ts';
import type { Verdict } from './compare.ts';
import { goldenApp } from './golden-app.ts';
import { isWhole, type Recorded, type RecordedBatch, type RecordedTurn } from './recordings.ts';
import { differencesFrom } from './same.ts';

const MARKER = '$OutOfProcData$:';

/** First way: the recorded trigger through the host's core module must give the recorded state. */
export async function compareWorker(recording: readonly Recorded[]): Promise<Verdict> {
  const differences: string[] = [];
  let compared = 0;
  for (const [index, turn] of recording.entries()) {
    if (turn.kind === 'activityTrigger' || turn.kind === 'httpTrigger' || !isWhole(turn)) continue;
    // The app of the long timers is not among the recordings.
    const fn = goldenApp().find(turn.kind, turn.name);
    if (fn === undefined) continue;
    compared += 1;
    const actual = judged(await answer(fn, turn));
    const expected = judged(turn.ok ? { state: turn.ret?.json } : recordedFailure(turn));
    differences.push(...differencesFrom(expected, actual, `line ${index + 1}`));
  }
  return { compared, differences };
}

/** Entities note how long they took on the real clock (durable-host.md 6). */
const CLOCK_KEYS = new Set(['duration', 'startTime', 'requestTime']);
/** Paths in it were shortened after the app had cut it to a length of its own (`throwKinds`). */
const DOTNET_TEXT = / \n \{"\$type".*/s;

function judged(state: object): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, value: unknown) => {
      if (CLOCK_KEYS.has(key)) return undefined;
      return typeof value === 'string' ? value.replace(DOTNET_TEXT, '') : value;
    }),
  );
}

function recordedFailure(turn: RecordedTurn | RecordedBatch): object {
  if (turn.kind === 'entityTrigger') return { message: turn.message };
  return turn.outOfProcState === undefined ? { message: turn.message } : { failedWith: turn.outOfProcState };
}

async function answer(fn: AppFunction, turn: RecordedTurn | RecordedBatch): Promise<object> {
  const app = goldenApp();
  try {
    const response = await app.invoke(fn, { data: { string: JSON.stringify(turn.trigger) } });
    return { state: jsonValue(response.returnValue) };
  } catch (error) {
    const { message } = errorOf(error);
    const at = message.indexOf(MARKER);
    return at < 0 ? { message } : { failedWith: JSON.parse(message.slice(at + MARKER.length)) as unknown };
  }
}
