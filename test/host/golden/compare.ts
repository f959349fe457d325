import { playScenario, recordedOutcome } from './end-to-end.ts';
import { finalOf, rowsOf, scenarios, turnsOf, type Recorded, type Scenario } from './recordings.ts';
import { matchesRecorded } from './same.ts';
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
export async function compareRecording(name: string): Promise<Comparison> {
  const recording = turnsOf(name);
  const scenario = scenarios().find((one) => one.name === name);
  const isPlayable = scenario !== undefined && !OUTCOME_OF_CHANCE.has(name);
  return {
    worker: await compareWorker(recording),
    turns: compareTurns(recording, rowsOf(name)),
    endToEnd: isPlayable
      ? { compared: 1, differences: await compareEndToEnd(scenario, recording) }
      : { compared: 0, differences: [] },
  };
}

/** All differences of one recording; none when all is equal. */
export async function differencesOf(name: string): Promise<readonly string[]> {
  const comparison = await compareRecording(name);
  return Object.entries(comparison).flatMap(([way, verdict]) =>
    (verdict as Verdict).differences.map((difference) => `${way}: ${difference}`),
  );
}

async function compareEndToEnd(
  scenario: Scenario,
  recording: readonly Recorded[],
): Promise<readonly string[]> {
  const final = finalOf(scenario.name);
  const recorded = recordedOutcome(final, recording);
  const played = await playScenario(scenario, recording, final.timedOut);
  return (['status', 'output', 'customStatus', 'activities', 'requests', 'answers'] as const)
    .filter((part) => !matchesRecorded(recorded[part], played[part]))
    .map(
      (part) => `${part}: recorded ${JSON.stringify(recorded[part])}, played ${JSON.stringify(played[part])}`,
    );
}
