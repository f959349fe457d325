import type { z } from 'zod';
import { fieldFaults } from '../messages/field-faults.ts';
import { http } from '../messages/http.ts';

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Every problem that zod found, an unknown field under its own path. */
export function fieldErrors(error: z.ZodError): readonly FieldError[] {
  return error.issues.flatMap((issue) => errorsOf(issue, []));
}

function errorsOf(issue: z.core.$ZodIssue, above: readonly string[]): readonly FieldError[] {
  const path = [...above, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: http.unknownField }));
  }
  const meant = issue.code === 'invalid_union' ? alternativeMeant(issue.errors) : undefined;
  if (meant !== undefined) return meant.flatMap((inner) => errorsOf(inner, path));
  return [{ path: path.join('.') || '(body)', message: messageOf(issue) }];
}

/** How the validator begins a sentence of its own; whatever a schema says instead is kept. */
const OF_THE_VALIDATOR = /^(?:Invalid |Too (?:small|big): |Unrecognized )/;

/** What is wrong, in words for people. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (!OF_THE_VALIDATOR.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined')
      ? fieldFaults.missing
      : fieldFaults.type(issue.expected);
  if (issue.code === 'too_small')
    return issue.inclusive === false
      ? fieldFaults.moreThan(issue.minimum)
      : fieldFaults.atLeast(issue.origin, issue.minimum);
  if (issue.code === 'too_big')
    return issue.inclusive === false
      ? fieldFaults.lessThan(issue.maximum)
      : fieldFaults.atMost(issue.origin, issue.maximum);
  return issue.code === 'invalid_value' ? fieldFaults.oneOf(issue.values) : fieldFaults.form;
}

/** Of several forms the one that the value comes closest to, where that is plain: its problems say more. */
function alternativeMeant(
  alternatives: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const fewest = Math.min(...alternatives.map((issues) => issues.length));
  const closest = alternatives.filter((issues) => issues.length === fewest);
  return closest.length === 1 ? closest[0] : undefined;
}
