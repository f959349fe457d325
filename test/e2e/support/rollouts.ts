import { expect } from 'vitest';
import type { Service } from '../../../local/platform/demo/service.ts';
import { eventually } from '../../host/support/child-host.ts';
import { ask, type Answer } from './app.ts';

/** What hangs is to be told from what is slow, on a busy machine too. */
const PATIENCE_MILLISECONDS = 540_000;
/** Each look costs the processes under test some of the machine. */
const PAUSE_MILLISECONDS = 250;

export interface Target {
  readonly url: string;
  readonly service: Service;
}

/** A rollout of the service's first scale set, sent until it is answered: with the same key it starts only one. */
export async function startRollout(
  { url, service }: Target,
  key: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id: scaleSet } = await service.scaleSet();
  return eventually(
    async () => {
      const answer = await ask(
        `${url}/api/rollouts`,
        'POST',
        { scaleSet, ...spec },
        { 'idempotency-key': key },
      ).catch(() => undefined);
      // A process that dies in the request leaves an empty 500.
      if (answer === undefined || answer.status === 503 || answer.text === '') return undefined;
      expect(answer.status, answer.text).toBe(202);
      return String(answer.body.id);
    },
    PATIENCE_MILLISECONDS,
    PAUSE_MILLISECONDS,
  );
}

/** The rollout once it looks like this; a host that is away is waited for. */
export async function rolloutOnce(
  { url }: Pick<Target, 'url'>,
  id: string,
  looks: (rollout: Answer['body']) => boolean,
): Promise<Answer['body']> {
  return eventually(
    async () => {
      const answer = await ask(`${url}/api/rollouts/${id}`, 'GET').catch(() => undefined);
      return answer?.status === 200 && looks(answer.body) ? answer.body : undefined;
    },
    PATIENCE_MILLISECONDS,
    PAUSE_MILLISECONDS,
  );
}

export async function endOf(target: Pick<Target, 'url'>, id: string): Promise<Answer['body']> {
  return rolloutOnce(target, id, ({ endedAt }) => endedAt !== null);
}
