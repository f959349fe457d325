import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OrchestratorState } from '../../../local/host/durable/actions.ts';
import type { HistoryEvent } from '../../../local/host/durable/history.ts';

/** Recordings of the real extension live beside the repository; they are read where they are. */
export const GOLDEN = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden');

let folder = join(GOLDEN, 'recordings');

/** Takes the recordings from another folder than the one beside the app and its scenarios. */
export function useRecordings(from: string): void {
  folder = from;
}

/** False with a printed reason when there are no recordings; in CI that is an error. */
export function haveRecordings(): boolean {
  if (existsSync(join(GOLDEN, 'scenarios.js'))) return true;
  const reason = `there are no recordings at ${GOLDEN}`;
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return false;
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

/** Names of the scenarios that have a recording here. */
export function recordedNames(): readonly string[] {
  return readdirSync(folder).filter((name) => existsSync(file(name, 'turns.jsonl')));
}

export function turnsOf(scenario: string): readonly Recorded[] {
  const text = readFileSync(file(scenario, 'turns.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

export function finalOf(scenario: string): FinalAnswer {
  return JSON.parse(readFileSync(file(scenario, 'final.json'), 'utf8')) as FinalAnswer;
}

/** None where the tables were not recorded. */
export function rowsOf(scenario: string): readonly HistoryRow[] {
  if (!existsSync(file(scenario, 'tables.json'))) return [];
  const tables = JSON.parse(readFileSync(file(scenario, 'tables.json'), 'utf8')) as { history: HistoryRow[] };
  return tables.history;
}

function file(scenario: string, name: string): string {
  return join(folder, scenario, name);
}
