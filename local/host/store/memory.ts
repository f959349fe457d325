import type { HistoryEvent } from '../durable/wire/history.ts';
import type { ActivityTask, Commit, InstanceRecord, Message, Store, Taken } from '../ports.ts';

/** Keeps a task hub in memory. What it holds survives a restart of the host, not of the process. */
export function createMemoryStore(): Store {
  const records = new Map<string, InstanceRecord>();
  const histories = new Map<string, readonly HistoryEvent[]>();
  const inbox = new Map<number, Message>();
  const byInstance = new Map<string, Map<number, Message>>();
  const activities = new Map<number, ActivityTask>();
  /** Until when, by number; only what was ever hidden. */
  const hidden = new Map<number, number>();
  let lastSeq = 0;

  const drop = (message: Message): void => {
    inbox.delete(message.seq);
    hidden.delete(message.seq);
    const own = byInstance.get(message.to);
    own?.delete(message.seq);
    if (own?.size === 0) byInstance.delete(message.to);
  };
  const purge = (instanceId: string): void => {
    records.delete(instanceId);
    histories.delete(instanceId);
    for (const message of byInstance.get(instanceId)?.values() ?? []) drop(message);
    for (const task of activities.values()) if (task.instanceId === instanceId) activities.delete(task.seq);
  };
  const isShown = (seq: number, now: number): boolean => (hidden.get(seq) ?? 0) <= now;
  const dueOf = (instanceId: string, now: number): Message[] =>
    [...(byInstance.get(instanceId)?.values() ?? [])]
      .filter((message) => message.dueAt <= now && isShown(message.seq, now))
      .sort(byArrival);

  return {
    instance: (id) => records.get(id),
    history: (id) => histories.get(id) ?? [],
    instances: () => [...records.values()].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1)),
    ready(now) {
      const firsts: Message[] = [];
      for (const id of byInstance.keys()) {
        const [first] = dueOf(id, now);
        if (first !== undefined) firsts.push(first);
      }
      return firsts.sort(byArrival).map((message) => message.to);
    },
    due: dueOf,
    nextDueAt(now) {
      let next: number | undefined;
      for (const { dueAt } of inbox.values()) {
        if (dueAt > now && (next === undefined || dueAt < next)) next = dueAt;
      }
      for (const until of hidden.values()) {
        if (until > now && (next === undefined || until < next)) next = until;
      }
      return next;
    },
    activities: (now) => [...activities.values()].filter(({ seq }) => isShown(seq, now)),
    hide({ kind, seqs }: Taken, until) {
      const present = kind === 'messages' ? inbox : activities;
      for (const seq of seqs) if (present.has(seq)) hidden.set(seq, until);
    },
    commit(change: Commit) {
      for (const id of change.purge ?? []) purge(id);
      for (const seq of change.consume ?? []) {
        const message = inbox.get(seq);
        if (message !== undefined) drop(message);
      }
      if (change.finish !== undefined) {
        activities.delete(change.finish);
        hidden.delete(change.finish);
      }
      for (const record of change.instances ?? []) records.set(record.instanceId, record);
      for (const { instanceId, keep, events } of change.history ?? []) {
        const present = histories.get(instanceId) ?? [];
        const kept = keep === present.length ? present : present.slice(0, keep);
        histories.set(instanceId, kept.concat(events));
      }
      const over = new Set(change.retire);
      for (const message of over.size === 0 ? [] : inbox.values()) {
        if (message.executionId !== null && over.has(message.executionId)) drop(message);
      }
      for (const message of change.send ?? []) {
        lastSeq += 1;
        const stored = { ...message, seq: lastSeq };
        inbox.set(lastSeq, stored);
        const own = byInstance.get(message.to) ?? new Map<number, Message>();
        byInstance.set(message.to, own.set(lastSeq, stored));
      }
      for (const task of change.schedule ?? []) {
        lastSeq += 1;
        activities.set(lastSeq, { ...task, seq: lastSeq });
      }
    },
    close: () => undefined,
  };
}

/** A timer arrives when it falls due, everything else when it was sent. */
function byArrival(a: Message, b: Message): number {
  return a.dueAt - b.dueAt || a.seq - b.seq;
}
