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
  /** It is of a rollout and its scale set, or of a campaign and its name. */
  readonly rollout?: string;
  readonly scaleSet?: string;
  readonly campaign?: string;
  readonly name?: string;
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

/** What a notice is of, as the event names it. */
export interface Subject extends Pick<
  Told,
  'rollout' | 'scaleSet' | 'campaign' | 'name' | 'reason' | 'labels'
> {
  readonly source: string;
  readonly subject: string;
}

export function rolloutSubject({
  id: rollout,
  scaleSet,
  spec,
}: Pick<RolloutRecord, 'id' | 'scaleSet' | 'spec'>): Subject {
  const { reason, labels = {} } = spec;
  const why = reason === undefined ? {} : { reason };
  return { source: scaleSet, subject: `rollouts/${rollout}`, rollout, scaleSet, labels, ...why };
}

/** Source and id together name one notice: whoever gets it twice knows it by them. */
export function cloudEventOf(of: Subject, { id, at, notice, page }: Sent): CloudEvent {
  const { source, subject, labels, reason, ...named } = of;
  return {
    specversion: '1.0',
    id,
    source,
    type: `vmss-rollout.${notice.kind}`,
    subject,
    time: at,
    datacontenttype: 'application/json',
    data: {
      ...named,
      ...notice,
      labels,
      ...(reason !== undefined && { reason }),
      ...(page !== undefined && { page }),
    },
  };
}
