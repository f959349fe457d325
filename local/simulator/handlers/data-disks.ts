import { ArmError } from '../errors/arm-error.ts';
import { invalidParameter } from '../errors/catalogue.ts';
import { mishapsOf } from '../faults/mishaps.ts';
import { bodyOf, type Call, type Reply } from '../calls/call.ts';
import { isObject, textOf, valueAt, type JsonObject } from '../model/json.ts';
import type { DataDisk, Instance } from '../store/instance.ts';
import { liveInstances } from '../store/scale-set.ts';
import { storageProfileOf } from '../wire/instance.ts';
import { attachedDisk } from '../work/data-disks.ts';
import { startInstanceWrite } from '../work/instance-write.ts';
import { checkOverlap } from '../work/manual-upgrade.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet, presentInstance } from './find.ts';

/** Attaches and detaches managed disks; `Location` answers with the storage profile (arm-vmss.md 2). */
export function attachDetachDataDisks(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const instance = presentInstance(set, call);
  const { dataDisksToAttach, dataDisksToDetach } = bodyOf(call);
  checkAcceptance(world, set);
  checkOverlap(world, set, [instance]);
  const leaving = listOf(dataDisksToDetach).map((disk) => detachedId(instance, disk));
  const kept = instance.state.dataDisks.filter((disk) => !leaving.includes(disk.id.toLowerCase()));
  const wanted = [...kept];
  for (const disk of listOf(dataDisksToAttach)) {
    const id = disk['diskId'];
    if (typeof id !== 'string')
      throw invalidParameter('diskId', "Required parameter 'diskId' is missing (null).");
    const lun = typeof disk['lun'] === 'number' ? disk['lun'] : freeLun(wanted);
    wanted.push(attachedDisk({ ...disk, lun }, id));
  }
  checkLuns(wanted);
  checkOwners(world, instance, wanted);
  const operation = startInstanceWrite(world, set, instance, {
    kind: 'attachDetachDataDisks',
    mishaps: mishapsOf(world, call.traits),
    protection: undefined,
    dataDisks: wanted,
  });
  const { onEnd } = operation;
  operation.onEnd = () => {
    onEnd?.();
    if (operation.status === 'Succeeded') operation.output = storageProfileOf(set, instance.state);
  };
  return acceptedReply(world, call, set, operation);
}

/** The disks that a body wants an instance to have; those that it has keep what the body leaves out. */
export function askedDisks(instance: Instance, disks: unknown): DataDisk[] {
  const wanted = listOf(disks).map((disk) => {
    const id = valueAt(disk, 'managedDisk.id');
    const known = instance.state.dataDisks.find(
      (present) => (typeof id === 'string' && same(present.id, id)) || present.name === disk['name'],
    );
    if (known !== undefined) return known;
    if (typeof id !== 'string') {
      throw invalidParameter(
        'dataDisk.managedDisk.id',
        "Required parameter 'dataDisk.managedDisk.id' is missing (null).",
      );
    }
    return attachedDisk(disk, id);
  });
  checkLuns(wanted);
  return wanted;
}

/** A disk is attached to one instance at most; the words are not recorded. */
export function checkOwners(world: World, instance: Instance, wanted: readonly DataDisk[]): void {
  for (const set of world.scaleSets.values()) {
    for (const other of liveInstances(set)) {
      if (other === instance) continue;
      const taken = wanted.find((disk) => other.state.dataDisks.some((present) => same(present.id, disk.id)));
      if (taken !== undefined) {
        throw new ArmError(409, {
          code: 'ConflictingUserInput',
          message: `Disk '${taken.id}' cannot be attached as the disk is already owned by VM '${set.name}_${other.id}'.`,
        });
      }
    }
  }
}

function checkLuns(disks: readonly DataDisk[]): void {
  if (new Set(disks.map(({ lun }) => lun)).size < disks.length) {
    throw invalidParameter('dataDisk.lun', 'A disk at this LUN already exists.');
  }
}

function detachedId(instance: Instance, disk: JsonObject): string {
  const id = textOf(disk['diskId']) ?? '';
  if (!instance.state.dataDisks.some((present) => same(present.id, id))) {
    throw invalidParameter('dataDisksToDetach', `The disk '${id}' is not attached to the instance.`);
  }
  return id.toLowerCase();
}

function freeLun(disks: readonly DataDisk[]): number {
  let lun = 0;
  while (disks.some((disk) => disk.lun === lun)) lun += 1;
  return lun;
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
