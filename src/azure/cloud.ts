/** Azure's clouds, by the setting that names one. */
export const CLOUD_NAMES = ['public', 'usgovernment', 'china'] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

/** All that the app reaches in a cloud: nothing else gets a request of it. */
interface Cloud {
  /** Microsoft Entra: whose tokens count, and where its keys are published. */
  readonly authority: string;
  readonly arm: string;
  readonly storageSuffix: string;
}

export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    authority: 'https://login.microsoftonline.com',
    arm: 'https://management.azure.com',
    storageSuffix: 'core.windows.net',
  },
  usgovernment: {
    authority: 'https://login.microsoftonline.us',
    arm: 'https://management.usgovcloudapi.net',
    storageSuffix: 'core.usgovcloudapi.net',
  },
  china: {
    authority: 'https://login.partner.microsoftonline.cn',
    arm: 'https://management.chinacloudapi.cn',
    storageSuffix: 'core.chinacloudapi.cn',
  },
};
