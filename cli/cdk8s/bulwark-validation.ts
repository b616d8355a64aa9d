import { relative } from 'node:path';
import { groupBy } from '../../core/group-by';
import { evaluate } from '../../core/policy/evaluate';
import { isAtLeast } from '../../core/policy/report';
import { ruleById } from '../../core/policy/rules';
import { validationOptions } from '../check/options';
import { settingsOf } from '../check/settings';
import { excluder } from '../input/path-glob';
import { readInputs } from '../input/read-inputs';
import { type OptionValues, parseOptions } from '../options';

/** What cdk8s-cli hands to a validation plugin, as far as this one reads it. */
export interface ValidationContext {
  /** The files that were synthesized. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
  readonly logger: { log(message: string): void };
}

/**
 * The rules as a validation plugin of `cdk8s synth`, over what any app wrote. In `cdk8s.yaml`:
 *
 *     validations:
 *     - package: ./node_modules/kube-bulwark
 *       version: 0.1.0
 *       class: BulwarkValidation
 *
 * It reads `bulwark.yaml` where there is one; `properties` are those options of `bulwark check` that say what is judged and how, such as
 * `fail-on: warning`: the manifests and the report are cdk8s'.
 */
export class BulwarkValidation {
  readonly #values: OptionValues<typeof validationOptions>;

  /** @param properties fail-on, framework, kubernetes-version, distribution, registry, exclude, config. @throws UsageError for those that it does not take */
  constructor(properties: Readonly<Record<string, string | readonly string[]>> = {}) {
    const args = Object.entries(properties).flatMap(([name, value]) =>
      [value].flat().map((each) => `--${name}=${each}`),
    );
    this.#values = parseOptions(validationOptions, args).values;
  }

  /** Judges the manifests, and submits what it finds. */
  async validate({ manifests, report, logger }: ValidationContext): Promise<void> {
    const settings = settingsOf({ values: this.#values, paths: manifests });
    const isExcluded = excluder(settings.exclude);
    const paths = settings.paths.filter((path) => !isExcluded(relative('', path)));
    const { objects, errors } = await readInputs(paths, [], {});
    const { findings, waived } = evaluate(objects, settings.evaluation);
    for (const { file, reason } of errors) logger.log(`${file}: ${reason}`);
    const { failOn } = settings;
    const failing = failOn === 'never' ? [] : findings.filter(({ severity }) => isAtLeast(severity, failOn));
    for (const [rule, group] of groupBy(failing, ({ rule }) => rule)) {
      const info = ruleById(rule);
      report.addViolation({
        ruleName: rule,
        recommendation: info?.title ?? rule,
        fix: info?.fix ?? '',
        violatingResources: group.map(({ of, property, location }) => ({
          resourceName: of?.name ?? '',
          locations: [property ?? ''],
          manifestPath: location?.file ?? '',
        })),
      });
    }
    const status = failing.length > 0 || errors.length > 0 ? 'failure' : 'success';
    report.submit(status, { findings: String(findings.length), waived: String(waived.length) });
  }
}
