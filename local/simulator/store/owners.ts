import type { ModelExtension } from '../model/schema.ts';

/** Who else runs a scale set, as its model tells: extensions, and for Kubernetes tags too. */
export type Owner = 'kubernetesService' | 'serviceFabric' | 'serviceFabricManagedCluster';

export interface OwnersMarks {
  readonly extensions: readonly ModelExtension[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Names as in public scripts and templates (cases 05), for Kubernetes as recorded beside `test_vmss_create_and_modify`. */
const MARKS: Record<Owner, OwnersMarks> = {
  kubernetesService: {
    extensions: [
      extension('vmssCSE', 'Microsoft.Azure.Extensions', 'CustomScript', '2.0'),
      extension('AKSLinuxExtension', 'Microsoft.AKS', 'Compute.AKS.Linux.AKSNode', '1.0'),
    ],
    tags: {
      'aks-managed-poolName': 'default',
      'aks-managed-orchestrator': 'Kubernetes:1.27.1',
      'aks-managed-resourceNameSuffix': '32127005',
    },
  },
  serviceFabric: {
    extensions: [
      extension('ServiceFabricNodeVmExt', 'Microsoft.Azure.ServiceFabric', 'ServiceFabricLinuxNode', '1.1'),
    ],
    tags: {},
  },
  serviceFabricManagedCluster: {
    extensions: [extension('NodeExt', 'Microsoft.Azure.ServiceFabric.MC', 'ServiceFabricMCNode', '1.0')],
    tags: {},
  },
};

export function marksOf(owner: Owner | undefined): OwnersMarks {
  return owner === undefined ? { extensions: [], tags: {} } : MARKS[owner];
}

function extension(
  name: string,
  publisher: string,
  type: string,
  typeHandlerVersion: string,
): ModelExtension {
  return {
    name,
    properties: { publisher, type, typeHandlerVersion, autoUpgradeMinorVersion: true, settings: {} },
  };
}
