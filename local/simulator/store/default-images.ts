import type { PlatformImage } from './images.ts';

const JAMMY = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy' };
const VERSIONS = [
  '22.04.202607150',
  '22.04.202608120',
  '22.04.202609100',
  '22.04.202610080',
  '22.04.202611010',
];

/** The image that new scale sets run unless told otherwise: not the newest, so that a rollout has a target. */
export const DEFAULT_IMAGE: PlatformImage = { ...JAMMY, sku: '22_04-lts-gen2', version: '22.04.202610080' };

export const DEFAULT_IMAGES: readonly PlatformImage[] = [
  ...VERSIONS.map((version) => ({ ...JAMMY, sku: '22_04-lts-gen2', version })),
  ...VERSIONS.map((version) => ({ ...JAMMY, sku: '22_04-lts', version })),
  { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202610150' },
  {
    publisher: 'MicrosoftWindowsServer',
    offer: 'WindowsServer',
    sku: '2022-datacenter-g2',
    version: '20348.4294.251009',
  },
];
