import { registryRules } from '../../../stacks/private-registry/alerts';
import { registryPanels } from '../../support/private-registry/panels';

const everything = { namespace: 'images', volume: true, backup: true };

/** What is about volumes and copies. */
const ofVolume = ['Volumes, filled'];
const ofBackup = ['Copies: files'];

describe('the dashboard of the registry', () => {
  it('asks for its own namespace alone', () => {
    const selectors = registryPanels(everything).flatMap(({ expr }) => expr.match(/\{[^}]*\}/g) ?? []);
    expect(selectors.length).toBeGreaterThan(12);
    for (const selector of selectors) expect(selector).toMatch(/^\{namespace="images"[,}]/);
  });

  it('says of each graph what to look for, on a place of its own', () => {
    const panels = registryPanels(everything);
    for (const { description = '' } of panels) expect(description).toMatch(/\.$/);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
  });

  it.each([
    [{ volume: true, backup: true }, [], true],
    [{ volume: true, backup: false }, ofBackup, false],
    [{ volume: false, backup: false }, [...ofVolume, ...ofBackup], false],
  ])('has graphs and an alert of what is there: %j', (there, missing, isCopied) => {
    const titles = registryPanels({ ...everything, ...there }).map(({ title }) => title);
    const all = registryPanels(everything).map(({ title }) => title);
    expect(all.filter((title) => !titles.includes(title))).toEqual(missing);
    const rules = JSON.stringify(registryRules({ namespace: 'images', labels: {}, ...there }));
    expect(rules.includes('RegistryCopyMissing')).toBe(isCopied);
    expect(rules.includes('RegistryVolumeFilling')).toBe(there.volume);
  });
});
