import { certificateCovers, hostnameFault } from '../../../core/network/gateway/hostname';
import { ingressSpec } from '../../../core/network/ingress/ingress-spec';
import type { DeclarationFault } from '../../app/declaration';
import { foreignFaults } from '../../app/same-app';
import { anything, record, required, type Shapes, takeArgument, text, value } from '../../app/shape';
import { TlsCertificate } from '../../certificates/tls-certificate';
import type { SecureWorkload } from '../../workload/workload';
import { type ConnectOptions, temporaryShape } from '../connect-options';
import { optionFault, pathFaults, routeEndFaults, routeMetadata, routeTo, serviceFaults } from '../routes';
import type { WorkloadNetwork } from '../workload-network';
import type { IngressController } from './ingress-controller';

/** What of a controller's requests a workload gets. */
export interface IngressOptions extends ConnectOptions {
  /** The host that clients call. */
  readonly hostname: string;
  /** The certificate that is shown for it: an Ingress takes those of its own namespace alone. */
  readonly certificate: TlsCertificate;
  /** The beginning of the paths, by whole parts: `/api` is not `/apis`. @default '/' */
  readonly path?: string;
}

const shapes: Shapes<IngressOptions> = {
  hostname: required(text, "'shop.example.org'", ''),
  certificate: required(
    value('a TlsCertificate', (given) => given instanceof TlsCertificate),
    "new TlsCertificate(shop, 'web-tls', { … })",
  ),
  path: text,
  port: anything,
  temporary: temporaryShape,
};

const ingressShape = record(shapes);

/** Writes an Ingress of the workload: one host, one path, with TLS; and the opening for the controller's pods. */
export function exposeByIngress(
  workload: SecureWorkload,
  network: WorkloadNetwork,
  controller: IngressController,
  given: unknown,
): void {
  const { argument: options, faults } = takeArgument<IngressOptions>(ingressShape, given, 'exposeTo');
  const found = [...faults, ...(options && faults.length === 0 ? optionFaults(workload, controller, options) : [])];
  for (const fault of found) network.fault(fault);
  if (options === undefined || found.length > 0 || controller.pods === undefined || !controller.isSound) return;
  const backend = routeTo(workload, network, options, controller.pods, (route) => controller.routes.attach(route));
  if (backend === undefined) return;
  const { hostname, path = '/', certificate } = options;
  const { name, annotations } = routeMetadata(workload, 'Ingress', options, path);
  const { className } = controller;
  const { secretName } = certificate;
  const spec = ingressSpec({ className, hostname, path, secretName, ...backend });
  workload.manifest(`Ingress-${name}`, 'networking.k8s.io/v1', 'Ingress', () => ({ spec }), {
    name,
    annotations: { ...controller.annotations, ...annotations },
  });
}

function optionFaults(
  workload: SecureWorkload,
  controller: IngressController,
  { hostname, path = '/', certificate, temporary }: IngressOptions,
): readonly DeclarationFault[] {
  return [
    ...foreignFaults(workload, 'exposeTo', controller),
    ...foreignFaults(workload, 'exposeTo.certificate', certificate),
    ...routeEndFaults(workload, temporary),
    ...hostFaults(certificate, hostname),
    ...(workload.namespace === undefined || certificate.namespace === workload.namespace
      ? []
      : [
          optionFault(
            'certificate',
            certificate.node.path,
            `it is in namespace ${certificate.namespace}, and an Ingress of ${workload.namespace} cannot read it`,
            `make it in ${workload.namespace}`,
          ),
        ]),
    ...pathFaults(path),
    ...serviceFaults(workload, 'an Ingress', hostname),
  ];
}

function hostFaults(certificate: TlsCertificate, hostname: string): readonly DeclarationFault[] {
  const wrong = hostnameFault(hostname);
  if (wrong) return [optionFault('hostname', hostname, wrong.message, wrong.remedy)];
  if (certificateCovers(certificate.dnsNames, hostname)) return [];
  const message = `the certificate is not for ${hostname}: clients would refuse it`;
  return [optionFault('certificate', certificate.node.path, message, `add the host to its dnsNames: ['${hostname}']`)];
}
