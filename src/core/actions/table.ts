import type { Action } from './action.ts';
import { dataDisks } from './data-disks.ts';
import { deallocate } from './deallocate.ts';
import { deleteInstance } from './delete.ts';
import { powerOff } from './power-off.ts';
import { protect } from './protect.ts';
import { redeploy } from './redeploy.ts';
import { reimage } from './reimage.ts';
import { restart } from './restart.ts';
import { start } from './start.ts';
import { upgrade } from './upgrade.ts';

/** All that can be done to an instance. Another action is a file of its own and a line here. */
export const ACTIONS = {
  upgrade,
  reimage,
  restart,
  redeploy,
  deallocate,
  powerOff,
  start,
  dataDisks,
  protect,
  delete: deleteInstance,
} as const satisfies Record<string, Action>;

export type InstanceAction = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as readonly InstanceAction[];

type NamesWith<Field> = {
  [K in InstanceAction]: (typeof ACTIONS)[K] extends Field ? K : never;
}[InstanceAction];

/** What can be done to several instances at once through their scale set. */
export type GroupAction = NamesWith<{ readonly path: string }>;

export function isGroupAction(name: InstanceAction): name is GroupAction {
  return 'path' in ACTIONS[name];
}

/** What `change.force` may ask for. */
export type ForcedAction = NamesWith<{ readonly forced: string }>;

export const FORCED_ACTIONS = ACTION_NAMES.filter((name): name is ForcedAction => 'forced' in ACTIONS[name]);

/** What `change.action` may ask for beside `upgrade`. */
export type AskedAction = NamesWith<{ readonly asked: string }>;

export const ASKED_ACTIONS = ACTION_NAMES.filter((name): name is AskedAction => 'asked' in ACTIONS[name]);

/** What the table says of an action. */
export function aboutAction(name: InstanceAction): Action {
  return ACTIONS[name];
}
