import { dashboardFiles, homeDashboard } from '../../../../core/logs/grafana';
import { variables } from '../../../../core/logs/grafana/dashboard';
import { dashboards } from '../../../../core/logs/grafana/dashboards';

interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Model {
  readonly uid: string;
  readonly tags: readonly string[];
  readonly editable: boolean;
  readonly links: readonly { readonly type: string }[];
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly description: string;
    readonly gridPos: GridPos;
    readonly datasource: { readonly uid: string };
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
    readonly targets: readonly { readonly expr: string; readonly queryType: string; readonly legendFormat?: string }[];
  }[];
}

const models = Object.entries(dashboardFiles()).map(([name, text]) => [name, JSON.parse(text) as Model, text] as const);

const overlap = (a: GridPos, b: GridPos): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('dashboards', () => {
  it('are files by their identifiers, and each has one of its own', () => {
    expect(models.map(([name]) => name)).toEqual(dashboards.map(({ uid }) => `${uid}.json`));
    expect(new Set(models.map(([name]) => name)).size).toBe(models.length);
    expect(models.map(([name]) => name)).toContain(homeDashboard);
    for (const [, { uid }] of models) expect(uid).toMatch(/^[a-z][a-z-]{7,39}$/);
  });

  it('all fit into one ConfigMap', () => {
    expect(models.reduce((sum, [, , text]) => sum + Buffer.byteLength(text), 0)).toBeLessThan(512 * 1024);
  });

  describe.each(models)('%s', (_, { uid, panels, editable, links, tags }) => {
    it('is what it was', () => {
      expect({ uid, panels }).toMatchSnapshot();
    });

    it('has panels that say what they show, side by side', () => {
      expect(editable).toBe(false);
      expect(tags).toContain('kube-bulwark');
      expect(links.map(({ type }) => type)).toEqual(['dashboards', 'link']);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
      for (const { title, description, gridPos, fieldConfig, datasource } of panels) {
        expect(title).not.toBe('');
        expect(description).toMatch(/^[A-Z0-9].{20,}\.$/);
        expect(['short', 'reqps']).toContain(fieldConfig.defaults.unit);
        expect(datasource.uid).toBe('logs-audit');
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      }
      for (const [i, a] of panels.entries())
        for (const b of panels.slice(i + 1)) expect(overlap(a.gridPos, b.gridPos)).toBe(false);
    });

    it('asks with every variable, and with none that there is not', () => {
      const known = [...variables.map(({ name }) => name), '__range', '__auto'];
      for (const { targets } of panels)
        for (const { expr, queryType, legendFormat } of targets) {
          const used = [...expr.matchAll(/\$([a-z_]+)/g)].map(([, name = '']) => name);
          expect(used.filter((name) => !known.includes(name))).toEqual([]);
          for (const { name } of variables) expect(used).toContain(name);
          // A table has the chosen time in its query, a graph the step.
          expect(used.includes('__range')).toBe(queryType === 'instant');
          expect(used.includes('__auto')).toBe(legendFormat !== undefined);
        }
    });
  });
});
