import { NO_SETTINGS, NoticeSettingsVersion } from '../core/notices/settings.ts';
import type { NoticeSettings } from '../core/notices/settings.ts';
import type { Store } from './port.ts';
import { versioned } from './versioned.ts';

const documents = versioned('notices', NoticeSettingsVersion, 'the settings of notices');

/** The version that stands; 0 before the first. */
export async function readNoticeSettings(store: Store): Promise<{
  readonly number: number;
  readonly settings: NoticeSettings;
}> {
  return (await documents.read(store)) ?? { number: 0, settings: NO_SETTINGS };
}

export const { list: listNoticeSettings, replace: replaceNoticeSettings } = documents;
