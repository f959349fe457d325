import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { capital } from '../view/text.ts';

interface Props {
  readonly label: string;
  readonly class?: string;
  /** Why whoever looks may not do it. */
  readonly denial: string | undefined;
  /** While an answer is still to come. */
  readonly isBusy?: boolean;
  readonly onAsk: () => void;
}

/** A button for something that may be denied to whoever looks: then it is there, does nothing and says why. */
export function Offered({ label, class: looks = '', denial, isBusy = false, onAsk }: Props): JSX.Element {
  const id = useId();
  return (
    <>
      <button
        type="button"
        class={looks}
        disabled={isBusy}
        aria-disabled={denial !== undefined}
        aria-describedby={denial === undefined ? undefined : id}
        title={denial && capital(denial)}
        onClick={() => {
          if (denial === undefined) onAsk();
        }}
      >
        {label}
      </button>
      {denial !== undefined && (
        <span id={id} class="unseen">
          {capital(denial)}
        </span>
      )}
    </>
  );
}
