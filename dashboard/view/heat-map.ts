import type { Placed } from '../api/shapes.ts';
import type { Look } from './states.ts';
import { byNumber } from './text.ts';

export interface Cell {
  readonly id: string;
  /** What it is, where it is and how it stands, for whoever does not see the map. */
  readonly title: string;
  readonly look: Look;
}

export interface Row {
  readonly name: string;
  /** Of each column; a place may hold many instances, or none. */
  readonly places: readonly (readonly Cell[])[];
}

/** Domains of one placement group and zone: update domain 0 of another is another one. */
export interface Group {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export interface LegendEntry extends Look {
  readonly count: number;
}

export interface HeatMap {
  readonly groups: readonly Group[];
  readonly legend: readonly LegendEntry[];
  readonly count: number;
}

/**
 * A row per update domain, or per zone where there are none; a column per fault domain; placement groups and zones
 * apart.
 */
export function heatMapOf<T extends Placed>(instances: readonly T[], lookOf: (instance: T) => Look): HeatMap {
  const looks = new Map(instances.map((instance) => [instance.instanceId, lookOf(instance)]));
  return {
    groups: frameOf(instances).map(({ name, columns, rows }) => ({
      name,
      columns,
      rows: rows.map((row) => rowOfLooks(row, looks)),
    })),
    legend: legendOf([...looks.values()]),
    count: instances.length,
  };
}

/** Where the instances are, however they stand. */
type Frame = readonly (Omit<Group, 'rows'> & {
  readonly rows: readonly Line[];
})[];

/** A row as it looked last, too: most looks change few of them. */
interface Line {
  readonly name: string;
  readonly places: readonly Placement[];
  last?: Row;
}

/** A row and column, and the cells as they looked last: what looks the same is the same, and is not drawn anew. */
interface Placement {
  readonly members: readonly Placed[];
  cells: readonly Cell[];
}

function rowOfLooks(line: Line, looks: ReadonlyMap<string, Look>): Row {
  const places = line.places.map((place) => cellsOf(place, looks));
  const { last } = line;
  if (last?.places.every((cells, index) => cells === places[index]) === true) return last;
  return (line.last = { name: line.name, places });
}

function cellsOf(place: Placement, looks: ReadonlyMap<string, Look>): readonly Cell[] {
  const cells = place.members.map((member, index) => {
    const look = looks.get(member.instanceId) ?? UNSEEN;
    const before = place.cells[index];
    return before !== undefined && isSameLook(before.look, look) ? before : cellOf(member, look);
  });
  if (cells.length !== place.cells.length || cells.some((cell, index) => cell !== place.cells[index]))
    place.cells = cells;
  return place.cells;
}

const UNSEEN: Look = { label: 'unknown', sign: '?', tone: 'wait' };

function isSameLook(one: Look, other: Look): boolean {
  return one === other || (one.label === other.label && one.sign === other.sign && one.tone === other.tone);
}

interface Framed {
  readonly instances: readonly Placed[];
  readonly frame: Frame;
}

/** Of the sets that were seen last. */
const frames: Framed[] = [];
const MOST_FRAMES = 4;

/** The frame of instances that are where they were a look ago is the same one. */
function frameOf(instances: readonly Placed[]): Frame {
  const known = frames.findIndex((one) => areSamePlaces(one.instances, instances));
  const frame = frames[known]?.frame ?? newFrame(instances);
  if (known >= 0) frames.splice(known, 1);
  frames.unshift({ instances, frame });
  frames.length = Math.min(frames.length, MOST_FRAMES);
  return frame;
}

function areSamePlaces(some: readonly Placed[], others: readonly Placed[]): boolean {
  return some.length === others.length && some.every((one, index) => isSamePlace(one, others[index]));
}

function isSamePlace(one: Placed, other: Placed | undefined): boolean {
  if (one === other) return true;
  return (
    one.instanceId === other?.instanceId &&
    one.updateDomain === other.updateDomain &&
    one.faultDomain === other.faultDomain &&
    one.zone === other.zone &&
    (one.placementGroup ?? '') === (other.placementGroup ?? '')
  );
}

function newFrame(instances: readonly Placed[]): Frame {
  const byGroup = Map.groupBy(instances, ({ placementGroup }) => placementGroup ?? '');
  const keys = [...byGroup.keys()].sort();
  return keys.flatMap((key, index) =>
    zonesOf(byGroup.get(key) ?? []).map(([zone, members]) => {
      const parts = [
        ...(keys.length > 1 ? [`Placement group ${index + 1}`] : []),
        ...(zone === '' ? [] : [`Zone ${zone}`]),
      ];
      return groupOf(parts.join(', '), members);
    }),
  );
}

/** Update domain 0 of a zone is another one than that of the next; without update domains a zone is a row. */
function zonesOf(instances: readonly Placed[]): readonly (readonly [string, readonly Placed[]])[] {
  const byZone = Map.groupBy(instances, ({ zone, updateDomain }) =>
    updateDomain === null ? '' : (zone ?? ''),
  );
  return [...byZone].sort(([one], [other]) => inOrder(one, other));
}

function groupOf(name: string, instances: readonly Placed[]): Frame[number] {
  const columns = [...new Set(instances.map(columnOf))].sort(inOrder);
  const byRow = Map.groupBy(instances, rowOf);
  const rows = [...byRow.keys()].sort(inOrder).map((row) => {
    const members = byRow.get(row) ?? [];
    const byColumn = Map.groupBy(members, columnOf);
    return {
      name: row,
      places: columns.map((column) => ({ members: (byColumn.get(column) ?? []).toSorted(byId), cells: [] })),
    };
  });
  return { name, columns, rows };
}

function rowOf({ updateDomain, zone }: Placed): string {
  if (updateDomain !== null) return `UD ${updateDomain}`;
  return zone === null ? 'no domain' : `Zone ${zone}`;
}

function columnOf({ faultDomain }: Placed): string {
  return faultDomain === null ? 'no fault domain' : `FD ${faultDomain}`;
}

function inOrder(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function byId(one: Placed, other: Placed): number {
  return byNumber(one.instanceId, other.instanceId);
}

function cellOf({ instanceId, updateDomain, faultDomain, zone }: Placed, look: Look): Cell {
  const where = [
    ...(updateDomain === null ? [] : [`update domain ${updateDomain}`]),
    ...(faultDomain === null ? [] : [`fault domain ${faultDomain}`]),
    ...(zone === null ? [] : [`zone ${zone}`]),
  ];
  return { id: instanceId, title: [`Instance ${instanceId}: ${look.label}`, ...where].join(', '), look };
}

/** Each look once, the commonest first. */
function legendOf(looks: readonly Look[]): readonly LegendEntry[] {
  return [...Map.groupBy(looks, ({ label }) => label).values()]
    .flatMap((same) => same.slice(0, 1).map((look) => ({ ...look, count: same.length })))
    .sort((one, other) => other.count - one.count || inOrder(one.label, other.label));
}
