import type { SQLOutputValue } from 'node:sqlite';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { RuntimeStatus } from '../durable/wire/runtime-status.ts';
import type { ActivityTask, InstanceRecord, Message } from '../ports.ts';

type Row = Record<string, SQLOutputValue>;

export function toRecord(row: Row): InstanceRecord {
  return {
    instanceId: text(row, 'id'),
    name: text(row, 'name'),
    parentInstanceId: textOrNull(row, 'parentInstanceId'),
    version: textOrNull(row, 'version'),
    executionId: text(row, 'executionId'),
    status: text(row, 'status') as RuntimeStatus,
    input: textOrNull(row, 'input'),
    output: textOrNull(row, 'output'),
    customStatus: textOrNull(row, 'customStatus'),
    createdAt: Number(row['createdAt']),
    updatedAt: Number(row['updatedAt']),
  };
}

export function toMessage(row: Row): Message {
  return {
    seq: Number(row['seq']),
    to: text(row, 'instanceId'),
    executionId: textOrNull(row, 'executionId'),
    dueAt: Number(row['dueAt']),
    event: JSON.parse(text(row, 'event')) as HistoryEvent,
  };
}

export function toActivity(row: Row): ActivityTask {
  return {
    seq: Number(row['seq']),
    instanceId: text(row, 'instanceId'),
    executionId: text(row, 'executionId'),
    taskId: Number(row['taskId']),
    name: text(row, 'name'),
    input: textOrNull(row, 'input'),
  };
}

export function text(row: Row, column: string): string {
  return String(row[column]);
}

function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}
