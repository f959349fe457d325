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
  /** The update domain that it is, where it is one. */
  readonly domain?: number;
  /** Of each column; a place may hold many instances, or none. */
  readonly places: readonly (readonly Cell[])[];
}

/** Domains of one placement group: update domain 0 of another is another one. */
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

/** A row per update domain, or per zone where there are none; a column per fault domain; placement groups apart. */
export function heatMapOf<T extends Placed>(instances: readonly T[], lookOf: (instance: T) => Look): HeatMap {
  const looked = instances.map((instance) => ({ instance, look: lookOf(instance) }));
  const byGroup = Map.groupBy(looked, ({ instance }) => instance.placementGroup ?? '');
  const names = [...byGroup.keys()].sort();
  return {
    groups: names.map((key, index) =>
      groupOf(names.length > 1 ? `Placement group ${index + 1}` : '', byGroup.get(key) ?? []),
    ),
    legend: legendOf(looked.map(({ look }) => look)),
    count: instances.length,
  };
}

interface Looked {
  readonly instance: Placed;
  readonly look: Look;
}

function groupOf(name: string, looked: readonly Looked[]): Group {
  const columns = [...new Set(looked.map(({ instance }) => columnOf(instance)))].sort(inOrder);
  const byRow = Map.groupBy(looked, ({ instance }) => rowOf(instance));
  const rows = [...byRow.keys()].sort(inOrder).map((row) => {
    const members = byRow.get(row) ?? [];
    const byColumn = Map.groupBy(members, ({ instance }) => columnOf(instance));
    const domain = members[0]?.instance.updateDomain ?? undefined;
    return {
      name: row,
      ...(domain !== undefined && { domain }),
      places: columns.map((column) => (byColumn.get(column) ?? []).map(cellOf).sort(byId)),
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

function byId(one: Cell, other: Cell): number {
  return byNumber(one.id, other.id);
}

function cellOf({ instance, look }: Looked): Cell {
  const { instanceId, updateDomain, faultDomain, zone } = instance;
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
