import { TABLES } from '../port.ts';
import type { Table } from '../port.ts';

/**
 * The app shares its storage account with the task hub. Durable Functions names all that a hub has after the hub and
 * what it is for: tables `{hub}Instances`, `{hub}History`, `{hub}Partitions`, containers `{hub}-leases` and others.
 * Names ignore case. What is here begins and ends otherwise, so it is no hub's, whatever the hub is called.
 */
export function tableName(table: Table): string {
  return `rollout${table}records`;
}

/** All tables and containers that the app makes; it has no queue of its own. */
export const TABLE_NAMES: readonly string[] = TABLES.map((table) => tableName(table));
export const CONTAINER_NAME = 'rollout-records';
/** In Azure `infra/modules/storage.bicep` makes it, with a policy under which blobs are neither changed nor removed. */
export const ANCHOR_CONTAINER_NAME = 'rollout-anchors';
