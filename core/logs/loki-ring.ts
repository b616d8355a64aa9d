import type { Json } from '../manifest/object';
import type { TlsFiles } from './collector/parts';

/** Other processes of Loki, which share the work: each line is with three of them. */
export interface LokiRing {
  /** Where they are found: `dns+loki-ring.logging.svc:7946` for all addresses of that name. */
  readonly members: readonly string[];
  /** Where they find this one. `${POD_IP}` is what a pod is told, where Loki expands variables. */
  readonly address: string;
  /** Where each tells the others who is there. */
  readonly gossipPort: number;
  /** What sets this ring apart from others: its members take nothing that says another. */
  readonly label: string;
  /** A name in the certificate of each: they reach each other by addresses, which are in none. */
  readonly serverName: string;
}

/** How many have each line. Two of them have to take it: one may be away. */
export const replicationFactor = 3;

/** What the parts of Loki show each other. */
export function grpcClient({ caFile, certFile, keyFile }: TlsFiles, { serverName }: LokiRing): { [key: string]: Json } {
  return {
    tls_enabled: true,
    tls_ca_path: caFile,
    tls_cert_path: certFile,
    tls_key_path: keyFile,
    tls_server_name: serverName,
    tls_min_version: 'VersionTLS13',
  };
}

/**
 * The settings of a Loki that is one of several. Both sides of each connection of gRPC show a certificate. Of gossip only the side that is called
 * does: Loki's library asks the caller for none (dskit, kv/memberlist/tcp_transport.go).
 */
export function ringConfig(tls: TlsFiles, ring: LokiRing, listen: string): Readonly<Record<string, Json>> {
  const shown = grpcClient(tls, ring);
  const client: Json = { grpc_client_config: { ...shown } };
  return {
    memberlist: {
      bind_addr: [listen],
      bind_port: ring.gossipPort,
      advertise_port: ring.gossipPort,
      join_members: [...ring.members],
      // Those that were apart find each other again.
      rejoin_interval: '1m',
      cluster_label: ring.label,
      ...shown,
    },
    ingester_client: client,
    query_scheduler: client,
    frontend_worker: { query_frontend_grpc_client: { ...shown }, query_scheduler_grpc_client: { ...shown } },
    compactor_grpc_client: { ...shown },
    ruler: { ruler_client: { ...shown } },
    pattern_ingester: { client_config: client },
  };
}

/** What a server of Loki asks whoever calls for. */
export function tlsServer(tls: TlsFiles): Json {
  return {
    cert_file: tls.certFile,
    key_file: tls.keyFile,
    client_ca_file: tls.caFile,
    client_auth_type: 'RequireAndVerifyClientCert',
  };
}
