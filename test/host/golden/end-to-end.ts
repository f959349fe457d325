import { createVirtualHost } from '../../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../../local/host/drivers/virtual-host.ts';
import { isTerminal } from '../../../local/host/durable/wire/runtime-status.ts';
import { HTTP_ACTIVITY } from '../../../local/host/durable/replay/http-calls.ts';
import { recordedRequests, startHttpTarget } from './http-target.ts';
import { normal } from './answers.ts';
import { forgetAttempts, goldenApp, virtualTimeouts } from './golden-app.ts';
import type { RecordedStatus, Recordings, Scenario } from './recordings.ts';
import { comparable } from './same.ts';

const BASE = 'http://localhost/runtime/webhooks/durabletask';
const START = new Date('2026-11-20T23:00:00Z');
const LONGEST_MS = 3_600_000;

/** What a scenario's outcome comes down to, from a recording or from a run. */
export interface Outcome {
  readonly status: string | undefined;
  readonly output: unknown;
  readonly customStatus: unknown;
  /** `name(input)` of each activity execution, sorted. */
  readonly activities: readonly string[];
  /** What `callHttp` sent and the recorded server never saw. */
  readonly requests: readonly string[];
  /** What the management API says in the end, asked with different parameters. */
  readonly answers: Readonly<Record<string, object>>;
}

export function recordedOutcome(recordings: Recordings, name: string): Outcome {
  const final = recordings.finalOf(name);
  const body = final.answers['plain']?.body;
  const runs = recordings
    .turnsOf(name)
    .flatMap((entry) =>
      entry.kind === 'activityTrigger' && entry.phase === 'start' ? [activity(entry.name, entry.input)] : [],
    );
  const answers = Object.entries(final.answers).map(([variant, { status, body: said }]) => [
    variant,
    { status, body: normal(said) },
  ]);
  return { ...outcome(body, runs), answers: Object.fromEntries(answers) as Outcome['answers'] };
}

/** Third way: plays the whole scenario in virtual time. */
export async function playScenario(recordings: Recordings, scenario: Scenario): Promise<Outcome> {
  await using target = await startHttpTarget(recordings.turnsOf(scenario.name));
  forgetAttempts();
  const runs: string[] = [];
  await using host = createVirtualHost({
    app: goldenApp(),
    startAt: START,
    schema: recordings.schema,
    strict: false,
    hooks: {
      beforeActivity: (task) => {
        if (task.name !== HTTP_ACTIVITY) runs.push(activity(task.name, task.input));
      },
    },
  });
  using timeouts = new DisposableStack();
  timeouts.use(virtualTimeouts(host.clock));
  const hands = handsOf(host, scenario, target.port);
  if (scenario.noStart !== true) await hands.start();
  await scenario.script?.(hands);
  if (recordings.finalOf(scenario.name).timedOut) await host.advance(scenario.maxMs ?? 15_000);
  else await hands.done();
  // What was still asked for runs after the end, too (golden 1.1).
  await host.runUntilIdle();
  const end = host.client.status(hands.id);
  const known = recordedRequests(recordings);
  return {
    ...outcome(end, runs),
    requests: target.asked.filter((request) => !known.has(request)),
    answers: await answersOf(host, hands.id),
  };
}

const VARIANTS: Readonly<Record<string, string>> = {
  plain: '',
  noInput: '?showInput=false',
  history: '?showHistory=true',
  historyOutput: '?showHistory=true&showHistoryOutput=true',
  ise: '?returnInternalServerErrorOnFailure=true',
};

async function answersOf(host: VirtualHost, id: string): Promise<Outcome['answers']> {
  const answers: Record<string, object> = {};
  for (const [name, query] of Object.entries(VARIANTS)) {
    const response = await host.request(new Request(`${BASE}/instances/${id}${query}`));
    answers[name] = { status: response.status, body: normal(await response.json()) };
  }
  return answers;
}

function outcome(body: RecordedStatus | undefined, runs: readonly string[]): Outcome {
  return {
    status: body?.runtimeStatus,
    output: comparable(body?.output),
    customStatus: comparable(body?.customStatus),
    activities: runs.toSorted(),
    requests: [],
    answers: {},
  };
}

/** Recordings shorten long texts, so only their beginnings count. */
const COMPARED_LENGTH = 100;

function activity(name: string, input: string | null): string {
  return String(comparable(`${name.toLowerCase()}(${(input ?? '').slice(0, COMPARED_LENGTH)})`));
}

/** The object a scenario's script is given; every pause is virtual, and without one nothing happens between two calls. */
function handsOf(host: VirtualHost, scenario: Scenario, port: number) {
  const id = `g-${scenario.name}`;
  const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    return host.request(new Request(BASE + path, { method, headers: headers ?? {}, ...text }));
  };
  const raise = (target: string, event: string, data: unknown) =>
    call('POST', `/instances/${target}/raiseEvent/${event}`, JSON.stringify(data), {
      'content-type': 'application/json',
    });
  const op = (target: string, operation: string, reason: string) =>
    call('POST', `/instances/${target}/${operation}?reason=${encodeURIComponent(reason)}`);
  const until = async (looks: (status: RecordedStatus) => boolean): Promise<void> =>
    host.runUntil(
      () => {
        const status = host.client.status(id);
        return status !== undefined && looks(status);
      },
      { maxVirtualMs: LONGEST_MS },
    );
  return {
    id,
    tag: scenario.name,
    start: () =>
      call('POST', `/orchestrators/${scenario.orch}/${id}`, ...inputOf(scenario, port)).then(() => undefined),
    run: () => until((status) => status.runtimeStatus !== 'Pending'),
    done: () => until((status) => isTerminal(status.runtimeStatus as 'Completed')),
    until,
    sleep: (ms: number) => host.advance(ms),
    raise: (event: string, data: unknown) => raise(id, event, data),
    op: (operation: string, reason: string) => op(id, operation, reason),
    status: (query = '') => call('GET', `/instances/${id}${query}`),
    api: {
      m: (_tag: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
        call(method, path, body, headers),
      status: (_tag: string, target: string) => call('GET', `/instances/${target}`),
      raise: (_tag: string, target: string, event: string, data: unknown) => raise(target, event, data),
      op: (_tag: string, target: string, operation: string, reason: string) => op(target, operation, reason),
    },
  };
}

function inputOf(scenario: Scenario, port: number): readonly [] | readonly [string] {
  if (scenario.input === undefined) return [];
  return [JSON.stringify(scenario.input).replaceAll('@P', String(port))];
}
