import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { instancesOf } from '../api/paths.ts';
import type { ScaleSets, ScaleSetSummary } from '../api/shapes.ts';
import { useOnce, useWatch } from '../live/use-watch.ts';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { arranged, COLUMNS, standingOf } from '../view/scale-sets.ts';
import type { Column } from '../view/scale-sets.ts';
import { imageText } from '../view/text.ts';

const isBusy = ({ value }: ScaleSets): boolean =>
  value.some(({ heldBy, provisioningState }) => heldBy !== null || provisioningState === 'Updating');

/** All scale sets that the app may see. */
export function ScaleSetsPage(): JSX.Element {
  const watched = useWatch(call('getScaleSets', {}), isBusy);
  const filter = useSignal('');
  const order = useSignal<Column>('name');
  return (
    <Shown of={watched}>
      {({ value, unreadable = [] }) => (
        <>
          <div class="head">
            <h1 tabIndex={-1}>Scale sets</h1>
            <label class="filter">
              <span class="unseen">Filter</span>
              <input
                type="search"
                placeholder="Filter by name, group, image…"
                value={filter.value}
                onInput={({ currentTarget }) => {
                  filter.value = currentTarget.value;
                }}
              />
            </label>
          </div>
          {unreadable.map(({ subscriptionId, message }) => (
            <p key={subscriptionId} class="stale">
              Subscription <code>{subscriptionId}</code> cannot be read: {message}
            </p>
          ))}
          <Table
            sets={arranged(value, filter.value, order.value)}
            isEmpty={value.length === 0}
            order={order.value}
            onOrder={(column) => {
              order.value = column;
            }}
          />
        </>
      )}
    </Shown>
  );
}

function Table({
  sets,
  isEmpty,
  order,
  onOrder,
}: {
  readonly sets: readonly ScaleSetSummary[];
  readonly isEmpty: boolean;
  readonly order: Column;
  readonly onOrder: (column: Column) => void;
}): JSX.Element {
  if (sets.length === 0) {
    return (
      <p class="blank soft">
        {isEmpty
          ? 'The app sees no scale set. Its identity needs the role of docs/DEPLOY.md where they are.'
          : 'No scale set fits the filter.'}
      </p>
    );
  }
  return (
    <table class="list">
      <Headings order={order} onOrder={onOrder} />
      <tbody>
        {sets.map((set) => (
          <SetRow key={set.id} set={set} counts={sets.length <= MOST_COUNTED} />
        ))}
      </tbody>
    </table>
  );
}

function Headings({
  order,
  onOrder,
}: {
  readonly order: Column;
  readonly onOrder: (column: Column) => void;
}): JSX.Element {
  return (
    <thead>
      <tr>
        {COLUMNS.map(([column, text]) => (
          <th key={column} scope="col" aria-sort={order === column ? 'ascending' : 'none'}>
            <button type="button" class="bare" onClick={() => onOrder(column)}>
              {text}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Of more sets than that nobody reads each instance only to count them. */
const MOST_COUNTED = 30;

/** How many instances are behind the model or sick: read once, for it costs Azure a list. */
function Standing({ set }: { readonly set: ScaleSetSummary }): JSX.Element | null {
  const instances = useOnce(instancesOf(set)).value;
  if (instances === undefined) return null;
  const { behind, unhealthy } = standingOf(instances.value);
  return (
    <span class="under">
      {behind > 0 && <span class="pill wait">↓ {behind} behind</span>}{' '}
      {unhealthy > 0 && <span class="pill bad">✕ {unhealthy} unhealthy</span>}
    </span>
  );
}

function SetRow({ set, counts }: { readonly set: ScaleSetSummary; readonly counts: boolean }): JSX.Element {
  const image = imageText(set.image);
  const isFlexible = set.orchestrationMode !== 'Uniform';
  return (
    <tr>
      <td data-name="">
        <a class="strong" href={links.scaleSet(set)}>
          {set.name}
        </a>
        <span class="soft under">
          {set.resourceGroup}
          {isFlexible && ' · Flexible: shown, not rolled out yet'}
        </span>
      </td>
      <td data-name="Location">
        {set.location}
        {set.zones.length > 0 && <span class="soft under">zones {set.zones.join(', ')}</span>}
      </td>
      <td data-name="Size">{set.vmSize}</td>
      <td data-name="Instances" class="number">
        {set.capacity}
        {counts && <Standing set={set} />}
      </td>
      <td data-name="Image">
        <span class="id">{image.version}</span>
        <span class="soft under">{image.of}</span>
      </td>
      <td data-name="Policy">{set.upgradePolicy}</td>
      <td data-name="State">{set.provisioningState}</td>
      <td data-name="Rollout">
        <Holder id={set.heldBy} />
      </td>
    </tr>
  );
}

/** The rollout that holds a scale set. */
function Holder({ id }: { readonly id: string | null }): JSX.Element {
  if (id === null) return <span class="soft">–</span>;
  return (
    <a class="id" href={links.rollout(id)}>
      {id}
    </a>
  );
}
