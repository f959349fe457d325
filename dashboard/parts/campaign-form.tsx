import type { JSX } from 'preact';
import {
  countText,
  FINDS,
  findOf,
  foundText,
  stagesOf,
  withConcurrency,
  withFound,
  withNewStage,
  withoutStage,
  withStage,
} from '../view/campaign-spec.ts';
import type { Find } from '../view/campaign-spec.ts';
import { fieldOf, shareIn, withField } from '../view/spec.ts';
import type { Spec } from '../view/spec.ts';
import { Field, Select, TextInput } from './field.tsx';
import { textAt } from './spec-form/fields.ts';

interface Props {
  readonly spec: Spec;
  readonly onSpec: (spec: Spec) => void;
  /** What the app says is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
}

/** What most campaigns need: what changes, and the stages. Everything else is written in the JSON beside it. */
export function CampaignForm(props: Props): JSX.Element {
  const { spec, onSpec } = props;
  const stages = stagesOf(spec);
  return (
    <>
      <CommonFields {...props} />
      {stages.map((_, index) => (
        <StageFields key={index} index={index} isOnly={stages.length === 1} {...props} />
      ))}
      <div class="acts">
        <button type="button" onClick={() => onSpec(withNewStage(spec))}>
          Add a stage
        </button>
      </div>
    </>
  );
}

function CommonFields({ spec, onSpec, problems }: Props): JSX.Element {
  const set = (path: string) => (value: string) =>
    onSpec(withField(spec, path, value.trim() === '' ? undefined : value.trim()));
  return (
    <fieldset>
      <legend>What changes</legend>
      <Field name="Name" path="name" problems={problems}>
        <TextInput
          value={textAt(spec, 'name')}
          onValue={(value) => onSpec({ ...spec, name: value.trim() })}
          placeholder="October image"
        />
      </Field>
      <Field
        name="Image version"
        hint="latest is pinned to one version for all when it begins"
        path="change.image.version"
        problems={problems}
      >
        <TextInput value={textAt(spec, 'change.image.version')} onValue={set('change.image.version')} />
      </Field>
      <Field name="When a stage has spent its budget" path="onFailure" problems={problems}>
        <Select
          value={textAt(spec, 'onFailure')}
          options={[
            ['', 'pause'],
            ['halt', 'halt'],
            ['rollback', 'roll everything back'],
          ]}
          onValue={set('onFailure')}
        />
      </Field>
      <Field name="Reason" path="reason" problems={problems}>
        <TextInput value={textAt(spec, 'reason')} onValue={set('reason')} placeholder="CVE-2026-1234" />
      </Field>
    </fieldset>
  );
}

type StageProps = Props & { readonly index: number; readonly isOnly: boolean };

function StageFields({ index, isOnly, ...props }: StageProps): JSX.Element {
  const { spec, onSpec, problems } = props;
  const stage = stagesOf(spec)[index] ?? {};
  const at = `stages.${index}`;
  return (
    <fieldset>
      <legend>Stage {index + 1}</legend>
      <Field name="Name of the stage" path={`${at}.name`} problems={problems}>
        <TextInput
          value={textAt(stage, 'name')}
          onValue={(name) => onSpec(withStage(spec, index, { ...stage, name: name.trim() }))}
        />
      </Field>
      <FoundFields
        stage={stage}
        at={at}
        problems={problems}
        onStage={(next) => onSpec(withStage(spec, index, next))}
      />
      <BudgetFields
        stage={stage}
        at={at}
        problems={problems}
        onStage={(next) => onSpec(withStage(spec, index, next))}
      />
      {!isOnly && (
        <div class="acts">
          <button type="button" class="small" onClick={() => onSpec(withoutStage(spec, index))}>
            Remove stage {index + 1}
          </button>
        </div>
      )}
    </fieldset>
  );
}

interface PartProps extends Pick<Props, 'problems'> {
  readonly stage: Spec;
  /** Where the stage stands in the spec. */
  readonly at: string;
  readonly onStage: (stage: Spec) => void;
}

const HINTS: Readonly<Record<Find, string>> = {
  scaleSets: 'a line for each',
  tags: 'name=value, a line for each; a scale set has all of them',
  resourceGroups: 'their resource ids, a line for each',
  subscriptions: 'their ids, a line for each',
};

const NAMES: Readonly<Record<Find, string>> = {
  scaleSets: 'Resource ids',
  tags: 'Tags',
  resourceGroups: 'Resource groups',
  subscriptions: 'Subscriptions',
};

function FoundFields({ stage, at, problems, onStage }: PartProps): JSX.Element {
  const find = findOf(stage);
  const path = `${at}.groups.0.${find}`;
  return (
    <>
      <Field name="Which scale sets" path={`${at}.groups`} problems={problems}>
        <Select
          value={find}
          options={FINDS}
          onValue={(value) => onStage(withFound(stage, value as Find, foundText(stage)))}
        />
      </Field>
      <Field
        name={NAMES[find]}
        hint={HINTS[find]}
        path={path}
        problems={problems}
        problem={firstUnder(problems, path)}
      >
        <TextInput
          value={foundText(stage)}
          isLong
          onValue={(text) => onStage(withFound(stage, find, text))}
        />
      </Field>
    </>
  );
}

function firstUnder(problems: ReadonlyMap<string, string>, path: string): string | undefined {
  return [...problems].find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
}

function BudgetFields({ stage, at, problems, onStage }: PartProps): JSX.Element {
  const count = (path: string) => (value: string) => onStage(withField(stage, path, shareIn(value)));
  return (
    <>
      <Field name="At once" path={`${at}.concurrency`} problems={problems}>
        <TextInput
          value={countText(stage, 'concurrency')}
          placeholder="1"
          onValue={(value) => onStage(withConcurrency(stage, shareIn(value)))}
        />
      </Field>
      <Field name="Must succeed, in per cent" path={`${at}.minSuccessPercent`} problems={problems}>
        <TextInput
          value={countText(stage, 'minSuccessPercent')}
          placeholder="100"
          onValue={count('minSuccessPercent')}
        />
      </Field>
      <Field name="Soak after it, in seconds" path={`${at}.soakSeconds`} problems={problems}>
        <TextInput value={countText(stage, 'soakSeconds')} placeholder="0" onValue={count('soakSeconds')} />
      </Field>
      <Field name="Approvals before it" path={`${at}.approval.quorum`} problems={problems}>
        <TextInput
          value={countText(stage, 'approval.quorum')}
          placeholder={fieldOf(stage, 'approval') === undefined ? '0' : '1'}
          onValue={(value) => {
            const quorum = shareIn(value);
            onStage(withField(stage, 'approval.quorum', quorum === 0 ? undefined : quorum));
          }}
        />
      </Field>
    </>
  );
}
