import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { specIn, specText } from '../view/spec.ts';
import type { Spec } from '../view/spec.ts';

/** The whole spec as JSON, in step with the form: each shows what the other has changed. */
export function SpecEditor({
  spec,
  onSpec,
}: {
  readonly spec: Spec;
  readonly onSpec: (spec: Spec) => void;
}): JSX.Element {
  /** What is typed, as long as it is no JSON yet or somebody is still at it. */
  const typed = useSignal<string | undefined>(undefined);
  const why = useSignal<string | undefined>(undefined);
  const text = typed.value ?? specText(spec);
  const onInput = (next: string): void => {
    typed.value = next;
    const read = specIn(next);
    why.value = 'why' in read ? read.why : undefined;
    if ('spec' in read) onSpec(read.spec);
  };
  return (
    <section aria-label="Spec as JSON">
      <label class="field">
        <span>The same as JSON, with every field of the API</span>
        <textarea
          class="id"
          rows={20}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          onBlur={() => {
            if (why.value === undefined) typed.value = undefined;
          }}
        />
        {why.value !== undefined && (
          <small class="problem" role="alert">
            {why.value}
          </small>
        )}
      </label>
    </section>
  );
}
