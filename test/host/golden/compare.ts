import { playScenario, recordedOutcome, type Outcome } from './end-to-end.ts';
import { finalOf, rowsOf, turnsOf, type Scenario } from './recordings.ts';
import { compareTurns } from './turns.ts';
import { compareWorker } from './worker.ts';

export interface Comparison {
  /** Differences of the first two ways, one line each; none when all agree. */
  readonly worker: readonly string[];
  readonly turns: readonly string[];
  readonly recorded: Outcome;
  readonly played: Outcome;
}

/** Judges the host by one recorded scenario in the three ways that the recordings' README names. */
export async function compareScenario(scenario: Scenario): Promise<Comparison> {
  const recording = turnsOf(scenario.name);
  const final = finalOf(scenario.name);
  return {
    worker: await compareWorker(recording),
    turns: compareTurns(recording, rowsOf(scenario.name)),
    recorded: recordedOutcome(final, recording),
    played: await playScenario(scenario, final.timedOut),
  };
}
