import type { JSX } from 'preact';
import { IMAGE_KINDS, imageKindOf, withField, withImageKind } from '../../view/spec.ts';
import type { ImageKind } from '../../view/spec.ts';
import { Choice } from '../choice.tsx';
import { Field, Select, TextInput } from '../field.tsx';
import { textAt } from './fields.ts';
import type { FormProps } from './fields.ts';

/** What the rollout changes of the model. */
export function ChangeFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const kind = imageKindOf(spec);
  const set = (path: string) => (value: string) =>
    onSpec(withField(spec, path, value.trim() === '' ? undefined : value.trim()));
  return (
    <fieldset>
      <legend>What changes</legend>
      <Choice
        label="Image"
        options={IMAGE_KINDS}
        value={kind}
        onChange={(value) => onSpec(withImageKind(spec, value as ImageKind))}
      />
      <ImageField kind={kind} spec={spec} onSpec={onSpec} problems={problems} />
      <Field name="VM size" hint="empty: stays" path="change.vmSize" problems={problems}>
        <TextInput
          value={textAt(spec, 'change.vmSize')}
          onValue={set('change.vmSize')}
          placeholder="Standard_D4s_v5"
        />
      </Field>
      <Field name="Even instances that are there already" path="change.force" problems={problems}>
        <Select
          value={textAt(spec, 'change.force')}
          options={[
            ['', 'are left alone'],
            ['reimage', 'are reimaged'],
            ['restart', 'are restarted'],
            ['redeploy', 'are redeployed'],
          ]}
          onValue={set('change.force')}
        />
      </Field>
    </fieldset>
  );
}

type ImageProps = Omit<FormProps, 'updateDomains'> & { readonly kind: ImageKind };

function ImageField({ kind, spec, onSpec, problems }: ImageProps): JSX.Element | null {
  if (kind === 'none') return null;
  const path = `change.image.${kind}`;
  return (
    <Field
      name={`Image ${kind}`}
      hint={kind === 'version' ? 'latest is pinned when the plan is made' : undefined}
      path={path}
      problems={problems}
      problem={problems.get('change.image')}
    >
      <TextInput
        value={textAt(spec, path)}
        onValue={(value) => onSpec(withField(spec, path, value.trim()))}
      />
    </Field>
  );
}
