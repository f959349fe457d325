import type { JSX } from 'preact';
import { Component } from 'preact';
import type { Cell, Group, HeatMap, Row } from '../view/heat-map.ts';
import { counted } from '../view/text.ts';
import { focusNeighbour } from './neighbour.ts';

/** Above so many instances a cell shows only its sign, so that a thousand fit. */
const MOST_WITH_IDS = 150;

interface Props {
  readonly map: HeatMap;
  readonly label: string;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** A cell per instance. Arrow keys lead from cell to cell; only one of them is in the order of Tab. */
export function HeatMapTable({ map, label, selected, onSelect }: Props): JSX.Element {
  const first = selected ?? map.groups[0]?.rows[0]?.places.flat()[0]?.id;
  return (
    <div
      class={map.count > MOST_WITH_IDS ? 'map dense' : 'map'}
      onKeyDown={focusNeighbour}
      onClick={(event) => {
        const cell = event.target instanceof Element ? event.target.closest('button') : null;
        if (cell?.dataset['id'] !== undefined) onSelect(cell.dataset['id']);
      }}
    >
      {map.groups.map((group) => (
        <GroupTable key={group.name} group={group} label={label} tabbed={first} selected={selected} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly label: string;
  readonly tabbed: string | undefined;
  readonly selected: string | undefined;
}

function GroupTable({ group, label, tabbed, selected }: GroupProps): JSX.Element {
  const { name, columns, rows } = group;
  return (
    <table class="group">
      <caption class={name === '' ? 'unseen' : ''}>{name === '' ? label : name}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MapRow key={row.name} row={row} tabbed={tabbed} selected={selected} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: Row;
  readonly tabbed: string | undefined;
  readonly selected: string | undefined;
}

function MapRow({ row, tabbed, selected }: RowProps): JSX.Element {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {row.places.map((cells, index) => (
        <td key={index}>
          <div class="cells">
            {cells.map((cell) => (
              <CellButton
                key={cell.id}
                cell={cell}
                isTabbed={cell.id === tabbed}
                isSelected={cell.id === selected}
              />
            ))}
          </div>
        </td>
      ))}
    </tr>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly isTabbed: boolean;
  readonly isSelected: boolean;
}

/** Drawn anew only when it looks different: a poll of a thousand instances changes a few. */
class CellButton extends Component<CellProps> {
  override shouldComponentUpdate({ cell, isTabbed, isSelected }: CellProps): boolean {
    const before = this.props;
    return (
      cell.title !== before.cell.title ||
      cell.look.tone !== before.cell.look.tone ||
      isTabbed !== before.isTabbed ||
      isSelected !== before.isSelected
    );
  }

  override render({ cell, isTabbed, isSelected }: CellProps): JSX.Element {
    const { id, look, title } = cell;
    return (
      <button
        type="button"
        class={`cell ${look.tone}`}
        data-id={id}
        data-sign={look.sign}
        tabIndex={isTabbed ? 0 : -1}
        aria-pressed={isSelected}
        aria-label={title}
        title={title}
      >
        <span class="id">{id}</span>
      </button>
    );
  }
}

export function Legend({ map }: { readonly map: HeatMap }): JSX.Element {
  return (
    <ul class="legend" aria-label={`Legend, ${counted(map.count, 'instance')}`}>
      {map.legend.map(({ label, sign, tone, count }) => (
        <li key={label}>
          <span class={`cell ${tone}`} data-sign={sign} aria-hidden="true" />
          {label} <b>{count}</b>
        </li>
      ))}
    </ul>
  );
}
