import { isTerminal } from '../../local/host/durable/wire/runtime-status.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import type { Body, Lab, Reply } from './lab.ts';
import type { MemoryStore } from './memory-store.ts';

interface Settings {
  readonly host: VirtualHost;
  readonly store: MemoryStore;
  /** What the app says of a rollout. */
  readonly read: (id: string) => Promise<Reply>;
}

interface Waiting {
  readonly isWorthAsking?: () => boolean;
  /** Of virtual time. */
  readonly withinSeconds?: number;
}

const ENDED: readonly unknown[] = [
  'succeeded',
  'rolledBack',
  'halted',
  'failed',
  'refused',
  'rejected',
  'cancelled',
];

/** Runs a lab until the app says something of a rollout. */
export function createWait({ host, store, read }: Settings): Pick<Lab, 'until' | 'toEnd'> {
  /** The record as it is stored. */
  const recordOf = (id: string): Body =>
    (store.peek({ table: 'rollouts', partition: id, row: 'head' }) as Body)?.record;

  /** Whoever asks after a rollout whose workflow is dead has it started again. */
  const isDead = (id: string): boolean => {
    const status = host.client.runtimeStatus(id);
    return status === undefined || isTerminal(status);
  };

  /**
   * Looks after every piece of work. The app is not asked where it would say the same as before, since while the workflow
   * lives it knows only what the store holds, or where it cannot say yet what is waited for.
   */
  async function wait(
    id: string,
    looks: (rollout: Body) => boolean,
    { isWorthAsking = () => true, withinSeconds = 14 * 86_400 }: Waiting = {},
  ): Promise<Body> {
    let reply: Reply | undefined;
    let asked: number | undefined;
    try {
      await host.runUntil(
        async () => {
          const isAsked = asked === store.changes && reply?.status === 200;
          if (isDead(id) || (isWorthAsking() && !isAsked)) {
            asked = store.changes;
            reply = await read(id);
          }
          return reply !== undefined && (looks(reply.body) || hasEnded(reply.body));
        },
        { maxVirtualMs: withinSeconds * 1000 },
      );
    } catch (error) {
      throw new Error(`stuck at ${JSON.stringify((await read(id)).body)}`, { cause: error });
    }
    if (!looks(reply?.body)) throw new Error(`ended otherwise: ${JSON.stringify(reply?.body)}`);
    return reply?.body;
  }

  return {
    until: (id, looks) => wait(id, typeof looks === 'string' ? ({ phase }) => phase === looks : looks),
    toEnd: (id, withinSeconds) =>
      wait(id, hasEnded, {
        isWorthAsking: () => hasEnded(recordOf(id)),
        ...(withinSeconds !== undefined && { withinSeconds }),
      }),
  };
}

/** Of an answer of the app, or of the record that it is made from. */
function hasEnded(rollout: Body): boolean {
  return ENDED.includes(rollout?.phase);
}
