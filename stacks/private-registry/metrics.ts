/** Metrics of distribution's debug server, and of zot. */
export const ownMetrics = {
  requests: 'registry_http_requests_total',
  durations: 'registry_http_request_duration_seconds_bucket',
  sent: 'registry_http_response_size_bytes_sum',
  storage: 'registry_storage_action_seconds_bucket',
  started: 'process_start_time_seconds',
} as const;

/** Those of kube-state-metrics, the kubelet and cert-manager. */
export const clusterMetrics = {
  ready: 'kube_statefulset_status_replicas_ready',
  restarts: 'kube_pod_container_status_restarts_total',
  available: 'kubelet_volume_stats_available_bytes',
  capacity: 'kubelet_volume_stats_capacity_bytes',
  inodesFree: 'kubelet_volume_stats_inodes_free',
  inodes: 'kubelet_volume_stats_inodes',
  inodesUsed: 'kubelet_volume_stats_inodes_used',
  certificate: 'certmanager_certificate_expiration_timestamp_seconds',
} as const;

/** Of zot, in place of distribution's. */
export const zotMetrics = { requests: 'zot_http_requests_total' } as const;
