import { errorOf } from '../../../local/host/worker/core/invoke.ts';
import { playScenario, recordedOutcome } from './end-to-end.ts';
import { scenarios, type Recordings, type Scenario } from './recordings.ts';
import { differencesFrom } from './same.ts';
import { compareTurns } from './turns.ts';
import { compareWorker } from './worker.ts';

/** How much was compared in one way, and what differs, one line each. */
export interface Verdict {
  readonly compared: number;
  readonly differences: readonly string[];
}

export interface Comparison {
  readonly worker: Verdict;
  readonly turns: Verdict;
  readonly endToEnd: Verdict;
}

/** What real time, or the recording itself, put into these outcomes (FINDINGS.md 7, and 1.5 and 1.7 on early timers). */
export const OUTCOME_OF_CHANCE: ReadonlyMap<string, string> = new Map([
  ['retKinds', 'an integer overflow of the recorder'],
  ['timerInPastLoop', 'the outcome is made of times'],
  ['eventOrderPar', 'events of parallel requests, in the order in which they happened to arrive'],
  ['subDupPar', 'two executions under one id that disturbed each other in storage for a minute'],
  ['retryTimeout', 'how many attempts fit into three seconds'],
]);

/** Judges the host by one recorded scenario in the three ways that the recordings' README names. */
export async function compareRecording(recordings: Recordings, name: string): Promise<Comparison> {
  const scenario = scenarios().find((one) => one.name === name);
  const isPlayable = scenario !== undefined && !OUTCOME_OF_CHANCE.has(name);
  return {
    worker: await compareWorker(recordings.turnsOf(name)),
    turns: compareTurns(recordings, name),
    endToEnd: isPlayable
      ? { compared: 1, differences: await compareEndToEnd(recordings, scenario) }
      : { compared: 0, differences: [] },
  };
}

/** All differences of one recording; none when all is equal. */
export async function differencesOf(recordings: Recordings, name: string): Promise<readonly string[]> {
  const comparison = await compareRecording(recordings, name);
  return Object.entries(comparison).flatMap(([way, verdict]) =>
    (verdict as Verdict).differences.map((difference) => `${way}: ${difference}`),
  );
}

async function compareEndToEnd(recordings: Recordings, scenario: Scenario): Promise<readonly string[]> {
  const recorded = recordedOutcome(recordings, scenario.name);
  const played = await playScenario(recordings, scenario).catch((error: unknown) => errorOf(error).message);
  if (typeof played === 'string') return [`played to no end: ${played}`];
  return (['status', 'output', 'customStatus', 'activities', 'requests', 'answers'] as const).flatMap(
    (part) => differencesFrom(recorded[part], played[part], part),
  );
}
