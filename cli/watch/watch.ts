import { call } from '../../client/call.ts';
import { askedWait, isPassing, retryAfterSeconds, send, understand } from '../api/client.ts';
import { shapes, type Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { connection as words } from '../messages/connection.ts';
import { repaintedBlock } from './block.ts';
import { linePerChange } from './lines.ts';
import type { Progress, Seen } from './progress.ts';
import { NOTHING_SEEN, seenNow } from './seen.ts';

export interface Watched {
  readonly kind: 'ended' | 'reached' | 'timedOut' | 'interrupted';
  readonly rollout: Rollout;
}

interface Look {
  readonly rollout: Rollout;
  readonly etag: string | null;
  readonly pauseSeconds: number;
}

export interface WatchOptions {
  readonly pauseSeconds?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Ends the watch, too. */
  readonly phases?: readonly string[] | undefined;
  /** Whether every instance is shown, too. */
  readonly withMap?: boolean | undefined;
}

const DEFAULT_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_WHILE_LOST_SECONDS = 10;
/** So often a picture on a terminal shows that time passes. */
const TICK_SECONDS = 1;

/** Follows a rollout until it ends, showing each change; a lost connection is waited out. */
export async function watch(
  context: Context,
  first: Rollout,
  { pauseSeconds, timeoutSeconds, phases = [], withMap = false }: WatchOptions,
): Promise<Watched> {
  const progress = startProgress(context, { withMap });
  const deadline = context.clock.now() + (timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  let look: Look = { rollout: first, etag: null, pauseSeconds: pauseSeconds ?? DEFAULT_PAUSE_SECONDS };
  let seen: Seen = NOTHING_SEEN;
  for (;;) {
    const { rollout } = look;
    if (progress.needsInstances) seen = await seenNow(context, rollout.id, seen).catch(() => NOTHING_SEEN);
    progress.show(rollout, seen);
    if (phases.includes(rollout.phase)) return { kind: 'reached', rollout };
    if (exitCodeOf(rollout, { failOnNoop: false }) !== undefined) return { kind: 'ended', rollout };
    const left = (deadline - context.clock.now()) / 1000;
    if (left <= 0) return { kind: 'timedOut', rollout };
    await rest(context, Math.min(look.pauseSeconds, left), progress);
    if (context.interrupted.aborted) return { kind: 'interrupted', rollout };
    const next = await lookAgain(context, look, { progress, deadline });
    if (next === 'interrupted' || next === 'timedOut') return { kind: next, rollout };
    look = next;
  }
}

/** A block repainted in place on a terminal; elsewhere one line for each change. */
function startProgress(context: Context, { withMap }: { readonly withMap: boolean }): Progress {
  return context.terminal === undefined
    ? linePerChange(context)
    : repaintedBlock(context, context.terminal, withMap);
}

/** In one piece where nothing can be repainted. */
async function rest(context: Context, seconds: number, progress: Progress): Promise<void> {
  const step = progress.needsInstances ? TICK_SECONDS : seconds;
  for (let left = seconds; left > 0 && !context.interrupted.aborted; left -= step) {
    await context.clock.sleep(Math.min(step, left), context.interrupted);
    progress.tick();
  }
}

async function lookAgain(
  context: Context,
  before: Look,
  { progress, deadline }: { progress: Progress; deadline: number },
): Promise<Look | 'interrupted' | 'timedOut'> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const look = await poll(context, before);
      if (attempt > 0) progress.note(words.reconnected);
      return look;
    } catch (error) {
      if (error instanceof InterruptedError) return 'interrupted';
      if (!isPassing(error)) throw error;
      if (attempt === 0)
        progress.note(words.tryingAgain(error instanceof Error ? error.message : words.noAnswer));
      const left = (deadline - context.clock.now()) / 1000;
      if (left <= 0) return 'timedOut';
      const pause = askedWait(error) ?? Math.min(2 ** attempt, LONGEST_PAUSE_WHILE_LOST_SECONDS);
      await context.clock.sleep(Math.min(pause, left), context.interrupted);
      if (context.interrupted.aborted) return 'interrupted';
    }
  }
}

async function poll(context: Context, before: Look): Promise<Look> {
  const answer = await send(context, {
    ...call('getRollout', { path: { id: before.rollout.id } }),
    headers: before.etag === null ? {} : { 'if-none-match': before.etag },
  });
  const pauseSeconds = Math.max(1, retryAfterSeconds(answer.headers) ?? before.pauseSeconds);
  if (answer.status === 304) return { ...before, pauseSeconds };
  return {
    rollout: understand(context, answer, shapes.Rollout),
    etag: answer.headers.get('etag'),
    pauseSeconds,
  };
}
