import type { JSX } from 'preact';
import type { Batch } from '../api/shapes.ts';
import { batchLook } from '../view/batch-look.ts';
import { capital, shortRanges } from '../view/text.ts';
import { duration, secondsBetween } from '../view/time.ts';
import { still } from './still.tsx';
import { useTimely } from './time.tsx';

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
              <th scope="col" class="number">
                Took
              </th>
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

interface RowProps {
  readonly batch: Batch;
  readonly isCurrent: boolean;
}

const BatchRow = still<RowProps>(isSameRow, ({ batch, isCurrent }) => {
  const { name, instances, phase } = batch;
  const { label, sign, tone } = batchLook(phase);
  return (
    <tr class={isCurrent ? 'current' : ''} aria-current={isCurrent ? 'step' : undefined}>
      <td>{capital(name)}</td>
      <td class="id">{shortRanges(instances)}</td>
      <td>
        <span class={`pill ${tone}`}>
          {sign} {label}
        </span>
      </td>
      <td class="number">
        <Took batch={batch} />
      </td>
    </tr>
  );
});

function isSameRow({ batch, isCurrent }: RowProps, next: RowProps): boolean {
  const { name, phase, startedAt, endedAt, instances } = next.batch;
  return (
    isCurrent === next.isCurrent &&
    batch.phase === phase &&
    batch.startedAt === startedAt &&
    batch.endedAt === endedAt &&
    batch.name === name &&
    batch.instances.join() === instances.join()
  );
}

function Took({ batch: { startedAt, endedAt } }: { readonly batch: Batch }): JSX.Element {
  const text = useTimely(
    (instant) => {
      const seconds = secondsBetween(startedAt, endedAt, instant);
      return seconds === undefined ? '' : duration(seconds);
    },
    [startedAt, endedAt],
  );
  return <>{text}</>;
}
