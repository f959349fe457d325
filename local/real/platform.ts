import { join } from 'node:path';
import { startAzurite } from '../platform/azurite.ts';
import type { Child } from '../platform/child.ts';
import { serviceAt, type Service } from '../platform/demo/service.ts';
import { startSimulator, type SimulatorOptions } from '../platform/parts.ts';
import { startRealEngine, type RealEngine } from './engine.ts';

export interface RealPlatformOptions extends SimulatorOptions {
  /** The function app's folder, with its host.json and its built code. */
  readonly app: string;
  /** The built host, for `dotnet`. */
  readonly program: string;
}

/** Storage and simulator that stay, and the app on the real engine, which may be killed. */
export interface RealPlatform extends AsyncDisposable {
  readonly engine: RealEngine;
  readonly url: string;
  readonly arm: string;
  readonly service: Service;
  /** Names what the next worker that is to run it dies of; see `worker/death.ts`. */
  readonly deathFile: string;
}

const GRACE_MILLISECONDS = 5000;

/** Each has an Azurite of its own, so a hub of its own too, under the name that host.json gives it. */
export async function startRealPlatform(options: RealPlatformOptions): Promise<RealPlatform> {
  const { state } = options;
  const children: Child[] = [];
  let engine: RealEngine | undefined;
  const dispose = async (): Promise<void> => {
    await engine?.stop();
    await Promise.all(children.map((child) => child.stop(GRACE_MILLISECONDS)));
  };
  try {
    const azurite = startAzurite(state);
    children.push(azurite);
    const simulator = await startSimulator(options);
    children.push(simulator);
    const [storage, arm] = await Promise.all([azurite.ready, simulator.ready]);
    const deathFile = join(state, 'death');
    engine = await startRealEngine({ ...options, storage, arm, deathFile });
    return {
      engine,
      url: engine.url,
      arm,
      service: serviceAt(arm),
      deathFile,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
