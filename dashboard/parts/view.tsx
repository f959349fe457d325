import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { plainText } from '../view/plain.ts';
import { Choice } from './choice.tsx';
import { Copied, Folded, jsonText } from './json.tsx';

const FORMS = [
  ['text', 'Text'],
  ['json', 'JSON'],
] as const;

/** What Azure sends of something, to read or to take along. */
export function View({ title, value }: { readonly title: string; readonly value: unknown }): JSX.Element {
  const form = useSignal('text');
  return (
    <Folded title={title}>
      {() => (
        <>
          <Choice
            label={`${title} as`}
            options={FORMS}
            value={form.value}
            onChange={(next) => (form.value = next)}
          />
          {form.value === 'text' ? (
            <Copied text={plainText(value)} what="text" />
          ) : (
            <Copied text={jsonText(value)} what="JSON" />
          )}
        </>
      )}
    </Folded>
  );
}
