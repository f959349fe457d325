import { errorOf } from '../../../local/host/core/invoke.ts';
import { jsonValue } from '../../../local/host/core/typed-data.ts';
import { goldenApp } from './golden-app.ts';
import { isWhole, type Recorded, type RecordedTurn } from './recordings.ts';
import { matchesRecorded } from './same.ts';

const MARKER = '$OutOfProcData$:';

/** First way: the recorded trigger through the host's core module must give the recorded state. */
export async function compareWorker(recording: readonly Recorded[]): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const [index, turn] of recording.entries()) {
    if (turn.kind !== 'orchestrationTrigger' || !isWhole(turn)) continue;
    const actual = await answer(turn);
    const expected = turn.ok ? { state: turn.ret?.json } : recordedFailure(turn);
    if (!matchesRecorded(expected, actual)) {
      differences.push(
        `line ${index + 1}: recorded ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
      );
    }
  }
  return differences;
}

function recordedFailure(turn: RecordedTurn): object {
  return turn.outOfProcState === undefined ? { message: turn.message } : { failedWith: turn.outOfProcState };
}

async function answer(turn: RecordedTurn): Promise<object> {
  const app = goldenApp();
  const fn = app.find('orchestrationTrigger', turn.name);
  if (fn === undefined) throw new Error(`no orchestration ${turn.name}`);
  try {
    const response = await app.invoke(fn, { data: { string: JSON.stringify(turn.trigger) } });
    return { state: jsonValue(response.returnValue) };
  } catch (error) {
    const { message } = errorOf(error);
    const at = message.indexOf(MARKER);
    return at < 0 ? { message } : { failedWith: JSON.parse(message.slice(at + MARKER.length)) as unknown };
  }
}
