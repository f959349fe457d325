import type { HubClient } from '../../hub/hub-client.ts';
import type { Schema } from '../../durable/wire/failure.ts';
import type { Asked } from './asked.ts';
import type { HubAddress } from './binding.ts';

export interface ManagementSettings {
  readonly client: HubClient;
  readonly address: () => HubAddress;
  readonly schema: Schema;
  /** Waits in real time; absent where time is virtual, and then nothing is waited for. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** One request of the management API. */
export interface ManagementCall extends ManagementSettings {
  readonly request: Request;
  readonly asked: Asked;
}
