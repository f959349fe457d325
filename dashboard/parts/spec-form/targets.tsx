import type { JSX } from 'preact';
import { fieldOf, idsIn, shareIn, withField } from '../../view/spec.ts';
import { idRanges } from '../../view/text.ts';
import { Field, TextInput } from '../field.tsx';
import { textAt } from './fields.ts';
import type { FormProps } from './fields.ts';

/** Which instances the rollout is about. */
export function TargetFields({ spec, onSpec, problems, updateDomains }: FormProps): JSX.Element {
  const instances = fieldOf(spec, 'targets.instances');
  return (
    <fieldset>
      <legend>Which instances</legend>
      {updateDomains.length > 0 && <DomainChoice spec={spec} onSpec={onSpec} updateDomains={updateDomains} />}
      <Field
        name="Instance ids"
        hint="such as 0-3, 7; empty: all"
        path="targets.instances"
        problems={problems}
      >
        <TextInput
          value={Array.isArray(instances) ? idRanges(instances.map(String)) : ''}
          onValue={(value) => onSpec(withField(spec, 'targets.instances', idsIn(value)))}
        />
      </Field>
      <Field name="Per cent of them" path="targets.percent" problems={problems}>
        <TextInput
          value={textAt(spec, 'targets.percent')}
          onValue={(value) => onSpec(withField(spec, 'targets.percent', shareIn(value.replace('%', ''))))}
        />
      </Field>
    </fieldset>
  );
}

type DomainProps = Omit<FormProps, 'problems'>;

function DomainChoice({ spec, onSpec, updateDomains }: DomainProps): JSX.Element {
  const chosen = fieldOf(spec, 'targets.updateDomains');
  const domains: readonly unknown[] = Array.isArray(chosen) ? chosen : [];
  const toggle = (domain: number): void => {
    const next = domains.includes(domain)
      ? domains.filter((one) => one !== domain)
      : [...domains, domain].sort((one, other) => Number(one) - Number(other));
    onSpec(withField(spec, 'targets.updateDomains', next.length === 0 ? undefined : next));
  };
  return (
    <div class="choice" role="group" aria-label="Update domains" data-path="targets.updateDomains">
      <span class="soft">Update domains</span>
      {updateDomains.map((domain) => (
        <label key={domain} class={domains.includes(domain) ? 'chosen' : ''}>
          <input type="checkbox" checked={domains.includes(domain)} onChange={() => toggle(domain)} />
          UD {domain}
        </label>
      ))}
    </div>
  );
}
