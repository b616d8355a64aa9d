/** The graphs of the registry's dashboard, as Grafana reads them. */
import { type RegistryDashboardOptions, registryDashboard } from '../../../stacks/private-registry/dashboard';

export interface RegistryPanel {
  readonly title: string;
  readonly description?: string;
  readonly expr: string;
  readonly gridPos: { readonly x: number; readonly y: number };
}

export function registryPanels(options: RegistryDashboardOptions): readonly RegistryPanel[] {
  const { data } = registryDashboard(options) as unknown as { readonly data: Readonly<Record<string, string>> };
  const { panels } = JSON.parse(data['private-registry.json'] ?? '') as {
    readonly panels: readonly (Omit<RegistryPanel, 'expr'> & {
      readonly targets: readonly { readonly expr: string }[];
    })[];
  };
  return panels.map(({ targets: [target], ...panel }) => ({ ...panel, expr: target?.expr ?? '' }));
}
