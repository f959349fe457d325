import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { specIn, specText } from '../view/spec.ts';
import type { Spec } from '../view/spec.ts';

interface Typed {
  readonly text: string;
  /** What the form shows beside it; once that is another one, somebody has changed the form since. */
  readonly spec: Spec;
  /** Why the text is no spec. */
  readonly why?: string;
}

/** The whole spec as JSON, in step with the form: each shows what the other has changed. */
export function SpecEditor({
  spec,
  onSpec,
}: {
  readonly spec: Spec;
  readonly onSpec: (spec: Spec) => void;
}): JSX.Element {
  /** What is typed, as long as it is no spec yet or somebody is still at it. */
  const last = useSignal<Typed | undefined>(undefined);
  const typed = last.value?.spec === spec ? last.value : undefined;
  const onInput = (text: string): void => {
    const read = specIn(text);
    last.value = 'why' in read ? { text, spec, why: read.why } : { text, spec: read.spec };
    if ('spec' in read) onSpec(read.spec);
  };
  return (
    <section aria-label="Spec as JSON">
      <label class="field">
        <span>The same as JSON, with every field of the API</span>
        <textarea
          class="id"
          rows={16}
          spellcheck={false}
          aria-invalid={typed?.why !== undefined}
          value={typed?.text ?? specText(spec)}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          onBlur={() => {
            if (typed?.why === undefined) last.value = undefined;
          }}
        />
        {typed?.why !== undefined && (
          <small class="problem" role="alert">
            {typed.why.replace(/\.$/, '')}. The form stays as it is until this is right.
          </small>
        )}
      </label>
    </section>
  );
}
