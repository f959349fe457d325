import type { JSX } from 'preact';
import { domainCalled } from '../view/domain.ts';
import type { Cell, Group, HeatMap, Row } from '../view/heat-map.ts';
import { counted } from '../view/text.ts';
import { focusNeighbour } from './neighbour.ts';
import { still } from './still.tsx';

/** Above so many instances a cell shows only its sign, so that a thousand fit. */
const MOST_WITH_IDS = 150;

interface Props {
  readonly map: HeatMap;
  readonly label: string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (id: string) => void;
  /** Chooses all of a domain, as its row or column is called; they are only names without it. */
  readonly onDomain?: ((heading: string) => void) | undefined;
}

/** A cell per instance. Arrow keys lead from cell to cell; only one of them is in the order of Tab. */
export function HeatMapTable({ map, label, selected, onSelect, onDomain }: Props): JSX.Element {
  const [chosen] = selected;
  const first = chosen ?? map.groups[0]?.rows[0]?.places.flat()[0]?.id;
  return (
    <div
      class={map.count > MOST_WITH_IDS ? 'map dense' : 'map'}
      onKeyDown={focusNeighbour}
      onMouseOver={({ target }) => {
        // Only the cell under the mouse needs a tip.
        if (target instanceof HTMLElement) target.title = target.ariaLabel ?? target.title;
      }}
      onClick={(event) => {
        const button = event.target instanceof Element ? event.target.closest('button') : null;
        const { id, domain } = button?.dataset ?? {};
        if (id !== undefined) onSelect(id);
        if (domain !== undefined) onDomain?.(domain);
      }}
    >
      {map.groups.map((group) => (
        <GroupTable
          key={group.name}
          group={group}
          label={label}
          isDense={map.count > MOST_WITH_IDS}
          tabbed={first}
          selected={selected}
          hasDomains={onDomain !== undefined}
        />
      ))}
    </div>
  );
}

interface LookProps {
  readonly isDense: boolean;
  readonly tabbed: string | undefined;
  readonly selected: ReadonlySet<string>;
}

interface GroupProps extends LookProps {
  readonly group: Group;
  readonly label: string;
  readonly hasDomains: boolean;
}

function GroupTable({ group, label, ...look }: GroupProps): JSX.Element {
  const { name, columns, rows } = group;
  return (
    <div class="group-box">
      <table class="group">
        <caption class={name === '' ? 'unseen' : ''}>
          <Heading text={name === '' ? label : name} hasDomains={look.hasDomains} />
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                <Heading text={column} hasDomains={look.hasDomains} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MapRow key={row.name} row={row} {...look} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends LookProps {
  readonly row: Row;
  readonly hasDomains: boolean;
}

const MapRow = still<RowProps>(isSameRow, ({ row, hasDomains, ...look }) => (
  <tr>
    <th scope="row">
      <Heading text={row.name} hasDomains={hasDomains} />
    </th>
    {row.places.map((cells, index) => (
      <Place key={index} cells={cells} {...look} />
    ))}
  </tr>
));

function isSameRow(one: RowProps, other: RowProps): boolean {
  return (
    one.row === other.row &&
    one.tabbed === other.tabbed &&
    one.selected === other.selected &&
    one.hasDomains === other.hasDomains
  );
}

/** What a row or a column is called, and where actions are offered the way to choose all that is in it. */
function Heading({ text, hasDomains }: { readonly text: string; readonly hasDomains: boolean }): JSX.Element {
  const domain = hasDomains ? domainCalled(text) : undefined;
  if (domain === undefined) return <>{text}</>;
  return (
    <button type="button" class="bare" data-domain={text} title={`Choose ${domain.text}`}>
      {text}
    </button>
  );
}

interface PlaceProps extends LookProps {
  readonly cells: readonly Cell[];
}

/** The cells of a row and column, compared as a whole: a look at a thousand instances changes few places. */
const Place = still<PlaceProps>(isSamePlace, ({ cells, isDense, tabbed, selected }) => (
  <td>
    <div class="cells">
      {cells.map((cell) => (
        <CellButton
          key={cell.id}
          cell={cell}
          isDense={isDense}
          isTabbed={cell.id === tabbed}
          isSelected={selected.has(cell.id)}
        />
      ))}
    </div>
  </td>
));

function isSamePlace(one: PlaceProps, other: PlaceProps): boolean {
  const isChosenAsBefore = one.tabbed === other.tabbed && one.selected === other.selected;
  if (isChosenAsBefore && one.cells === other.cells) return true;
  if (one.cells.length !== other.cells.length) return false;
  return other.cells.every((cell, index) => {
    const { id } = cell;
    return (
      cell === one.cells[index] &&
      (id === one.tabbed) === (id === other.tabbed) &&
      one.selected.has(id) === other.selected.has(id)
    );
  });
}

interface CellProps {
  readonly cell: Cell;
  readonly isDense: boolean;
  readonly isTabbed: boolean;
  readonly isSelected: boolean;
}

const CellButton = still<CellProps>(isSameCell, ({ cell, isDense, isTabbed, isSelected }) => (
  <button
    type="button"
    class={`cell ${cell.look.tone}`}
    data-id={cell.id}
    data-sign={cell.look.sign}
    tabIndex={isTabbed ? 0 : -1}
    aria-pressed={isSelected}
    aria-label={cell.title}
  >
    {!isDense && <span class="id">{cell.id}</span>}
  </button>
));

function isSameCell(one: CellProps, other: CellProps): boolean {
  return one.cell === other.cell && one.isTabbed === other.isTabbed && one.isSelected === other.isSelected;
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
