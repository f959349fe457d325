import { join } from 'node:path';
import { startAzurite } from '../../../local/platform/azurite.ts';
import type { Child } from '../../../local/platform/child.ts';
import { serviceAt, type Service } from '../../../local/platform/demo/service.ts';
import { startHost, startSimulator } from '../../../local/platform/parts.ts';
import { freePort } from '../../../local/platform/ports.ts';
import { ensureBuilt } from '../../../tools/built.ts';
import { stateFolder } from './state.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const GRACE_MILLISECONDS = 2000;

/** Storage and simulator that stay, and a host that is killed and started again on the same state. */
export interface Killable extends AsyncDisposable {
  readonly url: string;
  readonly service: Service;
  readonly state: string;
  readonly arm: string;
  /** SIGKILL; resolves when the host is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export async function startKillable(options: {
  readonly scaleSet: string;
  readonly timeScale: number;
  readonly seed: number;
}): Promise<Killable> {
  const { timeScale, seed } = options;
  await ensureBuilt(ROOT);
  const folder = stateFolder('kill');
  const state = folder.path;
  const children: Child[] = [];
  const dispose = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop(GRACE_MILLISECONDS)));
    folder[Symbol.dispose]();
  };
  try {
    const azurite = startAzurite(state);
    children.push(azurite);
    const simulator = await startSimulator({ timeScale, seed, state, scaleSets: [options.scaleSet] });
    children.push(simulator);
    const [storage, arm] = await Promise.all([azurite.ready, simulator.ready]);
    const port = await freePort(0);
    const launch = (): Child<string> => {
      const host = startHost({ app: ROOT, port, state, timeScale }, { storage, arm });
      children.push(host);
      return host;
    };
    let host = launch();
    const url = await host.ready;
    return {
      url,
      service: serviceAt(arm),
      state,
      arm,
      async kill() {
        if (host.pid === undefined) throw new Error('the host has not started');
        process.kill(host.pid, 'SIGKILL');
        await host.ended;
      },
      async start() {
        host = launch();
        await host.ready;
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
