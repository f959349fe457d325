import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { OrchestratorState } from '../../../local/host/durable/wire/actions.ts';
import type { Schema } from '../../../local/host/durable/wire/failure.ts';
import type { HistoryEvent } from '../../../local/host/durable/wire/history.ts';

/** Recordings of the real extension live beside the repository; they are read where they are. */
const SHARED = join(import.meta.dirname, '..', '..', '..', '..', 'shared');

/** The app that was recorded, and its scenarios: the same for all recordings. */
export const GOLDEN = join(SHARED, 'golden');

/** Of extension 2.13.7 and of 3.19.0. */
export const RECORDED: readonly string[] = [GOLDEN, join(SHARED, 'golden-3.19')].map((set) =>
  join(set, 'recordings'),
);

/** False with a printed reason when there are no recordings; in CI that is an error. */
export function haveRecordings(): boolean {
  const missing = [join(GOLDEN, 'scenarios.js'), ...RECORDED].find((path) => !existsSync(path));
  if (missing === undefined) return true;
  const reason = `there are no recordings at ${missing}`;
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return false;
}

/** One set of recordings: what one version of the extension did in a number of scenarios. */
export interface Recordings {
  /** Of the folder that holds the set. */
  readonly label: string;
  /** The generation that the recorded triggers offer. */
  readonly schema: Schema;
  /** Names of the scenarios that have a recording here. */
  readonly names: readonly string[];
  turnsOf(scenario: string): readonly Recorded[];
  finalOf(scenario: string): FinalAnswer;
  /** None where the tables were not recorded. */
  rowsOf(scenario: string): readonly HistoryRow[];
  /** Calls of the management API, or what `callHttp` sent; nothing where the set has none. */
  logOf(file: 'http.jsonl' | 'http-target.jsonl'): readonly unknown[];
}

/** Reads a folder with a folder for each scenario; what was logged over HTTP lies beside it. */
export function openRecordings(folder: string): Recordings {
  const file = (scenario: string, name: string): string => join(folder, scenario, name);
  const names = readdirSync(folder).filter((name) => existsSync(file(name, 'turns.jsonl')));
  const turnsOf = (scenario: string) => linesOf(file(scenario, 'turns.jsonl')) as readonly Recorded[];
  return {
    label: basename(dirname(folder)),
    schema: schemaOf(names, turnsOf),
    names,
    turnsOf,
    finalOf: (scenario) => JSON.parse(readFileSync(file(scenario, 'final.json'), 'utf8')) as FinalAnswer,
    rowsOf(scenario) {
      if (!existsSync(file(scenario, 'tables.json'))) return [];
      const tables = JSON.parse(readFileSync(file(scenario, 'tables.json'), 'utf8')) as {
        history: HistoryRow[];
      };
      return tables.history;
    },
    logOf(name) {
      const path = join(dirname(folder), name);
      return existsSync(path) ? linesOf(path) : [];
    },
  };
}

function linesOf(path: string): readonly unknown[] {
  const text = readFileSync(path, 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as unknown);
}

/** The library is offered V3 by 2.13.7 and V4 by 3.x, counted from 0 (durable-host.md 2). */
function schemaOf(names: readonly string[], turnsOf: (scenario: string) => readonly Recorded[]): Schema {
  for (const name of names) {
    const turn = turnsOf(name).find((entry) => entry.kind === 'orchestrationTrigger');
    if (turn !== undefined) return turn.trigger.upperSchemaVersionNew >= 3 ? 4 : 3;
  }
  throw new Error('The recordings hold no turn of an orchestration.');
}

export interface RecordedTurn {
  readonly kind: 'orchestrationTrigger';
  readonly name: string;
  readonly instanceId: string;
  readonly ok: boolean;
  readonly trigger: {
    readonly history: readonly HistoryEvent[];
    readonly input: unknown;
    readonly parentInstanceId: string | null;
    readonly upperSchemaVersionNew: number;
    readonly maximumShortTimerDuration: string;
    readonly longRunningTimerIntervalDuration: string;
  };
  readonly ret?: { readonly json: OrchestratorState };
  /** Of a failed turn; may carry the state behind a marker. */
  readonly message?: string;
  readonly outOfProcState?: OrchestratorState;
}

export interface RecordedActivity {
  readonly kind: 'activityTrigger';
  readonly name: string;
  readonly instanceId: string;
  readonly phase?: 'start';
  readonly input: string | null;
}

/** Only its worker's half can be compared: the extension's half leaves no trace but in the callers' histories. */
export interface RecordedBatch {
  readonly kind: 'entityTrigger';
  readonly name: string;
  readonly ok: boolean;
  readonly trigger: object;
  readonly ret?: { readonly json: object };
  readonly message?: string;
}

export type Recorded = RecordedTurn | RecordedActivity | RecordedBatch | { readonly kind: 'httpTrigger' };

export interface FinalAnswer {
  /** How long the scenario took. */
  readonly ms: number;
  readonly timedOut: boolean;
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: RecordedStatus }>>;
}

export interface RecordedStatus {
  readonly runtimeStatus: string;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly input: unknown;
}

export interface HistoryRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly EventType?: string;
  readonly EventId?: number;
  readonly ExecutionId: string;
  readonly OrchestrationStatus?: string;
  readonly Result?: string;
  readonly Name?: string;
}

export interface Scenario {
  readonly name: string;
  readonly orch: string;
  readonly input: unknown;
  readonly script?: ((hands: object) => Promise<void>) | null;
  readonly noStart?: boolean;
  readonly maxMs?: number;
}

export function scenarios(): readonly Scenario[] {
  return createRequire(import.meta.url)(join(GOLDEN, 'scenarios.js')) as readonly Scenario[];
}

/** Long recordings leave out parts of some turns; such a turn cannot be replayed. */
export function isWhole(turn: RecordedTurn | RecordedBatch): boolean {
  const text = JSON.stringify(turn.trigger);
  const isComplete = !text.includes(' chars)') && !text.includes('"historyOmitted":');
  if (turn.kind === 'entityTrigger') return isComplete;
  const state = turn.ret?.json ?? turn.outOfProcState;
  return isComplete && (state === undefined || Array.isArray(state.actions));
}

/** Whether the state itself was shortened: it can be compared with, but not played on. */
export function isShortened(turn: RecordedTurn): boolean {
  return JSON.stringify(turn.ret ?? turn.outOfProcState ?? null).includes(' chars)');
}
