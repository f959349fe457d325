import type { LogEntry } from '../../simulator/log/entries.ts';

/** What the demo asks of the simulator beside what Azure answers: its log, the truth, and mischief. */
export interface Service {
  log(): Promise<readonly LogEntry[]>;
  scaleSet(): Promise<ScaleSetTruth>;
  /** Resource ids of all scale sets. */
  scaleSetIds(): Promise<readonly string[]>;
  publishImage(version: string): Promise<void>;
  inject(fault: object): Promise<void>;
}

/** The ground truth of a scale set, as far as the demo reads it. */
export interface ScaleSetTruth {
  readonly id: string;
  /** The model without its ETag, its state and the stamp of its last change: what a rollback must bring back to the letter. */
  readonly model: object;
}

interface State {
  readonly scaleSets: readonly {
    readonly model: {
      readonly id: string;
      readonly sku: object;
      readonly properties: { readonly virtualMachineProfile: object };
    };
  }[];
}

export function serviceAt(url: string): Service {
  return {
    async log() {
      const { value } = (await ask(`${url}/_log`)) as { readonly value: readonly LogEntry[] };
      return value;
    },
    async scaleSet() {
      const { scaleSets } = (await ask(`${url}/_state`)) as State;
      const [found] = scaleSets;
      if (found === undefined) throw new Error('the simulator has no scale set');
      const { id, sku, properties } = found.model;
      const virtualMachineProfile = { ...properties.virtualMachineProfile, timeCreated: undefined };
      return {
        id,
        model: { sku, properties: { ...properties, virtualMachineProfile, provisioningState: undefined } },
      };
    },
    async scaleSetIds() {
      const { scaleSets } = (await ask(`${url}/_state`)) as State;
      return scaleSets.map(({ model }) => model.id);
    },
    async publishImage(version) {
      await ask(`${url}/_images`, { version });
    },
    async inject(fault) {
      await ask(`${url}/_faults`, fault);
    },
  };
}

async function ask(url: string, body?: object): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
