import { playScenario, recordedOutcome } from './end-to-end.ts';
import { finalOf, rowsOf, turnsOf, type Recorded, type Scenario } from './recordings.ts';
import { matchesRecorded } from './same.ts';
import { compareTurns } from './turns.ts';
import { compareWorker } from './worker.ts';

/** Differences, one line each; none when all agree. */
export interface Comparison {
  readonly worker: readonly string[];
  readonly turns: readonly string[];
  readonly endToEnd: readonly string[];
}

/** What real time, or the recording itself, put into these outcomes (FINDINGS.md 7, and 1.5 and 1.7 on early timers). */
const OUTCOME_OF_CHANCE: ReadonlyMap<string, string> = new Map([
  ['retKinds', 'an integer overflow of the recorder'],
  ['timerInPastLoop', 'the outcome is made of times'],
  ['retryTimeout', 'how many attempts fit into three seconds'],
]);

/** Judges the host by one recorded scenario in the three ways that the recordings' README names. */
export async function compareScenario(scenario: Scenario): Promise<Comparison> {
  const recording = turnsOf(scenario.name);
  return {
    worker: await compareWorker(recording),
    turns: compareTurns(recording, rowsOf(scenario.name)),
    endToEnd: OUTCOME_OF_CHANCE.has(scenario.name) ? [] : await compareEndToEnd(scenario, recording),
  };
}

async function compareEndToEnd(
  scenario: Scenario,
  recording: readonly Recorded[],
): Promise<readonly string[]> {
  const final = finalOf(scenario.name);
  const recorded = recordedOutcome(final, recording);
  const played = await playScenario(scenario, recording, final.timedOut);
  return (['status', 'output', 'customStatus', 'activities', 'requests'] as const)
    .filter((part) => !matchesRecorded(recorded[part], played[part]))
    .map(
      (part) => `${part}: recorded ${JSON.stringify(recorded[part])}, played ${JSON.stringify(played[part])}`,
    );
}
