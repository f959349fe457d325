import type { RolloutRecord } from '../record/rollout.ts';
import type { Notice } from './notice.ts';

/** A notice as it leaves the app: a CloudEvent 1.0 in structured mode. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Told;
}

export interface Told extends Notice {
  readonly rollout: string;
  readonly scaleSet: string;
  readonly reason?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where people look at it; of an approval request signed, and good until it expires. */
  readonly page?: string;
}

interface Sent {
  readonly id: string;
  readonly at: string;
  readonly notice: Notice;
  readonly page: string | undefined;
}

/** Source and id together name one notice: whoever gets it twice knows it by them. */
export function cloudEventOf(
  { id: rollout, scaleSet, spec }: Pick<RolloutRecord, 'id' | 'scaleSet' | 'spec'>,
  { id, at, notice, page }: Sent,
): CloudEvent {
  const { reason, labels = {} } = spec;
  return {
    specversion: '1.0',
    id,
    source: scaleSet,
    type: `vmss-rollout.${notice.kind}`,
    subject: `rollouts/${rollout}`,
    time: at,
    datacontenttype: 'application/json',
    data: {
      rollout,
      scaleSet,
      ...notice,
      labels,
      ...(reason !== undefined && { reason }),
      ...(page !== undefined && { page }),
    },
  };
}
