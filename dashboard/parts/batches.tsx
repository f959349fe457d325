import type { JSX } from 'preact';
import type { Batch } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { batchLook } from '../view/states.ts';
import { capital, shortRanges } from '../view/text.ts';
import { duration, secondsBetween } from '../view/time.ts';

/** The batches in their order, and how each stands. */
export function Batches({
  batches,
  current,
}: {
  readonly batches: readonly Batch[];
  readonly current: number | undefined;
}): JSX.Element {
  return (
    <section aria-label="Batches">
      <h2>Batches</h2>
      {batches.length === 0 ? (
        <p class="soft">There is no plan yet.</p>
      ) : (
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Batch</th>
              <th scope="col">Instances</th>
              <th scope="col">State</th>
              <th scope="col">Took</th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <BatchRow key={batch.index} batch={batch} isCurrent={batch.index === current} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function BatchRow({ batch, isCurrent }: { readonly batch: Batch; readonly isCurrent: boolean }): JSX.Element {
  const { name, instances, phase, startedAt, endedAt } = batch;
  const { label, sign, tone } = batchLook(phase);
  const seconds = secondsBetween(startedAt, endedAt, now.value);
  return (
    <tr class={isCurrent ? 'current' : ''} aria-current={isCurrent ? 'step' : undefined}>
      <td>{capital(name)}</td>
      <td class="id">{shortRanges(instances)}</td>
      <td>
        <span class={`pill ${tone}`}>
          {sign} {label}
        </span>
      </td>
      <td class="number">{seconds === undefined ? '' : duration(seconds)}</td>
    </tr>
  );
}
