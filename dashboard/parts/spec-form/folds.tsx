import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { withField } from '../../view/spec.ts';
import { countSet, FOLDS, shownOf, valueIn } from '../../view/spec-fields.ts';
import type { Fold, SpecField } from '../../view/spec-fields.ts';
import { Field, Select, TextInput } from '../field.tsx';
import type { FormProps } from './fields.ts';

type FoldProps = Omit<FormProps, 'updateDomains'>;

/** All the rest of a spec, folded: open where something is set or wrong. */
export function Folds(props: FoldProps): JSX.Element {
  return (
    <>
      {FOLDS.map((fold) => (
        <FoldView key={fold.title} fold={fold} {...props} />
      ))}
    </>
  );
}

function FoldView({ fold, ...props }: FoldProps & { readonly fold: Fold }): JSX.Element {
  const { title, fields } = fold;
  const count = countSet(props.spec, fold);
  const isWrong = fields.some(({ path }) => props.problems.has(path));
  return (
    <details class="fold" open={isWrong || undefined}>
      <summary>
        {title} {count > 0 && <span class="pill old">{count} set</span>}
      </summary>
      <div class="fold-fields">
        {fields.map((field) => (
          <FoldField key={field.path} field={field} {...props} />
        ))}
      </div>
    </details>
  );
}

/** A number, a time or JSON shows what is written there, or what counts without it. */
const EXAMPLE = /^[\d[{]/;

function FoldField({
  field,
  spec,
  onSpec,
  problems,
}: FoldProps & { readonly field: SpecField }): JSX.Element {
  const { path, name, kind, hint } = field;
  const why = useSignal<string | undefined>(undefined);
  const value = shownOf(spec, field);
  const onValue = (text: string): void => {
    try {
      why.value = undefined;
      onSpec(withField(spec, path, valueIn(text, kind)));
    } catch (error) {
      why.value = error instanceof Error ? error.message : 'This is no JSON.';
    }
  };
  const options = optionsOf(kind);
  const isExample = hint !== undefined && EXAMPLE.test(hint);
  return (
    <Field
      name={name}
      path={path}
      hint={isExample ? undefined : hint}
      problems={problems}
      problem={why.value}
    >
      {options === undefined ? (
        <TextInput
          value={value}
          isLong={kind === 'json'}
          {...(isExample && { placeholder: hint })}
          onValue={onValue}
        />
      ) : (
        <Select value={value} options={options} onValue={onValue} />
      )}
    </Field>
  );
}

function optionsOf(kind: SpecField['kind']): readonly (readonly [string, string])[] | undefined {
  const unset = ['', 'as by default'] as const;
  if (kind === 'flag') return [unset, ['true', 'yes'], ['false', 'no']];
  return typeof kind === 'string' ? undefined : [unset, ...kind.map((one) => [one, one] as const)];
}
