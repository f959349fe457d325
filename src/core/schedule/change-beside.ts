import { z } from 'zod';
import { schedules as words } from '../messages/schedules.ts';
import { secretIn } from '../model/secrets.ts';
import { changeProblems, writtenIn } from '../spec/change-checks.ts';
import { change } from '../spec/change-spec.ts';

const { vmSize, extensions, set, add, remove } = change.shape;

/** What else a version brings with it. It is kept as it is written and shown to whoever looks, so it holds no secret. */
export const ChangeBeside = z
  .strictObject({ vmSize, extensions, set, add, remove })
  .superRefine((given, context) => {
    const secrets = [
      ...writtenIn(given).flatMap(({ path, value = null, at }) =>
        secretIn(path, value) === undefined ? [] : [at],
      ),
      ...(given.extensions ?? []).flatMap((one, index) =>
        one.protectedSettings === undefined ? [] : [['extensions', String(index), 'protectedSettings']],
      ),
    ];
    for (const path of secrets) context.addIssue({ code: 'custom', path: [...path], message: words.secret });
    // The version is a part of every such change.
    for (const { path, message } of changeProblems({ ...given, image: { version: 'latest' } })) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
