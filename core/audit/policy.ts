/** An audit policy: what the API server logs of which request. */
export class AuditPolicy {}
