export { faultsBy, mayHoldSecret, type SchemaFault, type SchemaFaultCause, schemaFaults } from './faults';
export { meantApiVersion } from './meant-api-version';
export { withNullItemsRead } from './null-items';
export type { FieldType, ScalarType, SchemaField, SchemaKind } from './read';
export { fieldsOf, kindSchema, kindSchemas } from './schema';
